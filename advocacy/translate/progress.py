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
HEIGHT = 24
"""Of a chart, in the units in which a week is one wide."""
_WEEK = timedelta(weeks=1)


class Week(NamedTuple):
    """A week by its Monday, and how many texts were approved in it."""

    first: date
    approved: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The approved texts of the last weeks, this one among them: each week, newest last."""

    weeks: list[Week]

    @property
    def total(self) -> int:
        """How many texts were approved in all this time."""
        return sum(week.approved for week in self.weeks)

    @property
    def most(self) -> int:
        """How many were approved in the best week."""
        return max(week.approved for week in self.weeks)

    @property
    def bars(self) -> list[float]:
        """How high each week stands."""
        most = self.most
        return [round(HEIGHT * week.approved / most, 2) for week in self.weeks]


def row_of(week: Week) -> tuple[str, str]:
    """Return a row of the table as the request's language writes it."""
    return _row_in(language().locale, *week)


@lru_cache(maxsize=4096)
def _row_in(locale: str, day: date, count: int) -> tuple[str, str]:
    """Return the same, remembered: writing dates takes longer than all else on the page."""
    return format_date(day, "long", locale=locale), format_decimal(count, locale=locale)


def first_day(today: date) -> date:
    """Return the day on which the chart begins that has `today` in its last week: a Monday."""
    return _monday(today) - (WEEKS - 1) * _WEEK


def chart_of(counts: Mapping[date, int], today: date) -> Chart | None:
    """Return the chart of these counts by day, or None where there is nothing to show."""
    start = first_day(today)
    weeks = {start + number * _WEEK: 0 for number in range(WEEKS)}
    for day, count in counts.items():
        if start <= day <= today:
            weeks[_monday(day)] += count
    return Chart([Week(*one) for one in weeks.items()]) if any(weeks.values()) else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
