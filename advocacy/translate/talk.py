"""Comments on a unit: written beside its text, and resolved; what is being typed for the text is kept."""

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.comment import (
    EmptyCommentError,
    LongCommentError,
    NotTheirsToResolveError,
    add_comment,
    resolve_comment,
)
from advocacy.models import Comment
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.translate.beside import back, fault_of, refused, resumed
from advocacy.translate.filters import Filter
from advocacy.translate.links import Links
from advocacy.translate.page import gone_page, sheet_at
from advocacy.translate.places import place_at
from advocacy.translate.typed import Typed
from advocacy.web.access import needs
from advocacy.web.carrying import is_resumed
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("talk", __name__, url_prefix="/translate")

_ADDRESS = "/<language:into>/<domain>/<int(max=2147483647):number>/comments"
_LARGEST_POST = 4 * 1024 * 1024
"""Bytes: the editor's own, whose fields come along."""
_Answer = AnyResponse | str | tuple[str, int]


@pages.get(_ADDRESS)
@needs(Permission.TRANSLATION_READ)
def lead_back(into: Language, domain: str, number: int) -> AnyResponse:
    """Lead whoever comes again to a page that a comment was answered with to the editor."""
    return redirect(Links(place_at(domain, into), Filter.of(request)).unit(number), 303)


@pages.post(_ADDRESS)
@needs(Permission.TRANSLATION_READ, largest_post=_LARGEST_POST, keeps_typed=True, connects=True)
def take(into: Language, domain: str, number: int) -> _Answer:
    """Post a comment, or a question about the source."""
    sheet, asks = sheet_at(into, domain, number), request.form.get("about_source") == "yes"
    if sheet.unit.message.obsolete:
        return gone_page(sheet, Typed.of(request.form))
    if is_resumed():
        return resumed(sheet)
    try:
        with writing() as (session, begun):
            add_comment(
                session,
                sheet.unit,
                request.form.get("comment", ""),
                by=begun.account_id,
                about_source=asks,
                now=datetime.now(UTC),
            )
    except (EmptyCommentError, LongCommentError) as error:
        return refused(sheet, fault_of(error))
    said = _("Your question is with those who edit the source.") if asks else _("Your comment is posted.")
    return back(sheet, said, "comments", sent=["comment"])


@pages.post(f"{_ADDRESS}/<int(max=2147483647):comment>")
@needs(Permission.TRANSLATION_READ, largest_post=_LARGEST_POST, keeps_typed=True, connects=True)
def resolve(into: Language, domain: str, number: int, comment: int) -> _Answer:
    """Say that nothing of a comment is open any more."""
    sheet = sheet_at(into, domain, number)
    if sheet.unit.message.obsolete:
        return gone_page(sheet, Typed.of(request.form))
    if is_resumed():
        return resumed(sheet)
    try:
        with writing() as (session, begun):
            found = session.get(Comment, comment)
            if found is None or found.unit_id != sheet.unit.id:
                abort(404)
            resolve_comment(session, found, by=begun.account, now=datetime.now(UTC))
    except NotTheirsToResolveError:
        abort(403)
    return back(sheet, _("The comment is resolved."), "comments")
