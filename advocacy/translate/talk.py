"""Comments on a unit: written beside its text, and resolved; what is being typed for the text is kept."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.comment import (
    LONGEST_COMMENT,
    EmptyCommentError,
    LongCommentError,
    NotTheirsToResolveError,
    add_comment,
    resolve_comment,
)
from advocacy.actions.propose import forms_for
from advocacy.extensions import db
from advocacy.models import Comment, Unit
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.translate.filters import Filter
from advocacy.translate.links import Links
from advocacy.translate.page import Fault, Sheet, editor_page, gone_page, sheet_at
from advocacy.translate.places import place_at
from advocacy.translate.sheet import Past
from advocacy.translate.typed import Typed
from advocacy.web.access import needs
from advocacy.web.people import writing

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
@needs(Permission.TRANSLATION_READ, largest_post=_LARGEST_POST)
def take(into: Language, domain: str, number: int) -> _Answer:
    """Post a comment, or a question about the source."""
    sheet, asks = sheet_at(into, domain, number), request.form.get("about_source") == "yes"
    if sheet.unit.message.obsolete:
        return gone_page(sheet, Typed.of(request.form))
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
    except EmptyCommentError:
        return _refused(sheet, Fault("comment", _("Write the comment first.")))
    except LongCommentError:
        return _refused(sheet, too_long())
    said = _("Your question is with those who edit the source.") if asks else _("Your comment is posted.")
    return _back(sheet, said, comment="")


@pages.post(f"{_ADDRESS}/<int(max=2147483647):comment>")
@needs(Permission.TRANSLATION_READ, largest_post=_LARGEST_POST)
def resolve(into: Language, domain: str, number: int, comment: int) -> _Answer:
    """Say that nothing of a comment is open any more."""
    sheet = sheet_at(into, domain, number)
    if sheet.unit.message.obsolete:
        return gone_page(sheet, Typed.of(request.form))
    try:
        with writing() as (session, begun):
            found = session.get(Comment, comment)
            if found is None or found.unit_id != sheet.unit.id:
                abort(404)
            resolve_comment(session, found, by=begun.account, now=datetime.now(UTC))
    except NotTheirsToResolveError:
        abort(403)
    return _back(sheet, _("The comment is resolved."))


def add_what_was_said(session: Session, unit: Unit, *, by: int) -> None:
    """Post what stands in the field for a comment with the text beside it. Raises LongCommentError."""
    said = request.form.get("comment", "")
    if said.strip():
        add_comment(session, unit, said, by=by, about_source=False, now=datetime.now(UTC))


def too_long() -> Fault:
    """Return what is said of a comment that is too long."""
    return Fault("comment", _("A comment has at most %(num)s characters.", num=LONGEST_COMMENT))


def _refused(sheet: Sheet, fault: Fault) -> _Answer:
    db.session().rollback()
    return editor_page(sheet, _typed_in(sheet), faults=[fault]), 422


def _back(sheet: Sheet, said: str, *, comment: str | None = None) -> _Answer:
    """Lead back to the editor; if something in its fields is not saved, show it with that in them."""
    flash(said)
    typed, written = _typed_in(sheet), request.form.get("comment", "") if comment is None else comment
    if (typed is not None and _is_unsaved(sheet, typed)) or written:
        return editor_page(sheet, typed, comment=written)
    return redirect(f"{Links(sheet.place, Filter.of(request)).unit(sheet.unit.id)}#comments", 303)


def _typed_in(sheet: Sheet) -> Typed | None:
    """Return the editor's fields; whoever reads only has none."""
    return Typed.of(request.form) if sheet.may_write else None


def _is_unsaved(sheet: Sheet, typed: Typed) -> bool:
    past = Past.of(db.session(), sheet.unit)
    stands = Typed.fresh(sheet.unit, past.start_for(sheet.account.id), seen=past.newest)
    count = forms_for(sheet.unit.message.msgid_plural, sheet.unit.language)
    return typed.in_forms(count) != stands.in_forms(count) or bool(typed.set_aside)
