"""Translation memory: what was translated before and is like a text at hand."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

_ROUNDING = 1e-6
"""Two texts that are exactly as similar as asked for may be computed as a little less; none lies between."""


class Remembered(NamedTuple):
    """A translation that was made before, one text a plural form of the language.

    `where` says in what, in whichever words the caller has for it.
    """

    source: str
    target: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Match:
    """A translation of a text alike; `similarity` is 1 for the very same text, `where` is in order."""

    similarity: float
    source: str
    target: tuple[str, ...]
    where: tuple[str, ...]


class Memory:
    """Translations by their source, to be asked for those of similar sources."""

    def __init__(self, units: Iterable[Remembered] = ()) -> None:
        self._targets: dict[str, dict[tuple[str, ...], set[str]]] = {}
        for unit in units:
            self._note(unit)
        self._sources = [_copied(source) for source in sorted(self._targets, key=_by_length)]
        """Shortest first, so that sources of similar length lie together, in the machine's memory as well.

        To compare with thousands is to read them all: half of the time goes by if they are strewn.
        """

    def __len__(self) -> int:
        return len(self._sources)

    def add(self, unit: Remembered) -> None:
        """Remember a translation; one that is known already changes nothing."""
        if unit.source not in self._targets:
            place = bisect_left(self._sources, _by_length(unit.source), key=_by_length)
            self._sources.insert(place, unit.source)
        self._note(unit)

    def remove(self, unit: Remembered) -> None:
        """Forget a translation. Raises KeyError for one that is not known."""
        targets = self._targets[unit.source]
        targets[unit.target].remove(unit.where)
        if not targets[unit.target]:
            del targets[unit.target]
        if not targets:
            del self._targets[unit.source]
            del self._sources[bisect_left(self._sources, _by_length(unit.source), key=_by_length)]

    def matches(self, source: str, most: int = 5, least: float = 0.7) -> list[Match]:
        """Return at most so many translations of sources at least so similar, the most similar first.

        Similarity is from above 0 to 1: twice the letters that stay in order, by the letters of both (Indel).
        Equals stand in the order of their sources, then of their targets.
        """
        shortest, longest = _lengths(len(source), least)
        start = bisect_left(self._sources, shortest, key=len)
        end = bisect_right(self._sources, longest, key=len)
        found = process.extract(
            source,
            self._sources[start:end],
            scorer=Indel.normalized_similarity,
            score_cutoff=least - _ROUNDING,
            limit=None,
        )
        best = sorted((-similarity, text) for text, similarity, _ in found)[:most]
        matches = [
            Match(-less, text, target, tuple(sorted(where)))
            for less, text in best
            for target, where in sorted(self._targets[text].items())
        ]
        return matches[:most]

    def _note(self, unit: Remembered) -> None:
        self._targets.setdefault(unit.source, {}).setdefault(unit.target, set()).add(unit.where)


def _copied(source: str) -> str:
    """Return a text made just now: what is made in a row lies in a row."""
    return source[:1] + source[1:]


def _by_length(source: str) -> tuple[int, str]:
    return len(source), source


def _lengths(length: int, least: float) -> tuple[int, int]:
    """Return between which lengths a source can be so similar: 2 min(a, b) / (a + b) is the most there is."""
    return floor(length * least / (2 - least)), ceil(length * (2 - least) / least)
