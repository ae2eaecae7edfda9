"""Dates, however they are written."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.rules.dates import Day, dates_in

DAYS = some.dates(date(1900, 1, 1), date(2099, 12, 31))
HAN = "〇一二三四五六七八九"


def han(number: int) -> str:
    """A number up to 31 in Han numerals: 24 is 二十四."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else HAN[tens]) + "十" if tens else "") + (HAN[ones] if ones else "")


WAYS = [
    lambda day: day.isoformat(),
    lambda day: f"{day:%Y}. {day.month}. {day.day}.",
    lambda day: f"{day.day} {day:%B %Y}",
    lambda day: f"{day:%B} {day.day}, {day:%Y}",
    lambda day: f"{day:%b} {day.day}, {day:%Y}",
    lambda day: f"the {day.day}th of {day:%B %Y}",
    lambda day: f"{day:%Y}년 {day.month}월 {day.day}일",
    lambda day: f"{day:%Y}年{day.month}月{day.day}日",
    lambda day: f"{''.join(HAN[int(digit)] for digit in str(day.year))}年{han(day.month)}月{han(day.day)}日",
    lambda day: f"{day.day}/{day.month}/{day:%Y}",
]


def days(text: str) -> list[frozenset[Day]]:
    return [found.days for found in dates_in(text)]


@given(DAYS, some.sampled_from(WAYS))
def test_a_day_is_the_same_however_it_is_written(day, written):
    (found,) = dates_in(f"It ended, {written(day)}, at last")
    assert Day(day.year, day.month, day.day) in found.days


@given(some.lists(DAYS, min_size=1, max_size=4), some.data())
def test_dates_come_in_order_from_where_they_stand(several, data):
    written = [data.draw(some.sampled_from(WAYS[:9]))(day) for day in several]
    text = "; ".join(written)
    found = dates_in(text)
    assert [day for one in found for day in one.days] == [Day(d.year, d.month, d.day) for d in several]


@given(some.text(some.sampled_from("0123456789-/. 년월일年月日 一二十〇MarchJun,th")))
def test_no_text_breaks_it_and_nothing_is_found_twice(text):
    found = dates_in(text)
    for one, other in pairwise(found):
        assert one.span[1] <= other.span[0]
    assert all(1 <= day.month <= 12 for one in found for day in one.days)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 24 February", Day(None, 2, 24)),
        ("in March 2012", Day(2012, 3, None)),
        ("2012년 3월에", Day(2012, 3, None)),
        ("2월 24일", Day(None, 2, 24)),
        ("三月八號", Day(None, 3, 8)),
    ],
)
def test_a_day_without_a_year_and_a_month_of_one_are_dates(text, day):
    assert days(text) == [frozenset({day})]


def test_what_may_be_two_days_is_both():
    assert days("3/4/2026") == [frozenset({Day(2026, 3, 4), Day(2026, 4, 3)})]
    assert days("13/4/2026") == [frozenset({Day(2026, 4, 13)})]


@pytest.mark.parametrize(
    "text", ["May", "in 2012", "11월", "3개월", "version 2.2.4", "1.2.3.4", "2012-24-24"]
)
def test_what_is_no_date_is_none(text):
    assert days(text) == []


def test_one_day_more_is_another_date():
    day = date(2026, 11, 24)
    for way in WAYS:
        assert days(way(day)) != days(way(day + timedelta(days=1)))
