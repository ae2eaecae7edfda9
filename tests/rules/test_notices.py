"""When mail about what is new is due."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.notices import GATHERING, NEWS, TASKS, NoticeKind, Rhythm, due_at

START = datetime(2026, 1, 1, tzinfo=UTC)

moments = st.timedeltas(timedelta(0), timedelta(days=2000)).map(lambda passed: START + passed)
gaps = st.timedeltas(timedelta(0), timedelta(days=60))


def test_every_kind_is_news_or_calls_for_somebody():
    assert set(NEWS) | set(TASKS) == set(NoticeKind)
    assert not set(NEWS) & set(TASKS)


@given(moments, st.one_of(st.none(), moments))
def test_whoever_wants_no_mail_gets_none(oldest, last):
    assert due_at(Rhythm.OFF, oldest=oldest, last=last) is None


@given(st.sampled_from([Rhythm.AT_ONCE, Rhythm.DAILY, Rhythm.WEEKLY]), moments, gaps)
def test_mail_waits_for_what_comes_with_it_and_for_the_rhythm_and_no_longer(rhythm, last, gap):
    oldest = last + gap
    due = due_at(rhythm, oldest=oldest, last=last)
    pause = {Rhythm.AT_ONCE: 0, Rhythm.DAILY: 1, Rhythm.WEEKLY: 7}[rhythm]
    assert due >= oldest + GATHERING
    assert due - last >= timedelta(days=pause)
    assert due in (oldest + GATHERING, last + timedelta(days=pause))


@given(st.sampled_from([Rhythm.AT_ONCE, Rhythm.DAILY, Rhythm.WEEKLY]), moments)
def test_the_first_mail_waits_for_no_day_to_pass(rhythm, oldest):
    assert due_at(rhythm, oldest=oldest, last=None) == oldest + GATHERING
