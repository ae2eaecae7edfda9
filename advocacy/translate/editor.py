"""The editor: one unit, its text, and everything that is done to it."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.attend import leave, take_for_an_hour
from advocacy.actions.back_translate import keep_own
from advocacy.actions.check_text import BlockedTextError
from advocacy.actions.dismiss_warning import LONGEST_REASON, dismiss_warning, open_warnings
from advocacy.actions.propose import (
    EmptyTextError,
    Proposal,
    TooLongError,
    WrongFormsError,
    propose,
    stored_text,
    withdraw_translation,
)
from advocacy.extensions import db
from advocacy.models import Translation, Unit
from advocacy.models.back_translation import back_translation_by
from advocacy.models.translation import waiting_in
from advocacy.models.unit import hold_units
from advocacy.models.unit_history import standing_text, text_with
from advocacy.rules.back_translation import LONGEST_BACK, LongBackError
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.rules.review import ReasonMissingError, StepRefusedError, TranslationState
from advocacy.translate.beside import (
    REFUSALS,
    fault_of,
    something_is_unsaved,
    take_what_stands_beside,
)
from advocacy.translate.conflicts import Conflict, conflict_with, is_done_already, keep_beside
from advocacy.translate.filters import Filter
from advocacy.translate.links import Links
from advocacy.translate.next_text import free_unit
from advocacy.translate.page import Fault, Sheet, editor_page, field_name, gone_page, sheet_at
from advocacy.translate.typed import Typed, texts_in
from advocacy.translate.words import finding_said, person_name
from advocacy.web.access import needs
from advocacy.web.carrying import is_resumed
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("editor", __name__, url_prefix="/translate")

ADDRESS = "/<language:into>/<domain>/<int(max=2147483647):number>"
LARGEST_POST = 4 * 1024 * 1024
"""Bytes: the longest draft, and what was set aside for suggestions."""
_Answer = AnyResponse | str | tuple[str, int]
_REFUSED = (EmptyTextError, WrongFormsError, TooLongError, BlockedTextError, LongBackError)


class _GoneError(Exception):
    """The text was taken out while somebody was writing for it."""


class _StandsAlreadyError(Exception):
    """What is submitted is approved already, or waits for review."""

    def __init__(self, state: TranslationState) -> None:
        super().__init__(state)
        self.state = state


@pages.get(ADDRESS)
@needs(Permission.TRANSLATION_READ, connects=True)
def show(into: Language, domain: str, number: int) -> str:
    """Show a unit, with the text to go on from in its field."""
    sheet = sheet_at(into, domain, number)
    if sheet.unit.message.obsolete:
        abort(404)
    return editor_page(sheet)


@pages.post(ADDRESS)
@needs(Permission.TRANSLATION_WRITE, largest_post=LARGEST_POST, keeps_typed=True, connects=True)
def take(into: Language, domain: str, number: int) -> _Answer:
    """Do what was asked for with what was typed: keep, submit, check it, or fill in a suggestion."""
    sheet, typed = sheet_at(into, domain, number), Typed.of(request.form)
    if sheet.unit.message.obsolete:
        return gone_page(sheet, typed)
    if "dismiss" in request.form:
        return _dismiss(sheet, typed, request.form["dismiss"])
    suggested = texts_in(request.form.get("use", ""))
    act = None if suggested else _ACTS.get(request.form.get("action", ""))
    if act is not None:
        return act(sheet, typed)
    if suggested:
        typed = typed.filled_with(suggested)
    if conflict := conflict_with(db.session(), sheet.unit, typed, by=sheet.account.id):
        return editor_page(sheet, typed, conflict=conflict), 409
    resumed = is_resumed()
    if resumed and not something_is_unsaved(sheet, typed):
        return redirect(_links(sheet).unit(sheet.unit.id), 303)
    return editor_page(sheet, typed, was_checked=not suggested and not resumed, resumed=resumed)


def _save_draft(sheet: Sheet, typed: Typed) -> _Answer:
    return _propose(sheet, typed, submit=False)


def _submit(sheet: Sheet, typed: Typed) -> _Answer:
    return _propose(sheet, typed, submit=True)


def _propose(sheet: Sheet, typed: Typed, *, submit: bool) -> _Answer:
    try:
        with writing() as (session, begun):
            conflict = _take_text(session, sheet.unit, typed, submit=submit, by=begun.account_id)
            if conflict is None:
                take_what_stands_beside(session, sheet, by=begun.account_id)
    except _GoneError:
        db.session().rollback()
        return gone_page(sheet, typed)
    except REFUSALS as error:
        db.session().rollback()
        return editor_page(sheet, typed, faults=[fault_of(error)]), 422
    except (_StandsAlreadyError, *_REFUSED) as refused:
        db.session().rollback()
        return editor_page(sheet, typed, faults=_faults(sheet.unit, typed, refused)), 422
    if conflict:
        return editor_page(sheet, typed, conflict=conflict), 409
    if not submit:
        flash(_("Your draft is saved."), sheet.shelf)
        return redirect(_links(sheet).unit(sheet.unit.id), 303)
    following = _following(sheet)
    said = _("Submitted for review. This is the next one.") if following else _("Submitted for review.")
    flash(said, sheet.shelf)
    links = _links(sheet)
    return redirect(links.unit(following.id) if following else links.units(), 303)


def _take_text(session: Session, unit: Unit, typed: Typed, *, submit: bool, by: int) -> Conflict | None:
    """Propose the text, unless something happened to the unit that its author has not seen: return that."""
    hold_units(session, unit)
    now = datetime.now(UTC)
    if unit.message.obsolete:
        raise _GoneError
    state = TranslationState.SUBMITTED if submit else TranslationState.DRAFT
    if is_done_already(session, unit, typed, state, by=by):
        return None
    if conflict := conflict_with(session, unit, typed, by=by):
        shown = keep_beside(session, unit, typed, conflict, by=by, now=now)
        if shown is not conflict:
            keep_own(session, session.get_one(Translation, shown.seen), typed.back, by=by, now=now)
        return shown
    stands = standing_text(session, unit.id, unit.message.content_hash(typed.texts))
    if submit and stands:
        if not _says_more(session, stands, typed, by=by):
            raise _StandsAlreadyError(stands.state)
        keep_own(session, stands, typed.back, by=by, now=now)
        return None
    based_on = session.get(Translation, typed.based_on) if typed.based_on else None
    proposal = Proposal(
        texts=typed.texts,
        submit=submit,
        based_on=based_on if based_on and based_on.unit_id == unit.id else None,
    )
    proposed = propose(session, unit, proposal, by=by, now=now)
    keep_own(session, proposed, typed.back, by=by, now=now)
    if submit:
        leave(session, unit.id, by=by)
    return None


def _says_more(session: Session, stands: Translation, typed: Typed, *, by: int) -> bool:
    """Whether who wrote a text that waits now says something new of what it says."""
    if stands.author_id != by or stands.state is not TranslationState.SUBMITTED or not typed.back.strip():
        return False
    before = back_translation_by(session, stands.id, by)
    return before is None or before.text != typed.back.strip()


def _faults(unit: Unit, typed: Typed, refused: Exception) -> list[Fault]:
    """Return why a text was refused, each with its field."""
    if isinstance(refused, BlockedTextError):
        return [Fault(field_name(unit, finding.form), finding_said(finding)) for finding in refused.findings]
    if isinstance(refused, LongBackError):
        return [Fault("back", _("At most %(most)s characters, please.", most=LONGEST_BACK))]
    if isinstance(refused, TooLongError):
        return [Fault(field_name(unit, 0), _("This is too long for a translation."))]
    if isinstance(refused, _StandsAlreadyError):
        approved = refused.state is TranslationState.APPROVED
        sentence = (
            _("This very text is approved already.") if approved else _("This very text waits for review.")
        )
        return [Fault(field_name(unit, 0), sentence)]
    if len(typed.texts) > 1:
        empty = next((index for index, text in enumerate(typed.texts) if not text), 0)
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


def _take_for_an_hour(sheet: Sheet, typed: Typed) -> _Answer:
    """Say that one is at work on the text for an hour; others see it, and can still write."""
    with writing() as (session, begun):
        hold_units(session, sheet.unit)
        other = take_for_an_hour(session, sheet.unit.id, by=begun.account_id, now=datetime.now(UTC))
        name = person_name(other.account, me=begun.account_id) if other else ""
    if name:
        flash(_("%(name)s has taken this text already.", name=name))
    return editor_page(sheet, typed)


def _give_back(sheet: Sheet, typed: Typed) -> _Answer:
    """Say that one is not at work on the text any more."""
    with writing() as (session, begun):
        leave(session, sheet.unit.id, by=begun.account_id)
    return editor_page(sheet, typed)


def _dismiss(sheet: Sheet, typed: Typed, check: str) -> _Answer:
    """Note why a warning about a saved text is unfounded; one that is no more needs no reason."""
    reason = stored_text(request.form.get(f"reason-{check}", ""))
    content_hash = sheet.unit.message.content_hash(typed.texts)
    refused = ""
    try:
        with writing() as (session, begun):
            hold_units(session, sheet.unit)
            saved = text_with(session, sheet.unit.id, content_hash)
            if saved and any(warning.check == check for warning in open_warnings(session, saved)):
                if len(reason) > LONGEST_REASON:
                    refused = _("Please say it in at most %(count)s characters.", count=LONGEST_REASON)
                else:
                    now = datetime.now(UTC)
                    dismiss_warning(session, saved, check, reason=reason, by=begun.account_id, now=now)
    except ReasonMissingError:
        db.session().rollback()
        refused = _("Say why the text is right as it is.")
    if refused:
        return editor_page(sheet, typed, faults=[Fault(f"reason-{check}", refused)]), 422
    return editor_page(sheet, typed, was_checked=True)


_ACTS: dict[str, Callable[[Sheet, Typed], _Answer]] = {
    "draft": _save_draft,
    "submit": _submit,
    "withdraw": _withdraw,
    "take": _take_for_an_hour,
    "give-back": _give_back,
}


def _following(sheet: Sheet) -> Unit | None:
    """Return the next free unit of the list that was chosen, from its start again where it ends."""
    session, chosen = db.session(), Filter.of(request)
    wanted = chosen.wanted(sheet.place, sheet.account)
    for beyond in (sheet.unit.id, None) if chosen.is_set else (sheet.unit.id,):
        found = free_unit(session, wanted, beyond=beyond, me=sheet.account.id)
        if found and found.id != sheet.unit.id:
            return found
    return None


def _links(sheet: Sheet) -> Links:
    return Links(sheet.place, Filter.of(request))
