"""The one table of what may happen to a translation."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.review import (
    STEPS,
    WAITING,
    Act,
    Decision,
    SelfApprovalError,
    StepRefusedError,
    TooLateError,
    TranslationState,
    content_hash,
    demand_other_person,
    restored,
    source_hash,
    step,
    taken_back,
)

texts = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=20)
PAIRS = list(product(TranslationState, Act))


def after(acts: list[Act]) -> list[TranslationState]:
    passed = [TranslationState.DRAFT]
    for act in acts:
        try:
            passed.append(step(passed[-1], act))
        except StepRefusedError:
            continue
    return passed


def test_every_state_has_its_row():
    assert set(STEPS) == set(TranslationState)


@pytest.mark.parametrize(("state", "act"), PAIRS)
def test_a_step_is_in_the_table_or_refused(state, act):
    if act in STEPS[state]:
        assert step(state, act) is STEPS[state][act]
    else:
        with pytest.raises(StepRefusedError, match=f"a {state} translation allows no {act}"):
            step(state, act)


@given(st.lists(st.sampled_from(Act)))
def test_no_path_leads_to_approval_but_through_submission(acts):
    passed = after(acts)
    if TranslationState.APPROVED in passed:
        assert passed[passed.index(TranslationState.APPROVED) - 1] is TranslationState.SUBMITTED


@given(st.lists(st.sampled_from(Act)))
def test_nothing_is_approved_twice_and_what_ended_stays_ended(acts):
    passed = after(acts)
    assert passed.count(TranslationState.APPROVED) <= 1
    ended = [state for state in passed[:-1] if not STEPS[state]]
    assert ended == []


def test_what_waits_can_still_become_something():
    assert all(STEPS[state] for state in WAITING)
    assert TranslationState.APPROVED not in WAITING


@pytest.mark.parametrize("decision", Decision)
def test_a_decision_is_a_step_from_submission_and_says_why_unless_it_is_yes(decision):
    assert decision.act in STEPS[TranslationState.SUBMITTED]
    assert decision.needs_reason == (decision is not Decision.APPROVE)


def test_two_people_are_two_accounts():
    demand_other_person(1, 2, SelfApprovalError)
    demand_other_person(None, None, SelfApprovalError)
    with pytest.raises(SelfApprovalError):
        demand_other_person(3, 3, SelfApprovalError)


@given(texts, texts, st.lists(texts, min_size=1, max_size=3), texts)
def test_an_approval_binds_to_context_source_and_every_form(context, msgid, forms, other):
    bound = content_hash(context, msgid, None, forms)
    assert bound != source_hash(context, msgid, None)
    for changed in (
        content_hash(context + "x", msgid, None, forms),
        content_hash(context, msgid + "x", None, forms),
        content_hash(context, msgid, other + "x", forms),
        content_hash(context, msgid, None, [*forms, other]),
        content_hash(context, msgid, None, [*forms[:-1], forms[-1] + "x"]),
    ):
        assert changed != bound


@pytest.mark.parametrize(("state", "decision"), list(product(TranslationState, Decision)))
def test_a_decision_is_taken_back_only_while_it_stands(state, decision):
    if state is step(TranslationState.SUBMITTED, decision.act):
        assert taken_back(state, decision) is TranslationState.SUBMITTED
    else:
        with pytest.raises(TooLateError):
            taken_back(state, decision)


@pytest.mark.parametrize("state", TranslationState)
def test_only_what_gave_way_is_approved_again(state):
    if state is TranslationState.SUPERSEDED:
        assert restored(state) is TranslationState.APPROVED
    else:
        with pytest.raises(TooLateError):
            restored(state)
