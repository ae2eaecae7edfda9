"""The translation memories of this process: one a language, read once, then told what is new."""

import threading
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from advocacy.catalogs.memory import Match, Memory, Remembered
from advocacy.models.approvals import ApprovedText, Heads, approved_since, heads

_NONE = Heads(0, 0)
_OVERLAP = 200
"""Ids are given out before they are committed: so many are looked at again, lest a slow one be missed."""


@dataclass(slots=True)
class _Shelf:
    """What is remembered in one language, and of which unit."""

    memory: Memory = field(default_factory=Memory)
    by_unit: dict[int, Remembered] = field(default_factory=dict)
    known: Heads = _NONE

    def learn(self, session: Session, language: str, now: Heads) -> None:
        """Take in what was approved up to `now`; a unit's newer text takes the place of its older one."""
        if now == self.known:
            return
        since = Heads(*(max(0, head - _OVERLAP) for head in self.known))
        texts = approved_since(session, language, since)
        if self.known == _NONE:
            self.by_unit = {text.unit_id: _remembered(text) for text in texts}
            self.memory = Memory(self.by_unit.values())
        else:
            for text in texts:
                self._replace(text.unit_id, _remembered(text))
        self.known = now

    def _replace(self, unit_id: int, new: Remembered) -> None:
        old = self.by_unit.get(unit_id)
        if new == old:
            return
        self.by_unit[unit_id] = new
        if old is not None and old not in self.by_unit.values():
            self.memory.remove(old)
        self.memory.add(new)


def _remembered(text: ApprovedText) -> Remembered:
    return Remembered(text.source, tuple(text.texts), text.domain)


class Memories:
    """Approved texts by language, to be asked for those of similar sources."""

    def __init__(self) -> None:
        self._shelves: dict[str, _Shelf] = {}
        self._lock = threading.Lock()

    def matches(self, session: Session, language: str, source: str, *, most: int) -> list[Match]:
        """Return translations of sources alike in a language (BCP 47 tag), the most similar first."""
        with self._lock:
            shelf, now = self._shelves.get(language), heads(session)
            if shelf is None or any(new < old for new, old in zip(now, shelf.known, strict=True)):
                shelf = self._shelves[language] = _Shelf()  # the first time, or an older copy of the database
            shelf.learn(session, language, now)
            return shelf.memory.matches(source, most=most)
