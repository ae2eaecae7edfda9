"""What was approved on which day, counted once and then added to: nothing twice, nothing left out."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.actions.decide import decide
from advocacy.actions.sync_messages import Source
from advocacy.actions.take_back import take_back
from advocacy.models.marks import marks_of_work
from advocacy.models.unit import units_in
from advocacy.rules.review import Decision
from advocacy.web.approved_days import ApprovedDays
from tests.factories import make_account, make_domain, make_submitted

TODAY = datetime.now(UTC)
SINCE = (TODAY - timedelta(days=9)).date()


@pytest.fixture
def domain(session):
    return make_domain(session, *(Source(None, f"Text {number}") for number in range(5)), name="days")


@pytest.fixture
def reviewer(session):
    return make_account(session)


@pytest.fixture
def approve(session, domain, reviewer):
    """Approves the text at a place, some days ago."""

    def do(place: int, *, ago: int = 0):
        unit = units_in(session, domain.id, "ko")[place]
        text = make_submitted(session, unit, "글", by=make_account(session))
        decide(session, text, Decision.APPROVE, by=reviewer.id, now=TODAY - timedelta(days=ago))
        session.flush()
        return text

    return do


def counted(session, days: ApprovedDays, domain, marks=None) -> list[int]:
    """How many were approved today, yesterday and so on."""
    found = days.now(session, marks or marks_of_work(session), since=SINCE).get((domain.id, "ko"), {})
    return [found.get((TODAY - timedelta(days=ago)).date(), 0) for ago in range(3)]


def test_what_is_new_is_added(session, domain, approve):
    days = ApprovedDays()
    assert counted(session, days, domain) == [0, 0, 0]
    approve(0)
    approve(1, ago=2)
    approve(2, ago=20)
    assert counted(session, days, domain) == [1, 0, 1]
    before = days.now(session, marks_of_work(session), since=SINCE)
    approve(3)
    assert counted(session, days, domain) == [2, 0, 1]
    assert before[domain.id, "ko"][TODAY.date()] == 1  # what was given out stays as it was
    assert counted(session, ApprovedDays(), domain) == [2, 0, 1]


def test_what_comes_between_the_marks_and_the_counting_is_counted_once(session, domain, approve):
    days, early = ApprovedDays(), marks_of_work(session)
    approve(0)
    assert counted(session, days, domain, early) == [0, 0, 0]
    between = marks_of_work(session)
    approve(1)
    assert counted(session, days, domain, between) == [1, 0, 0]
    assert counted(session, days, domain) == [2, 0, 0]
    assert counted(session, days, domain, early) == [0, 0, 0]  # who read her marks before that
    assert counted(session, days, domain) == [2, 0, 0]


def test_what_was_taken_back_goes(session, domain, approve, reviewer):
    days, text = ApprovedDays(), approve(0)
    assert counted(session, days, domain) == [1, 0, 0]
    take_back(session, text, by=reviewer.id, now=TODAY)
    session.flush()
    assert counted(session, days, domain) == [0, 0, 0]
    approve(1)
    assert counted(session, days, domain) == [1, 0, 0]
