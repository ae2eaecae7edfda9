"""Deciding on what one has seen, and taking it back before a release holds it."""

import pytest
from sqlalchemy import select

from advocacy.actions.carry_over import carry_over
from advocacy.actions.decide import decide
from advocacy.actions.decide_as_seen import (
    ChangedMeanwhileError,
    approve_as_seen,
    decide_as_seen,
    sight_of,
)
from advocacy.actions.propose import Proposal, propose, withdraw_translation
from advocacy.actions.publish_as_seen import (
    ConfirmedBeforeError,
    demand_seen,
    demand_unconfirmed,
    sight_of_live,
)
from advocacy.actions.releases import build_release, confirm_release, switch_to_source
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.actions.take_back import NotTheReviewerError, can_take_back, take_back
from advocacy.actions.unit_statuses import recompute_statuses
from advocacy.models import AuditEntry, Domain, Review, Translation
from advocacy.models.release import live_now
from advocacy.models.translation import approved_in
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.review import Decision, SelfApprovalError, TooLateError, TranslationState
from advocacy.rules.translation import UnitStatus
from tests.factories import NOW, free_session, make_account, make_approved, make_domain, make_submitted

ASK, WAIT = Source("ask", "Sign the petition"), Source("wait", "It ends in 30 days")


@pytest.fixture
def domain(session) -> Domain:
    return make_domain(session, ASK, WAIT)


@pytest.fixture
def unit(session, domain):
    return units_in(session, domain.id, "ko")[0]


@pytest.fixture
def text(session, unit) -> Translation:
    return make_submitted(session, unit, "청원에 서명하기", by=make_account(session))


@pytest.fixture
def reviewer(session):
    return make_account(session)


def approve(session, text, reviewer) -> Review:
    return decide(session, text, Decision.APPROVE, by=reviewer.id, now=NOW)


def released(session, domain) -> None:
    release = build_release(session, domain, LANGUAGES, by=make_account(session).id, now=NOW)
    confirm_release(session, release, by=make_account(session).id, now=NOW)


# What was seen


def test_what_is_as_it_was_seen_is_decided(session, text, reviewer):
    seen = sight_of(session, text)
    decide_as_seen(session, text, Decision.APPROVE, seen=seen, by=reviewer.id, now=NOW)
    assert text.state is TranslationState.APPROVED
    assert sight_of(session, text) != seen


@pytest.mark.parametrize("decision", Decision)
def test_a_text_decided_by_another_meanwhile_is_left_alone(session, text, reviewer, decision):
    seen = sight_of(session, text)
    decide(session, text, Decision.REJECT, by=make_account(session).id, now=NOW, reason="no")
    with pytest.raises(ChangedMeanwhileError):
        decide_as_seen(session, text, decision, seen=seen, by=reviewer.id, now=NOW, reason="x")
    assert text.state is TranslationState.REJECTED


def test_a_text_withdrawn_meanwhile_is_left_alone(session, text, reviewer):
    seen = sight_of(session, text)
    withdraw_translation(session, text, by=text.author_id)
    with pytest.raises(ChangedMeanwhileError):
        decide_as_seen(session, text, Decision.APPROVE, seen=seen, by=reviewer.id, now=NOW)


def test_another_text_approved_meanwhile_is_seen_first(session, unit, text, reviewer):
    seen = sight_of(session, text)
    make_approved(session, unit, "서명")
    with pytest.raises(ChangedMeanwhileError):
        decide_as_seen(session, text, Decision.APPROVE, seen=seen, by=reviewer.id, now=NOW)


def test_a_source_changed_meanwhile_is_seen_first(session, domain, text, reviewer):
    seen = sight_of(session, text)
    sync_messages(session, domain, [Source("ask", "Sign the letter"), WAIT], LANGUAGES)
    with pytest.raises(ChangedMeanwhileError):
        decide_as_seen(session, text, Decision.APPROVE, seen=seen, by=reviewer.id, now=NOW)


def test_what_another_transaction_did_is_found_although_it_was_read_before(session, text, reviewer):
    session.commit()
    with free_session(session.get_bind()) as late:
        late.expire_on_commit = False
        read = late.get(Translation, text.id)
        seen = sight_of(late, read)
        late.commit()
        approve(session, text, make_account(session))
        session.commit()
        with pytest.raises(ChangedMeanwhileError):
            decide_as_seen(late, read, Decision.REJECT, seen=seen, by=reviewer.id, now=NOW, reason="x")


def test_nobody_approves_her_own_words_as_seen_either(session, text):
    seen = sight_of(session, text)
    with pytest.raises(SelfApprovalError):
        decide_as_seen(session, text, Decision.APPROVE, seen=seen, by=text.author_id, now=NOW)


# Several at once


def test_several_are_approved_but_for_what_is_warned_of_changed_or_ones_own(session, domain, reviewer):
    ask, wait = units_in(session, domain.id, "ko")
    other = units_in(session, domain.id, "zh-Hans")[0]
    good = make_submitted(session, ask, "청원에 서명하기", by=make_account(session))
    warned = make_submitted(session, wait, "곧 끝납니다", by=make_account(session))  # without its number
    own = make_submitted(session, other, "签名支持请愿", by=reviewer)
    seen = {text: sight_of(session, text) for text in (good, warned, own)}
    approved, left = approve_as_seen(session, seen, by=reviewer.id, now=NOW)
    assert (approved, left) == ([good], [warned, own])
    assert [text.state for text in (good, warned, own)] == ["approved", "submitted", "submitted"]


def test_of_several_one_in_which_something_differs_is_looked_at_alone(session, reviewer):
    unit = units_in(session, make_domain(session, Source(None, "Do not forward it."), name="d").id, "ko")[0]
    text = make_submitted(session, unit, "전달하십시오.", by=make_account(session))
    assert approve_as_seen(session, {text: sight_of(session, text)}, by=reviewer.id, now=NOW) == ([], [text])


def test_of_several_the_one_that_changed_is_refused(session, domain, text, reviewer):
    other = units_in(session, domain.id, "zh-Hans")[0]
    second = make_submitted(session, other, "签名支持请愿", by=make_account(session))
    seen = {one: sight_of(session, one) for one in (text, second)}
    make_approved(session, text.unit, "서명")
    assert approve_as_seen(session, seen, by=reviewer.id, now=NOW) == ([second], [text])


# Taking back


def test_an_approval_is_taken_back_and_what_it_replaced_is_approved_again(session, unit, reviewer):
    before = make_approved(session, unit, "서명")
    text = make_submitted(session, unit, "청원에 서명하기", by=make_account(session))
    review = approve(session, text, reviewer)
    assert can_take_back(session, text, by=reviewer.id)
    assert take_back(session, text, by=reviewer.id, now=NOW) is review
    assert review.taken_back_at == NOW
    assert (text.state, before.state) == (TranslationState.SUBMITTED, TranslationState.APPROVED)
    assert approved_in(session, unit.id) is before
    assert unit.status is UnitStatus.NEEDS_REVIEW
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.act, entry.actor) == ("translation.take_back", f"account:{reviewer.id}")
    assert entry.details == {"unit": unit.id, "decision": "approve", "review": review.id}
    assert recompute_statuses(session) == 0


@pytest.mark.parametrize("decision", [Decision.CHANGES, Decision.REJECT])
def test_what_was_sent_back_waits_again(session, text, reviewer, decision):
    decide(session, text, decision, by=reviewer.id, now=NOW, reason="It is not what the source says.")
    take_back(session, text, by=reviewer.id, now=NOW)
    assert text.state is TranslationState.SUBMITTED
    assert text.unit.status is UnitStatus.NEEDS_REVIEW


def test_what_was_taken_back_can_be_decided_and_taken_back_anew(session, unit, reviewer):
    before = make_approved(session, unit, "서명")
    text = make_submitted(session, unit, "청원에 서명하기", by=make_account(session))
    for _ in range(2):
        approve(session, text, reviewer)
        take_back(session, text, by=reviewer.id, now=NOW)
    assert before.state is TranslationState.APPROVED
    with pytest.raises(TooLateError):
        take_back(session, text, by=reviewer.id, now=NOW)


def test_approvals_are_taken_back_one_after_the_other(session, unit, reviewer):
    first = make_submitted(session, unit, "서명", by=make_account(session))
    approve(session, first, reviewer)
    second = make_submitted(session, unit, "청원에 서명하기", by=make_account(session))
    approve(session, second, reviewer)
    assert not can_take_back(session, first, by=reviewer.id)
    with pytest.raises(TooLateError):
        take_back(session, first, by=reviewer.id, now=NOW)
    take_back(session, second, by=reviewer.id, now=NOW)
    take_back(session, first, by=reviewer.id, now=NOW)
    assert (first.state, second.state) == (TranslationState.SUBMITTED, TranslationState.SUBMITTED)
    assert approved_in(session, unit.id) is None


def test_only_who_decided_takes_it_back(session, text, reviewer):
    approve(session, text, reviewer)
    for other in (make_account(session).id, text.author_id):
        assert not can_take_back(session, text, by=other)
        with pytest.raises(NotTheReviewerError):
            take_back(session, text, by=other, now=NOW)
    assert text.state is TranslationState.APPROVED


def test_what_nobody_decided_cannot_be_taken_back(session, text, reviewer):
    assert not can_take_back(session, text, by=reviewer.id)
    with pytest.raises(TooLateError):
        take_back(session, text, by=reviewer.id, now=NOW)


def test_what_a_release_holds_stays_although_nobody_confirmed_it(session, domain, text, reviewer):
    approve(session, text, reviewer)
    build_release(session, domain, LANGUAGES, by=make_account(session).id, now=NOW)
    assert not can_take_back(session, text, by=reviewer.id)
    with pytest.raises(TooLateError):
        take_back(session, text, by=reviewer.id, now=NOW)
    assert text.state is TranslationState.APPROVED


def test_a_release_of_before_hinders_nobody(session, domain, text, reviewer):
    released(session, domain)
    approve(session, text, reviewer)
    take_back(session, text, by=reviewer.id, now=NOW)
    assert text.state is TranslationState.SUBMITTED


def test_a_rejection_is_taken_back_whatever_was_released_since(session, domain, text, reviewer):
    decide(session, text, Decision.REJECT, by=reviewer.id, now=NOW, reason="no")
    released(session, domain)
    take_back(session, text, by=reviewer.id, now=NOW)
    assert text.state is TranslationState.SUBMITTED


@pytest.mark.parametrize("decision", [Decision.APPROVE, Decision.REJECT])
@pytest.mark.parametrize("submit", [True, False])
def test_a_text_gives_way_to_what_its_author_wrote_since(session, unit, text, reviewer, decision, submit):
    decide(session, text, decision, by=reviewer.id, now=NOW, reason="no")
    later = propose(session, unit, Proposal(texts=["서명"], submit=submit), by=text.author_id, now=NOW)
    take_back(session, text, by=reviewer.id, now=NOW)
    assert text.state is TranslationState.SUPERSEDED
    assert later.state is (TranslationState.SUBMITTED if submit else TranslationState.DRAFT)
    assert recompute_statuses(session) == 0


def test_changes_that_the_author_made_already_are_not_taken_back(session, unit, text, reviewer):
    decide(session, text, Decision.CHANGES, by=reviewer.id, now=NOW, reason="no")
    make_submitted(session, unit, "서명", by=text.author)
    with pytest.raises(TooLateError):
        take_back(session, text, by=reviewer.id, now=NOW)


def test_a_carried_approval_is_taken_back_by_who_confirmed_it(session, domain, unit, reviewer):
    before = make_approved(session, unit, "청원에 서명하기")
    sync_messages(session, domain, [Source("ask", "Sign the petitions"), WAIT], LANGUAGES)
    carry_over(
        session,
        unit.message,
        said_by=make_account(session).id,
        confirmed_by=reviewer.id,
        reason="typo",
        now=NOW,
    )
    take_back(session, approved_in(session, unit.id), by=reviewer.id, now=NOW)
    assert approved_in(session, unit.id) is before
    assert recompute_statuses(session) == 0


def test_a_build_that_read_it_before_it_was_taken_back_keeps_it(session, domain, text, reviewer):
    approve(session, text, reviewer)
    session.commit()
    with free_session(session.get_bind()) as other:
        read = other.get(Translation, text.id)
        assert can_take_back(other, read, by=reviewer.id)
        other.commit()
        build_release(session, domain, LANGUAGES, by=make_account(session).id, now=NOW)
        session.commit()
        with pytest.raises(TooLateError):
            take_back(other, read, by=reviewer.id, now=NOW)


# What is live


def test_what_is_live_is_as_it_was_seen_or_nothing_happens(session, domain):
    demand_seen(session, domain.id, sight_of_live(live_now(session, domain.id)))
    released(session, domain)
    with pytest.raises(ChangedMeanwhileError):
        demand_seen(session, domain.id, "nothing")
    seen = sight_of_live(live_now(session, domain.id))
    demand_seen(session, domain.id, seen)
    switch_to_source(session, domain, "ko", on=True, by=None, now=NOW, reason="test")
    with pytest.raises(ChangedMeanwhileError):
        demand_seen(session, domain.id, seen)


def test_a_release_is_confirmed_once(session, domain):
    release = build_release(session, domain, LANGUAGES, by=make_account(session).id, now=NOW)
    demand_unconfirmed(session, release)
    confirm_release(session, release, by=make_account(session).id, now=NOW)
    session.flush()
    with pytest.raises(ConfirmedBeforeError):
        demand_unconfirmed(session, release)
