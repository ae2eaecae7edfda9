"""Keeping units' statuses what their translations make of them, in the same transaction."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.models import Message, Translation, Unit
from advocacy.models.facts import UnitFacts
from advocacy.models.translation import parts_of, states_by_unit
from advocacy.rules.translation import UnitStatus, unit_status


def refresh_status(session: Session, unit: Unit) -> UnitStatus:
    """Make the unit's status true again after something happened to a text or the source; returns it."""
    session.flush()
    query = select(Translation.state, Translation.source_hash).where(Translation.unit_id == unit.id)
    states = [(state, source_hash) for state, source_hash in session.execute(query)]
    status = unit_status(states, unit.message.source_hash)
    # Said to the database in any case: the session would leave it out where the status that it read once,
    # and somebody has changed since, is the same.
    session.execute(update(Unit).where(Unit.id == unit.id).values(status=status))
    return status


def refresh_statuses(session: Session, units: Sequence[UnitFacts]) -> None:
    """Do the same for many units, with few statements."""
    session.flush()
    states = states_by_unit(session, [unit.id for unit in units])
    standing: dict[UnitStatus, list[int]] = {}
    for unit in units:
        status = unit_status(states.get(unit.id, ()), unit.source_hash)
        standing.setdefault(status, []).append(unit.id)
    for status, numbers in standing.items():
        for part in parts_of(numbers):
            wrong = Unit.id.in_(part), Unit.status != status
            session.execute(update(Unit).where(*wrong).values(status=status))


def recompute_statuses(session: Session) -> int:
    """Derive every unit's status anew. Returns how many were wrong: none, unless there is a fault."""
    states = states_by_unit(session)
    wrong = 0
    for unit in session.scalars(select(Unit).join(Message, Message.id == Unit.message_id)):
        status = unit_status(states.get(unit.id, ()), unit.message.source_hash)
        if unit.status is not status:
            unit.status = status
            wrong += 1
    return wrong
