"""Comments on a text that waits for a review; what a reviewer has begun to say of it is kept."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.comment import (
    EmptyCommentError,
    LongCommentError,
    NotTheirsToResolveError,
    add_comment,
    resolve_comment,
)
from advocacy.models import Comment
from advocacy.rules.permissions import Permission
from advocacy.staff.review import begun_page, page_of, translation_for
from advocacy.staff.reviewing import Chosen, Said
from advocacy.staff.talking import too_long
from advocacy.web.access import needs
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("review_talk", __name__, url_prefix="/staff")

_ADDRESS = "/review/<int(max=2147483647):number>/comments"


@pages.get(_ADDRESS)
@needs(Permission.TRANSLATION_REVIEW)
def lead_back(number: int) -> AnyResponse:
    """Lead whoever comes again to a page that a comment was answered with to the text."""
    return redirect(url_for("review.show_one", number=number, **Chosen.here().asked), 303)


@pages.post(_ADDRESS)
@needs(Permission.TRANSLATION_REVIEW, again=begun_page)
def take(number: int) -> AnyResponse | str | tuple[str, int]:
    """Post a comment on a text, or a question about its source."""
    asks = request.form.get("about_source") == "yes"
    try:
        with writing() as (session, begun):
            unit = translation_for(session, number, begun.account).unit
            add_comment(
                session,
                unit,
                request.form.get("comment", ""),
                by=begun.account_id,
                about_source=asks,
                now=datetime.now(UTC),
            )
    except EmptyCommentError:
        return page_of(number, _refused(_("Write the comment first."))), 422
    except LongCommentError:
        return page_of(number, _refused(too_long())), 422
    flash(_("Your question is with those who edit the source.") if asks else _("Your comment is posted."))
    return _back(number, written="")


@pages.post(f"{_ADDRESS}/<int(max=2147483647):comment>")
@needs(Permission.TRANSLATION_REVIEW, again=lambda number, comment: begun_page(number))  # noqa: ARG005
def resolve(number: int, comment: int) -> AnyResponse | str:
    """Say that nothing of a comment is open any more."""
    try:
        with writing() as (session, begun):
            unit = translation_for(session, number, begun.account).unit
            found = session.get(Comment, comment)
            if found is None or found.unit_id != unit.id:
                abort(404)
            resolve_comment(session, found, by=begun.account, now=datetime.now(UTC))
    except NotTheirsToResolveError:
        abort(403)
    flash(_("The comment is resolved."))
    return _back(number, written=request.form.get("comment", ""))


def _back(number: int, *, written: str) -> AnyResponse | str:
    """Lead back to the text; if something was begun and not sent, show it with that in its fields."""
    said = Said.begun_in_form(request)
    if said.words or said.why or written:
        return page_of(number, said, comment=written)
    return redirect(url_for("review.show_one", number=number, **Chosen.here().asked, _anchor="comments"), 303)


def _refused(sentence: str) -> Said:
    return replace(Said.in_form(request), errors={"comment": sentence})
