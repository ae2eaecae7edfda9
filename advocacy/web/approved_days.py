"""How many texts were approved on which day: thousands are counted once, and after that what is new."""

import threading
import time
from datetime import UTC, date, datetime
from datetime import time as clock
from typing import NamedTuple

from sqlalchemy.orm import Session

from advocacy.models.marks import Marks
from advocacy.models.progress import ByDay, approved_by_day

_KEPT = 600.0
"""Seconds after which all are counted anew: on PostgreSQL a review may be committed after a later one."""


class _Kept(NamedTuple):
    since: date
    marks: Marks
    until: float
    found: ByDay


class ApprovedDays:
    """What was counted, and up to which review."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None
        self._lock = threading.Lock()

    def now(self, session: Session, marks: Marks, *, since: date) -> ByDay:
        """Return how many texts were approved since a day (UTC). Nobody may change what it gives out."""
        start = datetime.combine(since, clock(tzinfo=UTC))
        with self._lock:
            kept = self._kept
            if kept is None or not _still_holds(kept, marks, since):
                found = approved_by_day(session, since=start, up_to=marks.review)
                kept = self._kept = _Kept(since, marks, time.monotonic() + _KEPT, found)
            elif kept.marks.review < marks.review:
                # No further than the marks: what came after they were read is for the next one who asks.
                more = approved_by_day(session, since=start, beyond=kept.marks.review, up_to=marks.review)
                kept = self._kept = kept._replace(marks=marks, found=_sum(kept.found, more))
            return kept.found


def _still_holds(kept: _Kept, marks: Marks, since: date) -> bool:
    """Whether what was counted counts still; what is left out with a source is no new review either."""
    same = (kept.since, kept.marks.taken_back, kept.marks.message) == (since, marks.taken_back, marks.message)
    return same and kept.marks.review <= marks.review and time.monotonic() < kept.until


def _sum(one: ByDay, other: ByDay) -> ByDay:
    changed = {
        place: {
            day: one.get(place, {}).get(day, 0) + days.get(day, 0)
            for day in one.get(place, {}).keys() | days.keys()
        }
        for place, days in other.items()
    }
    return {**one, **changed}
