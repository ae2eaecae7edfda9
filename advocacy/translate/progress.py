"""How a place comes along, as a picture with its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

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


def first_day(today: date) -> date:
    """Return the day on which the chart begins that has `today` in its last week: a Monday."""
    return today - timedelta(days=today.weekday()) - (WEEKS - 1) * _WEEK


def chart_of(counts: Mapping[date, int], today: date) -> Chart | None:
    """Return the chart of these counts by day, or None where there is nothing to show."""
    start = first_day(today)
    approved = [0] * WEEKS
    for day, count in counts.items():
        if start <= day <= today:
            approved[(day - start) // _WEEK] += count
    if not any(approved):
        return None
    return Chart([Week(start + number * _WEEK, count) for number, count in enumerate(approved)])
