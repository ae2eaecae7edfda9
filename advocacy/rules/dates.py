"""Dates as texts write them: 24 November 2026, 2026-11-24, 2026년 11월 24일, 二〇二六年十一月二十四日."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from advocacy.rules.checks.quantities import evaluate


class Day(NamedTuple):
    """A day, a day of any year (no `year`), or a month of one (no `day`)."""

    year: int | None
    month: int
    day: int | None


class WrittenDate(NamedTuple):
    """A date in a text: every day that it may mean (3/4/2026 is read in two ways), and where it stands."""

    days: frozenset[Day]
    span: tuple[int, int]


def dates_in(text: str) -> list[WrittenDate]:
    """Return the dates in a text, in order, in whichever way they are written.

    A year or a month alone is none: years are numbers like others, and months are words.
    """
    found: list[WrittenDate] = []
    for pattern, read in _WAYS:
        for match in pattern.finditer(text):
            days = frozenset(day for day in read(match) if _is_one(day))
            if days and not any(_overlap(match.span(), other.span) for other in found):
                found.append(WrittenDate(days, match.span()))
    return sorted(found, key=lambda date: date.span)


def _is_one(day: Day) -> bool:
    return 1 <= day.month <= _MONTHS_A_YEAR and (day.day is None or 1 <= day.day <= _MOST_DAYS)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


_MONTHS_A_YEAR, _MOST_DAYS = 12, 31
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join([*_MONTHS, "Sept", *(month[:3] for month in _MONTHS if month != "May")])
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_HAN = "[〇零一二三四五六七八九十廿卅]"
_YEAR = rf"((?<![0-9])[0-9]{{4}}|{_HAN}{{4}})"


def _number(written: str | None) -> int | None:
    return int(evaluate(written)) if written else None


def _month_named(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month[:3] == name[:3])


def _day_first(match: re.Match[str]) -> Iterator[Day]:
    yield Day(_number(match[3]), _month_named(match[2]), int(match[1]))


def _month_first(match: re.Match[str]) -> Iterator[Day]:
    yield Day(_number(match[3]), _month_named(match[1]), int(match[2]))


def _month_of_year(match: re.Match[str]) -> Iterator[Day]:
    yield Day(int(match[2]), _month_named(match[1]), None)


def _year_first(match: re.Match[str]) -> Iterator[Day]:
    yield Day(int(match[1]), int(match[3]), int(match[4]))


def _year_last(match: re.Match[str]) -> Iterator[Day]:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    yield Day(year, first, second)
    yield Day(year, second, first)


def _with_signs(match: re.Match[str]) -> Iterator[Day]:
    year, month, day = (_number(part) for part in match.groups())
    if month is not None and (year is not None or day is not None):
        yield Day(year, month, day)


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Day]]], ...] = (
    (
        re.compile(rf"(?<![0-9]){_DAY}(?: of)? ({_MONTH})\b\.?(?:,? ([0-9]{{4}})(?![0-9]))?"),
        _day_first,
    ),
    (re.compile(rf"\b({_MONTH})\.? {_DAY}(?![0-9])(?:,? ([0-9]{{4}})(?![0-9]))?"), _month_first),
    (re.compile(rf"\b({_MONTH})\b\.?,? ([0-9]{{4}})(?![0-9])"), _month_of_year),
    (re.compile(r"(?<![0-9.])([0-9]{4})([-/.]) ?([0-9]{1,2})\2 ?([0-9]{1,2})(?![0-9])"), _year_first),
    (re.compile(r"(?<![0-9.])([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4})(?![0-9])"), _year_last),
    (
        re.compile(
            rf"(?:{_YEAR} ?[년年] ?)?((?<![0-9])[0-9]{{1,2}}|{_HAN}{{1,3}}) ?[월月]"
            rf"(?: ?([0-9]{{1,2}}|{_HAN}{{1,3}}) ?[일日号號])?"
        ),
        _with_signs,
    ),
)
