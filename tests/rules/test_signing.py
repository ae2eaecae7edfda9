"""A signature's states and steps."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.signing import (
    STEPS,
    Act,
    Display,
    NameState,
    SignatureState,
    StepRefusedError,
    hour_of,
    name_state_for,
    step,
)

PAIRS = list(product(SignatureState, Act))
zones = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))


def after(state: SignatureState, acts: list[Act]) -> list[SignatureState]:
    """The states passed through; an act that is refused changes nothing."""
    passed = [state]
    for act in acts:
        try:
            passed.append(step(passed[-1], act))
        except StepRefusedError:
            continue
    return passed


def test_every_state_has_its_row():
    assert set(STEPS) == set(SignatureState)


@pytest.mark.parametrize(("state", "act"), PAIRS)
def test_a_step_is_in_the_table_or_refused(state, act):
    if act in STEPS[state]:
        assert step(state, act) is STEPS[state][act]
    else:
        with pytest.raises(StepRefusedError, match=f"a {state} signature allows no {act}"):
            step(state, act)


@pytest.mark.parametrize("act", Act)
def test_only_restoring_brings_a_rejected_signature_back(act):
    back = STEPS[SignatureState.REJECTED].get(act) is SignatureState.CONFIRMED
    assert back == (act is Act.RESTORE)


def test_a_pending_signature_is_confirmed_by_confirming_it_only():
    leading = {
        act for act, state in STEPS[SignatureState.PENDING].items() if state is SignatureState.CONFIRMED
    }
    assert leading == {Act.CONFIRM}


@given(st.lists(st.sampled_from(Act)))
def test_what_its_owner_took_back_stays_gone(acts):
    assert after(SignatureState.WITHDRAWN, acts) == [SignatureState.WITHDRAWN]


@given(st.lists(st.sampled_from(Act)))
def test_nothing_counts_that_its_owner_has_not_confirmed(acts):
    passed = after(SignatureState.PENDING, acts)
    assert SignatureState.CONFIRMED not in passed or Act.CONFIRM in acts
    assert passed.count(SignatureState.PENDING) == 1


@pytest.mark.parametrize("state", [SignatureState.PENDING, SignatureState.CONFIRMED, SignatureState.REJECTED])
def test_whoever_signed_can_take_it_back(state):
    assert step(state, Act.WITHDRAW) is SignatureState.WITHDRAWN


def test_a_name_of_ones_own_waits_for_a_look_and_initials_do_not():
    states = {display: name_state_for(display) for display in Display}
    assert states == {
        Display.COUNT: NameState.NONE,
        Display.INITIALS: NameState.SHOWN,
        Display.NAME: NameState.WAITING,
    }


def test_moments_are_kept_by_the_hour():
    assert hour_of(datetime(2026, 11, 24, 9, 59, 59, 999_999, UTC)) == datetime(2026, 11, 24, 9, tzinfo=UTC)


@given(st.datetimes(timezones=zones))
def test_an_hour_tells_nothing_finer(moment):
    hour = hour_of(moment)
    assert timedelta(0) <= moment - hour < timedelta(hours=1)
    assert hour_of(hour) == hour
    assert hour.tzinfo is moment.tzinfo
