"""Deciding on what one has seen: if it is no longer that, nothing is decided."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.check_text import BlockedTextError, check_entry, findings_of, glossary_for
from advocacy.actions.decide import StaleTranslationError, decide
from advocacy.models import Review, Translation
from advocacy.models.domain import domain_numbered
from advocacy.models.translation import approved_in
from advocacy.models.unit import hold_units
from advocacy.rules.checks.plurals import forms_of
from advocacy.rules.comparison import compare
from advocacy.rules.policies import OpinionsMissingError
from advocacy.rules.review import Decision, SelfApprovalError, StepRefusedError


class ChangedMeanwhileError(ValueError):
    """The text, its source, or the one it would replace is not what was seen."""


def sight_of(session: Session, translation: Translation) -> str:
    """Return what somebody has before her who looks at a translation now, for a form to carry.

    Its state, the id of the approved text it would replace (0 if there is none), and the hash that an
    approval binds to, of the message's present source.
    """
    approved = approved_in(session, translation.unit_id)
    content = translation.unit.message.content_hash(translation.texts)
    return f"{translation.state}.{approved.id if approved else 0}.{content}"


def decide_as_seen(
    session: Session,
    translation: Translation,
    decision: Decision,
    *,
    seen: str,
    by: int | None,
    now: datetime,
    reason: str = "",
) -> Review:
    """Decide, as `decide` does, if the translation is as `seen`, its `sight_of`.

    Raises ChangedMeanwhileError, and what `decide` raises.
    """
    demand_sight(session, translation, seen)
    return decide(session, translation, decision, by=by, now=now, reason=reason)


def demand_sight(session: Session, translation: Translation, seen: str) -> None:
    """Hold a translation's unit until the transaction ends.

    Raises ChangedMeanwhileError if the translation is not as `seen`, its `sight_of`.
    """
    hold_units(session, translation.unit)
    session.refresh(translation)
    if sight_of(session, translation) != seen:
        raise ChangedMeanwhileError


def approve_as_seen(
    session: Session, seen: Mapping[Translation, str], *, by: int | None, now: datetime
) -> tuple[list[Translation], list[Translation]]:
    """Approve each translation that is as seen, of another author, and wants no closer look.

    Returns those that were approved and those that were left out. Every unit is held before the first
    decision, in one order, so that two who approve at the same time do not wait for each other.
    """
    hold_units(session, *(translation.unit for translation in seen))
    approved: list[Translation] = []
    left: list[Translation] = []
    for translation, sight in seen.items():
        done = not wants_closer_look(session, translation) and _approve(session, translation, sight, by, now)
        (approved if done else left).append(translation)
    return approved, left


def _approve(session: Session, translation: Translation, seen: str, by: int | None, now: datetime) -> bool:
    try:
        decide_as_seen(session, translation, Decision.APPROVE, seen=seen, by=by, now=now)
    except _REFUSALS:
        return False
    return True


_REFUSALS = (
    ChangedMeanwhileError,
    SelfApprovalError,
    StaleTranslationError,
    StepRefusedError,
    BlockedTextError,
    OpinionsMissingError,
)


def wants_closer_look(session: Session, translation: Translation) -> bool:
    """Whether a check finds anything, dismissed warnings included, or an item is not as in the source."""
    unit, texts = translation.unit, translation.texts
    glossary = glossary_for(session, unit.language)
    if findings_of(unit.message, texts, unit.language, glossary=glossary):
        return True
    source_language = domain_numbered(session, unit.message.domain_id).source_language
    forms = forms_of(check_entry(unit.message, texts, glossary), unit.language)
    return any(not line.same for form in forms for line in compare(form, source_language))
