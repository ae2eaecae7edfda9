"""The agreement that an operator asks for: shown before anything else, and agreed to by a tick."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.account.signing_in import next_page
from advocacy.actions.agree import agree
from advocacy.extensions import db
from advocacy.models.agreement import agreement_in_force
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs, passes_on
from advocacy.web.carrying import go_on
from advocacy.web.locale import language
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site

pages = Blueprint("agreement", __name__, url_prefix="/account/agreement")


@pages.get("")
@needs(Permission.PROFILE_EDIT, before_agreement=True)
def show() -> AnyResponse | str:
    """Show the agreement that is in force."""
    return _page() or redirect(url_for("profile.show"), 303)


@pages.post("")
@passes_on
@needs(Permission.PROFILE_EDIT, before_agreement=True)
def take() -> AnyResponse | str | tuple[str, int]:
    """Keep that somebody agrees."""
    if not request.form.get("agree"):
        page = _page(error=_("Tick the box to agree."))
        return (page, 422) if page else redirect(url_for("profile.show"), 303)
    shown_in = site().languages.by_tag(request.form.get("shown_in", "")) or site().languages.source
    with writing() as (session, begun):
        agreed = agree(
            session,
            begun.account,
            request.form.get("hash", ""),
            language=shown_in.tag,
            now=datetime.now(UTC),
        )
    if not agreed:
        page = _page(error=_("The text has changed meanwhile. Please read it again."))
        return (page, 409) if page else redirect(url_for("profile.show"), 303)
    return go_on(next_page())


def _page(*, error: str = "") -> str:
    """Return the page; nothing where there is no agreement."""
    agreement = agreement_in_force(db.session())
    if agreement is None:
        return ""
    shown_in = language() if language().tag in agreement.texts else site().languages.source
    return render_template(
        "account/agreement.html",
        agreement=agreement,
        shown_in=shown_in,
        paragraphs=agreement.texts.get(shown_in.tag, "").split("\n\n"),
        next=next_page(),
        error=error,
    )
