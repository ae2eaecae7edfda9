"""Counts that are small enough to point at somebody: they are never shown one by one.

A country with few signers is folded into the rest, and so are the two whose people are in most danger,
however many they are. What is folded must not be found by subtraction either: the rest is always more than
one country, and never a small number itself.
"""

from collections.abc import Mapping

SMALLEST_SHOWN = 10
"""Signers below which a country is not named."""

NEVER_SHOWN = frozenset({"KP", "CN"})

REST = ""
"""The key of what is not named one by one; the countries of those who would rather not say are in it too."""


def folded(counts: Mapping[str, int]) -> dict[str, int]:
    """Return `counts` (signers by alpha-2 code, under REST those who said none) as they may be shown.

    Nothing is lost: the sum stays. While the rest is small, or stands for a single country, the smallest
    country that is left is folded as well.
    """
    hidden = {
        code for code, count in counts.items() if code in NEVER_SHOWN | {REST} or count < SMALLEST_SHOWN
    }
    shown = sorted((code for code in counts if code not in hidden), key=lambda code: (counts[code], code))
    hidden = {code for code in hidden if counts[code]}
    while shown and hidden and not _safe(hidden, counts):
        hidden.add(shown.pop(0))
    result = {code: counts[code] for code in shown}
    if rest := sum(counts[code] for code in hidden):
        result[REST] = rest
    return result


def _safe(hidden: set[str], counts: Mapping[str, int]) -> bool:
    """Whether the sum of `hidden` tells of no country by itself."""
    alone = len(hidden - {REST}) == 1 and counts.get(REST, 0) < SMALLEST_SHOWN
    return not alone and sum(counts[code] for code in hidden) >= SMALLEST_SHOWN
