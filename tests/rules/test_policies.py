"""What is demanded before a text is approved and a release goes live."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.rules.policies import DEFAULT, MOST_OPINIONS, PAUSE, Demand, has_begun, has_settled

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
demands = some.builds(Demand, some.integers(0, MOST_OPINIONS), some.booleans())
moments = some.integers(0, 10**9).map(lambda seconds: NOW + timedelta(seconds=seconds))


@given(demands, some.integers(0, 5), some.booleans())
def test_another_yes_never_makes_it_harder(demand, yeses, by_reviewer):
    now, then = (demand.missing(count, by_reviewer=by_reviewer) for count in (yeses, yeses + 1))
    assert 0 <= then <= now <= demand.opinions


@given(demands, some.integers(0, 5))
def test_a_reviewer_never_needs_more_than_who_is_none(demand, yeses):
    reviewer, other = (demand.missing(yeses, by_reviewer=one) for one in (True, False))
    assert reviewer == (0 if demand.reviewer_suffices else other)
    assert other == max(0, demand.opinions - yeses)


@pytest.mark.parametrize("by_reviewer", [True, False])
def test_where_nothing_is_set_nothing_is_missing(by_reviewer):
    assert DEFAULT.missing(0, by_reviewer=by_reviewer) == 0


@given(moments)
def test_one_person_publishes_from_the_moment_that_was_set_on(now):
    assert not has_begun(None, now)
    assert has_begun(now, now)
    assert not has_begun(now + timedelta(seconds=1), now)


def test_a_role_given_at_the_desk_lets_somebody_publish_after_a_pause():
    assert has_settled(None, NOW)
    assert not has_settled(NOW, NOW)
    assert not has_settled(NOW - PAUSE + timedelta(seconds=1), NOW)
    assert has_settled(NOW - PAUSE, NOW)
