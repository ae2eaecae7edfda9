"""Who else is at a text, as the editor and the list say it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from advocacy.extensions import db
from advocacy.models.attendance import Attendance, attendances_at
from advocacy.web.site import site


@dataclass(frozen=True, slots=True)
class Present:
    """Which units (by id) somebody else looks at now, and who has taken which."""

    looked_at: set[int]
    taken: dict[int, Attendance]


def present_at(units: Collection[int], *, me: int) -> Present:
    """Return who is at these units (by id), as an account (by id) is told."""
    return _present(units, attendances_at(db.session(), units) if units else [], me, datetime.now(UTC))


def open_for(unit_id: int, *, me: int) -> Present:
    """Note that an account (by id) opens a unit, and return who is there besides."""
    known, now = attendances_at(db.session(), [unit_id]), datetime.now(UTC)
    found = _present([unit_id], known, me, now)
    site().presence.note(db.engine, unit_id, known, by=me, now=now)
    return found


def _present(units: Collection[int], known: Collection[Attendance], me: int, now: datetime) -> Present:
    taken = {one.unit_id: one for one in known if one.has_taken(now)}
    return Present(site().presence.looking(units, known, but=me, now=now), taken)
