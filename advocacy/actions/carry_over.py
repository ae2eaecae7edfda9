"""Carrying approvals over a change of the source that changed no meaning: a typo, a comma."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.check_text import blocking_of
from advocacy.actions.decide import actor
from advocacy.actions.unit_statuses import refresh_status
from advocacy.models import Message, Origin, Review, Translation, Unit
from advocacy.models.release import newest_number
from advocacy.models.translation import approved_in
from advocacy.models.unit import hold_units, units_of
from advocacy.rules.review import (
    Act,
    Decision,
    ReasonMissingError,
    SelfConfirmationError,
    TranslationState,
    demand_other_person,
    step,
)


def carry_over(
    session: Session,
    message: Message,
    *,
    said_by: int | None,
    confirmed_by: int | None,
    reason: str,
    now: datetime,
    only: str | None = None,
) -> list[Unit]:
    """Approve each language's outdated text again for the message's present source; returns the units.

    One person says that only a typo was mended, and stands for the text from then on; another confirms it.
    With `only`, the hash of a source, texts for any other stay outdated.
    A text that no longer passes the checks (a number was the typo) stays outdated. Raises
    SelfConfirmationError, ReasonMissingError.
    """
    demand_other_person(said_by, confirmed_by, SelfConfirmationError)
    if not reason.strip():
        raise ReasonMissingError
    units = units_of(session, message.id)
    hold_units(session, *units)
    carried = [
        unit
        for unit in units
        if _fits_claim(session, unit, only) and _carry(session, unit, said_by, confirmed_by, reason, now)
    ]
    for unit in units:
        refresh_status(session, unit)
    details = {"units": [unit.id for unit in carried], "said_by": actor(said_by), "reason": reason}
    record(session, "source.typo", f"message:{message.id}", by=actor(confirmed_by), now=now, details=details)
    return carried


def _fits_claim(session: Session, unit: Unit, only: str | None) -> bool:
    approved = approved_in(session, unit.id)
    return approved is not None and only in (None, approved.source_hash)


def _carry(
    session: Session, unit: Unit, said_by: int | None, confirmed_by: int | None, reason: str, now: datetime
) -> bool:
    before = approved_in(session, unit.id)
    message = unit.message
    if before is None or before.source_hash == message.source_hash:
        return False
    if not _fits(message, before.texts, unit.language):
        return False
    before.state = step(before.state, Act.SUPERSEDE)
    session.flush()
    carried = Translation(
        unit_id=unit.id,
        texts=before.texts,
        author_id=said_by,
        origin=Origin.TYPO,
        state=TranslationState.APPROVED,
        msgid=message.msgid,
        msgid_plural=message.msgid_plural,
        source_hash=message.source_hash,
        content_hash=message.content_hash(before.texts),
        based_on_id=before.id,
        created_at=now,
    )
    session.add(carried)
    session.flush()
    session.add(
        Review(
            translation_id=carried.id,
            author_id=said_by,
            reviewer_id=confirmed_by,
            decision=Decision.APPROVE,
            reason=reason,
            content_hash=carried.content_hash,
            made_at=now,
            replaced_id=before.id,
            newest_release=newest_number(session, message.domain_id),
        )
    )
    return True


def _fits(message: Message, texts: Sequence[str], language: str) -> bool:
    return not blocking_of(message, texts, language)
