"""How far languages are: counted when somebody has worked, and kept by the process while nobody has."""

import threading
import time
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.orm import Session

from advocacy.models.appeal import titles_by_domain
from advocacy.models.credit import approved_of
from advocacy.models.domain import Domain, all_domains
from advocacy.models.marks import marks_of_work
from advocacy.models.progress import ByDay
from advocacy.models.unit_count import counts_at, counts_in
from advocacy.rules.translation import UnitStatus
from advocacy.web.approved_days import ApprovedDays

_KEPT = 10.0
"""Seconds after which everything is counted anew, whatever the marks say."""
_MOST = 1024
"""Sets of languages, lists, and authors that are kept; people work in a few."""

_Counted = TypeVar("_Counted")


class Standing(NamedTuple):
    """Units by status, by domain (id) and language.

    With the domains, in no session, and the slugs and titles of appeals by their domain's id.
    """

    domains: list[Domain]
    titles: dict[int, tuple[str, str]]
    counts: dict[tuple[int, str], dict[UnitStatus, int]]


class _Kept(NamedTuple):
    marks: tuple[int, ...]
    until: float
    found: Any


class Standings:
    """What was counted, until somebody works."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, _Kept] = {}
        self._lock = threading.Lock()
        self._days = ApprovedDays()

    def forget(self) -> None:
        """Forget all of it: the database is another than the one that was counted."""
        with self._lock:
            self._kept.clear()
            self._days = ApprovedDays()

    def now(self, session: Session) -> "StandingsNow":
        """Return what can be said now: one tiny query tells whether what is kept still holds."""
        return StandingsNow(self._kept, self._lock, self._days, session)


class StandingsNow:
    """How far things are, at the moment at which it was made. Nobody may change what it gives out."""

    def __init__(
        self, kept: dict[Hashable, _Kept], lock: threading.Lock, days: ApprovedDays, session: Session
    ) -> None:
        self._kept, self._lock, self._days, self._session = kept, lock, days, session
        self._marks = marks_of_work(session)

    def of(self, languages: Sequence[str]) -> Standing:
        """Return how far `languages` (BCP 47 tags) are."""
        # Drafts and reviews, which are most of the work, change no domain and no title.
        marks = self._marks.message, self._marks.entry
        domains, titles = self._fresh("domains", marks, self._domains)
        counts = self._fresh(tuple(languages), self._marks, lambda: counts_in(self._session, languages))
        return Standing(domains, titles, counts)

    def _domains(self) -> tuple[list[Domain], dict[int, tuple[str, str]]]:
        domains = all_domains(self._session)
        for one in domains:
            self._session.expunge(one)
        return domains, titles_by_domain(self._session)

    def approved_since(self, day: date) -> ByDay:
        """Return how many texts were approved since a day (UTC)."""
        return self._days.now(self._session, self._marks, since=day)

    def at(self, domain_id: int, language: str) -> dict[UnitStatus, int]:
        """Return how many units of a domain (by id) in a language stand where."""
        key = domain_id, language
        return self._fresh(key, self._marks, lambda: counts_at(self._session, domain_id, language))

    def approved_of(self, author_id: int, *, most: int) -> int:
        """Return how many texts of an author (by account id) were approved; `most` is where counting ends."""
        key, marks = (author_id, most), (self._marks.review, self._marks.taken_back)
        return self._fresh(key, marks, lambda: approved_of(self._session, author_id, most=most))

    def _fresh(self, key: Hashable, marks: tuple[int, ...], count: Callable[[], _Counted]) -> _Counted:
        """Return what was counted under `key` at these marks, else what `count` says now."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.marks != marks or time.monotonic() >= kept.until:
                if len(self._kept) >= _MOST:
                    self._kept.clear()
                kept = self._kept[key] = _Kept(marks, time.monotonic() + _KEPT, count())
            found: _Counted = kept.found
            return found
