"""The moment at which a release goes live."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.moments import LONGEST_WAIT, MomentError, demand_moment, read_moment

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_what_a_browser_sends_is_read_as_utc():
    assert read_moment(" 2026-11-24T10:00 ") == datetime(2026, 11, 24, 10, tzinfo=UTC)


@given(st.text())
def test_anything_else_is_refused_and_breaks_nothing(text):
    with suppress(MomentError):
        assert read_moment(text).tzinfo is UTC


def test_a_zone_of_its_own_is_refused():
    with pytest.raises(MomentError):
        read_moment("2026-11-24T10:00+09:00")


@given(st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_only_what_is_to_come_soon_enough_is_taken(gap):
    if timedelta(0) < gap <= LONGEST_WAIT:
        demand_moment(NOW + gap, now=NOW)
    else:
        with pytest.raises(MomentError):
            demand_moment(NOW + gap, now=NOW)
