"""Saying that one is at work on a unit, so that no two people write the same text unawares."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from advocacy.models.attendance import Attendance, attendances_at
from advocacy.rules.attendance import LOOKING, TAKEN


def note_look(session: Session, unit_id: int, *, by: int, now: datetime) -> None:
    """Note that an account (by id) opened a unit."""
    _put(session, unit_id, by, seen_at=now)


def take_for_an_hour(session: Session, unit_id: int, *, by: int, now: datetime) -> Attendance | None:
    """Take a unit, which is held, for an account (by id); return who else has it already, or None."""
    for one in attendances_at(session, [unit_id]):
        if one.account_id != by and one.has_taken(now):
            return one
    _put(session, unit_id, by, taken_until=now + TAKEN)
    return None


def leave(session: Session, unit_id: int, *, by: int) -> None:
    """Forget that an account (by id) was at a unit: her work on it is done."""
    session.execute(delete(Attendance).where(Attendance.unit_id == unit_id, Attendance.account_id == by))


def forget_attendances(session: Session, *, now: datetime) -> None:
    """Forget who looked some minutes ago, and who took something that is free again."""
    late = Attendance.seen_at <= now - LOOKING
    untaken = or_(Attendance.taken_until.is_(None), Attendance.taken_until <= now)
    session.execute(delete(Attendance).where(or_(Attendance.seen_at.is_(None), late), untaken))
    session.execute(update(Attendance).where(late).values(seen_at=None))


def _put(session: Session, unit_id: int, account_id: int, **values: Any) -> None:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    added = dialect.insert(Attendance).values(unit_id=unit_id, account_id=account_id, **values)
    session.execute(added.on_conflict_do_update(index_elements=["unit_id", "account_id"], set_=values))
