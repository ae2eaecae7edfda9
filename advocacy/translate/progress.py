"""How a place comes along, as a picture with its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal

from advocacy.web.locale import language

WEEKS = 12
_DAYS = 7 * WEEKS
HEIGHT = 24
"""Of a chart, in the units in which a day is one wide."""


class Bar(NamedTuple):
    """A day on the chart: how far from its start, and how high."""

    at: int
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The approved texts of the last weeks: a bar for each day that had any, and the days newest first."""

    bars: list[Bar]
    days: list[tuple[date, int]]
    first: date
    last: date

    @property
    def total(self) -> int:
        """How many texts were approved in all this time."""
        return sum(count for _, count in self.days)

    @property
    def most(self) -> int:
        """How many were approved on the best day."""
        return max(count for _, count in self.days)


def row_of(day: date, count: int) -> tuple[str, str]:
    """Return a row of the table as the request's language writes it."""
    return _row_in(language().locale, day, count)


@lru_cache(maxsize=4096)
def _row_in(locale: str, day: date, count: int) -> tuple[str, str]:
    """Return the same, remembered: writing hundreds of dates takes longer than all else on the page."""
    return format_date(day, "long", locale=locale), format_decimal(count, locale=locale)


def first_day(today: date) -> date:
    """Return the day on which the chart begins that ends `today`."""
    return today - timedelta(days=_DAYS - 1)


def chart_of(counts: Mapping[date, int], today: date) -> Chart | None:
    """Return the chart of these counts by day, or None where there is nothing to show."""
    start = first_day(today)
    days = [(day, count) for day, count in sorted(counts.items()) if start <= day <= today]
    if not days:
        return None
    most = max(count for _, count in days)
    bars = [Bar((day - start).days, round(HEIGHT * count / most, 2)) for day, count in days]
    return Chart(bars, days[::-1], start, today)
