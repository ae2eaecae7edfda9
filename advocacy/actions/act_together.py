"""Doing the same to many texts: each by itself, by the rules of one, and only as it was shown."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from advocacy.actions.attend import leave
from advocacy.actions.check_text import BlockedTextError
from advocacy.actions.dismiss_warning import dismiss_warning, open_warnings
from advocacy.actions.propose import (
    EmptyTextError,
    Proposal,
    WrongFormsError,
    demand_fit,
    propose,
    withdraw_translation,
)
from advocacy.models import Translation, Unit
from advocacy.models.unit import hold_units
from advocacy.models.unit_history import standing_text, texts_in
from advocacy.rules.checks import Finding
from advocacy.rules.review import (
    WAITING,
    Act,
    ReasonMissingError,
    StepRefusedError,
    TranslationState,
    step,
)

MOST_TOGETHER = 50
"""Texts that something is done to at once."""


class TooManyError(ValueError):
    """More than MOST_TOGETHER texts."""


class Deed(StrEnum):
    """What can be done to many texts."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    DISMISS = "dismiss"


class Hindrance(StrEnum):
    """Why it cannot be done to one of them."""

    CHANGED = "changed"
    GONE = "gone"
    NO_DRAFT = "no_draft"
    NONE_WAITS = "none_waits"
    NO_TEXT = "no_text"
    SENT_BACK = "sent_back"
    WAITS = "waits"
    APPROVED = "approved"
    SOURCE = "source"
    INCOMPLETE = "incomplete"
    BLOCKED = "blocked"
    NO_WARNING = "no_warning"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do; `check` (its id) is the one whose warnings she dismisses."""

    deed: Deed
    check: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What would become of a unit: of its `text`, if there is one to do it to, unless there is a hindrance.

    `findings` are what blocks the text, or the warnings about it, those that would be dismissed alone where
    that is wished. `newer` is a later text of somebody else. `seen` is the stamp of all this, for a form to
    carry.
    """

    unit: Unit
    text: Translation | None
    hindrance: Hindrance | None
    findings: Sequence[Finding]
    newer: Translation | None
    seen: str


def prospects(session: Session, units: Collection[Unit], wish: Wish, *, by: int) -> list[Prospect]:
    """Return what would become of each unit if an account (by id) had its wish; nothing is changed."""
    present = texts_in(session, [unit.id for unit in units])
    return [_prospect(session, unit, present.get(unit.id, []), wish, by) for unit in units]


def act_together(
    session: Session, seen: Mapping[Unit, str], wish: Wish, *, by: int, now: datetime, reason: str = ""
) -> tuple[list[Prospect], list[Prospect]]:
    """Do as is wished to each unit that is as `seen`, the stamp of its prospect.

    Returns those it was done to, and those left out with their hindrance. Every unit is held before the
    first is changed, in one order, so that two who do so at the same time do not wait for each other.
    Raises TooManyError, and ReasonMissingError where warnings are dismissed.
    """
    if len(seen) > MOST_TOGETHER:
        raise TooManyError
    if wish.deed is Deed.DISMISS and not reason.strip():
        raise ReasonMissingError
    hold_units(session, *seen)
    done: list[Prospect] = []
    left: list[Prospect] = []
    for prospect in prospects(session, seen, wish, by=by):
        if prospect.seen != seen[prospect.unit]:
            left.append(replace(prospect, hindrance=Hindrance.CHANGED, findings=()))
        elif prospect.hindrance or prospect.text is None:
            left.append(prospect)
        else:
            _act(session, prospect.text, wish, by=by, now=now, reason=reason)
            done.append(prospect)
    return done, left


def _act(session: Session, text: Translation, wish: Wish, *, by: int, now: datetime, reason: str) -> None:
    match wish.deed:
        case Deed.SUBMIT:
            propose(
                session, text.unit, Proposal(texts=text.texts, submit=True, based_on=text), by=by, now=now
            )
            leave(session, text.unit_id, by=by)
        case Deed.WITHDRAW:
            withdraw_translation(session, text, by=by)
        case Deed.DISMISS:
            dismiss_warning(session, text, wish.check, reason=reason, by=by, now=now)


def _prospect(session: Session, unit: Unit, present: list[Translation], wish: Wish, by: int) -> Prospect:
    # A draft is its writer's alone.
    present = [one for one in present if one.author_id == by or one.state is not TranslationState.DRAFT]
    own = next((one for one in reversed(present) if one.author_id == by and one.state in WAITING), None)
    stands = reversed(present)  # without one's own, what the editor opens with
    text = own or (next(stands, None) if wish.deed is Deed.DISMISS else None)
    later = [one for one in present if text and one.id > text.id and one.author_id != by]
    hindrance, findings = _hindrance(session, unit, text, wish)
    return Prospect(
        unit=unit,
        text=text,
        hindrance=hindrance,
        findings=findings,
        newer=later[-1] if later else None,
        seen=_stamp(unit, present, wish, findings),
    )


_Hindered = tuple[Hindrance | None, Sequence[Finding]]
_MISSING = {
    Deed.SUBMIT: Hindrance.NO_DRAFT,
    Deed.WITHDRAW: Hindrance.NONE_WAITS,
    Deed.DISMISS: Hindrance.NO_TEXT,
}


def _hindrance(session: Session, unit: Unit, text: Translation | None, wish: Wish) -> _Hindered:
    if unit.message.obsolete:
        return Hindrance.GONE, ()
    if text is None:
        return _MISSING[wish.deed], ()
    match wish.deed:
        case Deed.SUBMIT:
            return _of_submitting(session, text)
        case Deed.WITHDRAW:
            return _of_withdrawing(text)
        case Deed.DISMISS:
            return _of_dismissing(session, text, wish.check)


def _of_submitting(session: Session, text: Translation) -> _Hindered:
    if text.state is not TranslationState.DRAFT:
        return (Hindrance.WAITS if text.state is TranslationState.SUBMITTED else Hindrance.SENT_BACK), ()
    if _is_of_another_source(text):
        return Hindrance.SOURCE, ()
    if standing := standing_text(session, text.unit_id, text.content_hash):
        return (Hindrance.APPROVED if standing.state is TranslationState.APPROVED else Hindrance.WAITS), ()
    try:
        demand_fit(text.unit, text.texts, submit=True)
    except (EmptyTextError, WrongFormsError):
        return Hindrance.INCOMPLETE, ()
    except BlockedTextError as blocked:
        return Hindrance.BLOCKED, blocked.findings
    return None, open_warnings(session, text)


def _of_withdrawing(text: Translation) -> _Hindered:
    try:
        step(text.state, Act.WITHDRAW)
    except StepRefusedError:
        return Hindrance.SENT_BACK, ()
    return None, ()


def _of_dismissing(session: Session, text: Translation, check: str) -> _Hindered:
    if _is_of_another_source(text):
        return Hindrance.SOURCE, ()
    found = [warning for warning in open_warnings(session, text) if warning.check == check]
    return (None if found else Hindrance.NO_WARNING), found


def _is_of_another_source(text: Translation) -> bool:
    return text.source_hash != text.unit.message.source_hash


def _stamp(unit: Unit, present: list[Translation], wish: Wish, findings: Sequence[Finding]) -> str:
    """Return a SHA-256 (hex) of what is shown: the source, every text there with its state, the findings."""
    shown = (
        (wish.deed, wish.check, unit.id, unit.message.source_hash, unit.message.obsolete),
        [(one.id, one.state) for one in present],
        [(one.check, one.form, one.detail.message, one.detail.values) for one in findings],
    )
    return hashlib.sha256(json.dumps(shown, default=str, sort_keys=True).encode()).hexdigest()
