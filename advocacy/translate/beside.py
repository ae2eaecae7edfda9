"""What is written beside a text and sent by its own button: comments and terms. What is typed is kept."""

from collections.abc import Collection
from datetime import UTC, datetime

from flask import flash, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.comment import LONGEST_COMMENT, EmptyCommentError, LongCommentError, add_comment
from advocacy.actions.propose import forms_for
from advocacy.actions.suggest_term import KnownTermError, TermRefusedError, suggest_term
from advocacy.extensions import db
from advocacy.models import Unit
from advocacy.rules.suggestions import LONGEST_TERM, LONGEST_WHY
from advocacy.rules.words import N_
from advocacy.translate.filters import Filter
from advocacy.translate.links import Links
from advocacy.translate.page import BESIDE, Fault, Sheet, editor_page, fresh
from advocacy.translate.sheet import Past
from advocacy.translate.typed import Typed
from advocacy.web.phrases import gettext as _

REFUSALS = (EmptyCommentError, LongCommentError, TermRefusedError, KnownTermError)
"""Why something beside a text is not taken."""

_TERM_FIELDS = ("term_source", "term_target", "term_why")
_EMPTY = {
    "source": N_("Write the term."),
    "target": N_("Write what it is called."),
    "why": N_("Say why: whoever decides reads it."),
}


def take_what_stands_beside(session: Session, sheet: Sheet, *, by: int) -> None:
    """Post what stands in the fields beside a text that is saved. Raises one of REFUSALS."""
    said = request.form.get("comment", "")
    if said.strip():
        add_comment(session, sheet.unit, said, by=by, about_source=False, now=datetime.now(UTC))
    if sheet.takes_terms and any(request.form.get(name, "").strip() for name in _TERM_FIELDS):
        suggest_what_is_typed(session, sheet.unit, by=by)


def suggest_what_is_typed(session: Session, unit: Unit, *, by: int) -> None:
    """Suggest the term in the form. Raises TermRefusedError, KnownTermError."""
    source, target, why = (request.form.get(name, "") for name in _TERM_FIELDS)
    suggest_term(session, unit.language, source=source, target=target, why=why, by=by, now=datetime.now(UTC))


def fault_of(error: Exception) -> Fault:
    """Return why something was not taken (one of REFUSALS), with its field."""
    if isinstance(error, TermRefusedError):
        most = LONGEST_WHY if error.field == "why" else LONGEST_TERM
        said = (
            _("At most %(most)s characters, please.", most=most) if error.too_long else _(_EMPTY[error.field])
        )
        return Fault(f"term_{error.field}", said)
    if isinstance(error, KnownTermError):
        return Fault("term_target", _("The glossary says so already."))
    if isinstance(error, LongCommentError):
        return Fault("comment", _("A comment has at most %(num)s characters.", num=LONGEST_COMMENT))
    return Fault("comment", _("Write the comment first."))


def refused(sheet: Sheet, fault: Fault) -> tuple[str, int]:
    """Show the editor with all that was typed, and what is wrong with it."""
    db.session().rollback()
    return editor_page(sheet, _typed_in(sheet), faults=[fault]), 422


def back(sheet: Sheet, said: str, anchor: str, *, sent: Collection[str] = ()) -> AnyResponse | str:
    """Lead back to the editor; what stands in its fields and is not saved, nor was `sent`, is shown there."""
    typed = _typed_in(sheet)
    if something_is_unsaved(sheet, typed, sent=sent):
        flash(said)
        return editor_page(sheet, typed, sent=sent)
    flash(said, sheet.shelf)
    return redirect(f"{Links(sheet.place, Filter.of(request)).unit(sheet.unit.id)}#{anchor}", 303)


def resumed(sheet: Sheet) -> str:
    """Show the editor with all that waited."""
    return editor_page(sheet, _typed_in(sheet), resumed=True)


def _typed_in(sheet: Sheet) -> Typed | None:
    """Return the editor's fields; whoever reads only has none."""
    return Typed.of(request.form) if sheet.may_write else None


def something_is_unsaved(sheet: Sheet, typed: Typed | None, *, sent: Collection[str] = ()) -> bool:
    """Return whether anything that was typed, in the fields or beside, is neither saved nor was `sent`."""
    begun = any(request.form.get(name, "").strip() for name in BESIDE if name not in sent)
    return begun or (typed is not None and _is_unsaved(sheet, typed))


def _is_unsaved(sheet: Sheet, typed: Typed) -> bool:
    stands = fresh(sheet, Past.of(db.session(), sheet.unit))
    count = forms_for(sheet.unit.message.msgid_plural, sheet.unit.language)
    as_saved = typed.in_forms(count) == stands.in_forms(count) and typed.back.strip() == stands.back
    return not as_saved or bool(typed.set_aside)
