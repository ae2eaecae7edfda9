"""The agreement that whoever works here is asked for: its text in every language, and its versions."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.agree import ask_agreement
from advocacy.extensions import db
from advocacy.models.agreement import agreement_in_force, consents_by_agreement
from advocacy.rules.agreements import LONGEST_AGREEMENT, SameAgreementError, SourceMissingError
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site

pages = Blueprint("agreements", __name__, url_prefix="/staff/people/agreement")


@pages.get("")
@needs(Permission.ACCOUNT_MANAGE)
def show() -> str:
    """Show what is in force, to be changed."""
    agreement = agreement_in_force(db.session())
    return _page(agreement.texts if agreement else {})


def _typed() -> dict[str, str]:
    return {one.tag: request.form.get(f"text-{one.slug}", "").replace("\0", "") for one in site().languages}


@pages.post("")
@needs(Permission.ACCOUNT_MANAGE, again=lambda: _page(_typed()))
def take() -> AnyResponse | tuple[str, int]:
    """Put a new version into force."""
    asked = _typed()
    if any(len(text) > LONGEST_AGREEMENT for text in asked.values()):
        return _page(asked, error=_("Enter at most %(most)s characters.", most=LONGEST_AGREEMENT)), 422
    source = site().languages.source.tag
    try:
        with writing() as (session, begun):
            ask_agreement(session, asked, source=source, by=begun.account_id, now=datetime.now(UTC))
    except SourceMissingError:
        return _page(asked, error=_("Write it in English too: it is shown where a language has none.")), 422
    except SameAgreementError:
        return _page(asked, error=_("This is what is in force.")), 422
    if any(asked.values()):
        flash(_("Everybody is asked to agree before the next page."))
    else:
        flash(_("Nobody is asked to agree to anything any more."))
    return redirect(url_for("agreements.show"), 303)


def _page(texts: dict[str, str], *, error: str = "") -> str:
    return render_template(
        "staff/agreement.html",
        texts=texts,
        error=error,
        most=LONGEST_AGREEMENT,
        versions=consents_by_agreement(db.session()),
    )
