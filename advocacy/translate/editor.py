"""The editor: one unit, its text, and everything that is done to it."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.check_text import BlockedTextError
from advocacy.actions.dismiss_warning import NoSuchWarningError, dismiss_warning
from advocacy.actions.find_units import find_units
from advocacy.actions.propose import (
    EmptyTextError,
    Proposal,
    TooLongError,
    WrongFormsError,
    propose,
    withdraw_translation,
)
from advocacy.extensions import db
from advocacy.models import Translation, Unit
from advocacy.models.translation import approved_in, waiting_in
from advocacy.models.unit import hold_units, unit_at
from advocacy.models.unit_history import newest_id, text_with
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.rules.review import ReasonMissingError, StepRefusedError, TranslationState
from advocacy.translate.conflicts import OvertakenError, conflict_with, is_done_already
from advocacy.translate.filters import Filter
from advocacy.translate.page import Fault, Sheet, editor_page, field_name
from advocacy.translate.places import account_at_work, place_at
from advocacy.translate.sheet import start_for
from advocacy.translate.typed import Typed, texts_in
from advocacy.web.access import needs
from advocacy.web.people import writing

pages = Blueprint("editor", __name__, url_prefix="/translate")

_ADDRESS = "/<language:into>/<domain>/<int(max=2147483647):number>"
_Answer = AnyResponse | str | tuple[str, int]


class _SameTextError(Exception):
    """What is submitted is what is approved already."""


@pages.get(_ADDRESS)
@needs(Permission.TRANSLATION_READ)
def show(into: Language, domain: str, number: int) -> str:
    """Show a unit, with the text to go on from in its field."""
    sheet = _sheet(into, domain, number)
    if sheet.unit.message.obsolete:
        abort(404)
    session = db.session()
    start = start_for(session, sheet.unit, sheet.account.id)
    typed = Typed.fresh(sheet.unit, start, seen=newest_id(session, sheet.unit.id))
    return editor_page(sheet, typed)


@pages.post(_ADDRESS)
@needs(Permission.TRANSLATION_WRITE)
def take(into: Language, domain: str, number: int) -> _Answer:
    """Do what was asked for with what was typed: keep, submit, check it, or fill in a suggestion."""
    sheet, typed = _sheet(into, domain, number), Typed.of(request.form)
    if sheet.unit.message.obsolete:
        return render_template("translate/gone.html", place=sheet.place, typed=typed), 409
    if suggested := texts_in(request.form.get("use", "")):
        typed = typed.filled_with(suggested)
    elif "dismiss" in request.form:
        return _dismiss(sheet, typed, request.form["dismiss"])
    act = _ACTS.get(request.form.get("action", ""))
    if act is not None and not suggested:
        return act(sheet, typed)
    if conflict := conflict_with(db.session(), sheet.unit, typed):
        return editor_page(sheet, typed, conflict=conflict), 409
    return editor_page(sheet, typed, was_checked=not suggested)


def _sheet(into: Language, domain: str, number: int) -> Sheet:
    place = place_at(domain, into)
    unit = unit_at(db.session(), number, domain=domain, language=into.tag)
    return Sheet(place, unit or abort(404), account_at_work())


def _save_draft(sheet: Sheet, typed: Typed) -> _Answer:
    return _propose(sheet, typed, submit=False)


def _submit(sheet: Sheet, typed: Typed) -> _Answer:
    return _propose(sheet, typed, submit=True)


def _propose(sheet: Sheet, typed: Typed, *, submit: bool) -> _Answer:
    try:
        with writing() as (session, begun):
            _take_text(session, sheet.unit, typed, submit=submit, by=begun.account_id)
    except (OvertakenError, WrongFormsError):
        db.session().rollback()
        return _sheet_again(sheet, typed)
    except (_SameTextError, EmptyTextError, TooLongError, BlockedTextError) as refused:
        db.session().rollback()
        return editor_page(sheet, typed, faults=_faults(sheet.unit, typed, refused)), 422
    if not submit:
        flash(_("Your draft is saved."))
        return _to(sheet, sheet.unit)
    following = _following(sheet)
    flash(_("Submitted for review. This is the next one.") if following else _("Submitted for review."))
    return _to(sheet, following)


def _take_text(session: Session, unit: Unit, typed: Typed, *, submit: bool, by: int) -> None:
    """Propose the text, unless something happened to the unit that its author has not seen."""
    hold_units(session, unit)
    state = TranslationState.SUBMITTED if submit else TranslationState.DRAFT
    if is_done_already(session, unit, typed, state, by):
        return
    if unit.message.obsolete or conflict_with(session, unit, typed):
        raise OvertakenError
    approved = approved_in(session, unit.id)
    if submit and approved and approved.content_hash == unit.message.content_hash(typed.texts):
        raise _SameTextError
    based_on = session.get(Translation, typed.based_on) if typed.based_on else None
    proposal = Proposal(
        texts=typed.texts,
        submit=submit,
        based_on=based_on if based_on and based_on.unit_id == unit.id else None,
    )
    propose(session, unit, proposal, by=by, now=datetime.now(UTC))


def _sheet_again(sheet: Sheet, typed: Typed) -> _Answer:
    """Show what happened meanwhile, with everything that was typed."""
    if sheet.unit.message.obsolete:
        return render_template("translate/gone.html", place=sheet.place, typed=typed), 409
    if conflict := conflict_with(db.session(), sheet.unit, typed):
        return editor_page(sheet, typed, conflict=conflict), 409
    return editor_page(sheet, typed, faults=_faults(sheet.unit, typed, WrongFormsError())), 422


def _faults(unit: Unit, typed: Typed, refused: Exception) -> list[Fault]:
    """Return why a text was refused, each with its field."""
    if isinstance(refused, BlockedTextError):
        return [
            Fault(field_name(unit, finding.form), _(finding.detail.message, **finding.detail.values))
            for finding in refused.findings
        ]
    if isinstance(refused, TooLongError):
        return [Fault(field_name(unit, 0), _("This is too long for a translation."))]
    if isinstance(refused, _SameTextError):
        return [Fault(field_name(unit, 0), _("This very text is approved already."))]
    if len(typed.texts) > 1:
        empty = next(index for index, text in enumerate(typed.texts) if not text)
        return [Fault(field_name(unit, empty), _("Fill in every form."))]
    return [Fault(field_name(unit, 0), _("Write the translation first."))]


def _withdraw(sheet: Sheet, typed: Typed) -> _Answer:
    """Take one's own waiting text back; what stands in the field stays there."""
    with writing() as (session, begun):
        own = waiting_in(session, sheet.unit.id, author_id=begun.account_id)
        try:
            for text in own[-1:]:
                withdraw_translation(session, text, by=begun.account_id)
        except StepRefusedError:
            own = []
    if own:
        flash(_("Your text is taken back. It stays in the history."))
    else:
        flash(_("There was nothing to take back."))
    return editor_page(sheet, typed)


def _dismiss(sheet: Sheet, typed: Typed, check: str) -> _Answer:
    """Note why a warning about a saved text is unfounded."""
    reason = request.form.get(f"reason-{check}", "")
    content_hash = sheet.unit.message.content_hash(typed.texts)
    try:
        with writing() as (session, begun):
            hold_units(session, sheet.unit)
            if saved := text_with(session, sheet.unit.id, content_hash):
                dismiss_warning(
                    session, saved, check, reason=reason, by=begun.account_id, now=datetime.now(UTC)
                )
    except ReasonMissingError:
        db.session().rollback()
        fault = Fault(f"reason-{check}", _("Say why the text is right as it is."))
        return editor_page(sheet, typed, faults=[fault]), 422
    except NoSuchWarningError:
        db.session().rollback()
    return editor_page(sheet, typed, was_checked=True)


_ACTS: dict[str, Callable[[Sheet, Typed], _Answer]] = {
    "draft": _save_draft,
    "submit": _submit,
    "withdraw": _withdraw,
}


def _following(sheet: Sheet) -> Unit | None:
    """Return the next unit of the list that was chosen, from its start again where it ends."""
    session, chosen = db.session(), Filter.of(request)
    wanted = chosen.wanted(sheet.place, sheet.account)
    for beyond in (sheet.unit.id, None) if chosen.is_set else (sheet.unit.id,):
        found = find_units(session, wanted, warned=chosen.warned, beyond=beyond, most=1).units
        if found and found[0].id != sheet.unit.id:
            return found[0]
    return None


def _to(sheet: Sheet, unit: Unit | None) -> AnyResponse:
    """Go to a unit, or to the list; the filter stays."""
    place, chosen = sheet.place, Filter.of(request).address()
    if unit is None:
        path = url_for("units.show", into=place.into, domain=place.domain.name)
    else:
        path = url_for("editor.show", into=place.into, domain=place.domain.name, number=unit.id)
    return redirect(f"{path}?{urlencode(chosen)}" if chosen else path, 303)
