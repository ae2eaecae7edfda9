"""What an English text says in numbers: in digits, which a translation must say too, and in words."""

import re
from decimal import Decimal

from advocacy.rules.checks.quantities import NUMBER, Quantity, in_a_name, readings

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_MONTHS = "january february march april may june july august september october november december"
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ADDED = {
    **{word: value for value, word in enumerate(_SMALL.split())},
    **{word: 10 * tens for tens, word in enumerate(_TENS.split(), 2)},
}

# Words that a translation may put in digits though they add nothing to a number of several words.
_MAY_MEAN: dict[int, str] = {
    0: "midnight",
    1: "a an once single each every per another quarter",
    2: "twice both pair double fortnight",
    3: "thirds",
    4: "quarter quarters",
    7: "week weekly",
    10: "decade decades tens",
    12: "dozen dozens noon midnight",
    14: "fortnight",
    24: "midnight",
    25: "quarter",
    50: "half",
    100: "century centuries hundreds",
    1000: "thousands",
    10**6: "millions",
}


def _alone() -> dict[str, frozenset[Decimal]]:
    found: dict[str, set[Decimal]] = {}
    rows = [*enumerate(_ORDINALS.split(), 1), *enumerate(_MONTHS.split(), 1)]
    rows += [(value, word[:3]) for value, word in enumerate(_MONTHS.split(), 1)]
    rows += [(value, word) for value, words in _MAY_MEAN.items() for word in words.split()]
    for value, word in [*rows, (9, "sept")]:
        found.setdefault(word, set()).add(Decimal(value))
    return {word: frozenset(values) for word, values in found.items()}


_ALONE = _alone()
_WORD = re.compile(r"[A-Za-z]+")
_GAP = re.compile(r"[\s-]{1,3}(?:and\s)?", re.IGNORECASE)
_DIGITS = re.compile(
    rf"(?P<number>{NUMBER})"
    r"(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion)\b|(?P<decade>s\b)|\s?(?P<pm>p\.?m\b))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:-|–|—|~|to|and|or)\s?")


def required_in(text: str, *, scales_may_stay: bool) -> list[Quantity]:
    """Return the numbers that `text` writes in digits, with every value a translation may give them.

    With `scales_may_stay` the digits alone will do too: 30 for "30 million", whose language has its own
    word for a million. In "2-3 million" the 2 may be either.
    """
    found: list[Quantity] = []
    for match in _DIGITS.finditer(text):
        if in_a_name(text, match.start()):
            continue
        scale = _SCALES.get((match["scale"] or "").lower(), 1)
        if found and scale > 1 and _RANGE.fullmatch(text, found[-1].span[1], match.start()):
            values, span = found[-1].values, found[-1].span
            found[-1] = Quantity(values | {value * scale for value in values}, span)
        for values in readings(match["number"]):
            rendered = _renderings(values, match, scale, scales_may_stay=scales_may_stay)
            found.append(Quantity(rendered, match.span()))
    return found


def _renderings(
    values: frozenset[Decimal], match: re.Match[str], scale: int, *, scales_may_stay: bool
) -> frozenset[Decimal]:
    found = {value * scale for value in values}
    if scales_may_stay:
        found |= values
    if match["pm"]:
        found |= {value + 12 for value in values}
    if match["decade"] and len(match["number"]) <= 4:  # noqa: PLR2004  a year has no more digits
        found |= {value % 100 for value in values}
    return frozenset(found)


def words_in(text: str) -> set[Decimal]:
    """Return the values of number words, alone and in a row ("thirty-five million"), and of months."""
    found: set[Decimal] = set()
    row: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if row and not _GAP.fullmatch(text, end, match.start()):
            found.add(_value(row))
            row = []
        if word in _ADDED or word in _SCALES:
            row.append(word)
            found |= {Decimal(_ADDED.get(word) or _SCALES.get(word, 0)), _value(row)}
            end = match.end()
        elif word != "and":
            row = []
        found |= _ALONE.get(word, frozenset())
    return found


def _value(row: list[str]) -> Decimal:
    total = section = 0
    for word in row[-12:]:  # nobody writes more; a hostile text gains nothing
        if word in _ADDED:
            section += _ADDED[word]
        elif word == "hundred":
            section = (section or 1) * 100
        else:
            total, section = total + (section or 1) * _SCALES[word], 0
    return Decimal(total + section)
