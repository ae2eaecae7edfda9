"""From a proposed text to one that may be published, and every way it can go instead."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from advocacy.actions.check_text import BlockedTextError
from advocacy.actions.decide import StaleTranslationError, decide
from advocacy.actions.propose import (
    LONGEST_DRAFT,
    EmptyTextError,
    NotTheAuthorError,
    Proposal,
    TooLongError,
    WrongFormsError,
    propose,
    withdraw_translation,
)
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.actions.unit_statuses import recompute_statuses
from advocacy.models import AuditEntry, Origin, Review, Translation
from advocacy.models.translation import approved_in, translations_of
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.review import (
    Decision,
    ReasonMissingError,
    SelfApprovalError,
    StepRefusedError,
    TranslationState,
)
from advocacy.rules.translation import UnitStatus
from tests.factories import NOW, make_account, make_approved, make_domain, make_submitted


@pytest.fixture
def domain(session):
    return make_domain(session, Source("ask", "Sign the petition"), Source(None, "Only %(left)s days"))


@pytest.fixture
def unit(session, domain):
    return units_in(session, domain.id, "ko")[0]


def draft(session, unit, *texts, by=None) -> Translation:
    return propose(session, unit, Proposal(texts=texts), by=by.id if by else None, now=NOW)


def test_a_draft_is_kept_as_written_and_shown_to_nobody(session, unit):
    author = make_account(session)
    translation = draft(session, unit, "청원에 서명하기", by=author)
    assert (translation.state, unit.status) == (TranslationState.DRAFT, UnitStatus.DRAFT)
    assert approved_in(session, unit.id) is None


def test_saving_again_adds_a_text_and_never_changes_one(session, unit):
    author = make_account(session)
    first = draft(session, unit, "하나", by=author)
    second = propose(session, unit, Proposal(texts=["둘"], based_on=first), by=author.id, now=NOW)
    assert (first.state, first.texts) == (TranslationState.SUPERSEDED, ["하나"])
    assert (second.state, second.based_on_id) == (TranslationState.DRAFT, first.id)
    other = draft(session, unit, "셋", by=make_account(session))
    assert [one.state for one in translations_of(session, unit.id)] == [
        TranslationState.DRAFT,
        TranslationState.DRAFT,
        TranslationState.SUPERSEDED,
    ]
    assert other.id > second.id


@pytest.mark.parametrize(
    "change", ["texts = '[\"other\"]'", "author_id = NULL", "content_hash = 'x'", "source_hash = 'x'"]
)
def test_the_database_itself_refuses_to_change_a_text(session, unit, change):
    translation = draft(session, unit, "하나", by=make_account(session))
    session.flush()
    with pytest.raises(DatabaseError, match="never changed"):
        session.execute(text(f"UPDATE translations SET {change} WHERE id = {translation.id}"))
    session.rollback()


def test_what_is_submitted_has_no_blocking_fault_and_a_draft_may(session, domain):
    unit = units_in(session, domain.id, "ko")[1]
    author = make_account(session)
    draft(session, unit, "며칠만 남았습니다", by=author)
    with pytest.raises(BlockedTextError) as refused:
        make_submitted(session, unit, "며칠만 남았습니다", by=author)
    assert {finding.check for finding in refused.value.findings} == {"placeholders"}
    assert make_submitted(session, unit, "%(left)s일만 남았습니다", by=author)
    assert unit.status is UnitStatus.NEEDS_REVIEW


def test_nothing_is_no_text(session, unit):
    with pytest.raises(EmptyTextError):
        propose(session, unit, Proposal(texts=[""]), by=None, now=NOW)


def test_a_text_has_as_many_forms_as_its_language(session):
    domain = make_domain(session, Source(None, "%(n)s letter", "%(n)s letters"), Source(None, "Sign"))
    several, one = units_in(session, domain.id, "ko")
    for unit, texts in ((several, ["%(n)s통", "%(n)s통"]), (one, ["서명", "서명"]), (one, [])):
        with pytest.raises(WrongFormsError):
            propose(session, unit, Proposal(texts=texts), by=None, now=NOW)
    assert propose(session, several, Proposal(texts=["편지 %(n)s통"], submit=True), by=None, now=NOW)


def test_a_draft_is_not_endless(session, unit):
    with pytest.raises(TooLongError):
        propose(session, unit, Proposal(texts=["가" * (LONGEST_DRAFT + 1)]), by=None, now=NOW)


def test_an_approved_text_takes_the_place_of_the_one_before(session, unit):
    first = make_approved(session, unit, "서명하기")
    second = make_approved(session, unit, "청원에 서명하기")
    assert (first.state, second.state) == (TranslationState.SUPERSEDED, TranslationState.APPROVED)
    assert approved_in(session, unit.id) is second
    assert unit.status is UnitStatus.APPROVED


def test_nobody_approves_what_they_wrote(session, unit):
    author = make_account(session)
    translation = make_submitted(session, unit, "서명하기", by=author)
    for decision in Decision:
        with pytest.raises(SelfApprovalError):
            decide(session, translation, decision, by=author.id, now=NOW, reason="because")
    assert unit.status is UnitStatus.NEEDS_REVIEW


def test_the_database_refuses_it_too(session, unit):
    author = make_account(session)
    translation = make_submitted(session, unit, "서명하기", by=author)
    row = {
        "translation_id": translation.id,
        "author_id": author.id,
        "reviewer_id": author.id,
        "decision": Decision.APPROVE,
        "reason": "",
        "content_hash": translation.content_hash,
        "made_at": NOW,
    }
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(insert(Review).values(row))
    session.rollback()


def test_a_review_cannot_name_another_author_than_the_texts(session, unit):
    author, other = make_account(session), make_account(session)
    translation = make_submitted(session, unit, "서명하기", by=author)
    row = {
        "translation_id": translation.id,
        "author_id": other.id,
        "reviewer_id": author.id,
        "decision": Decision.APPROVE,
        "reason": "",
        "content_hash": translation.content_hash,
        "made_at": NOW,
    }
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(insert(Review).values(row))
    session.rollback()


@pytest.mark.parametrize("decision", [Decision.CHANGES, Decision.REJECT])
def test_who_says_no_says_why(session, unit, decision):
    translation = make_submitted(session, unit, "서명하기", by=make_account(session))
    reviewer = make_account(session)
    with pytest.raises(ReasonMissingError):
        decide(session, translation, decision, by=reviewer.id, now=NOW, reason="  ")
    review = decide(session, translation, decision, by=reviewer.id, now=NOW, reason="The name is wrong.")
    assert review.reason == "The name is wrong."
    expected = UnitStatus.CHANGES_REQUESTED if decision is Decision.CHANGES else UnitStatus.UNTRANSLATED
    assert unit.status is expected
    with pytest.raises(StepRefusedError):
        decide(session, translation, Decision.APPROVE, by=reviewer.id, now=NOW)


def test_who_is_asked_for_changes_submits_a_new_text(session, unit):
    author, reviewer = make_account(session), make_account(session)
    first = make_submitted(session, unit, "서명하기", by=author)
    decide(session, first, Decision.CHANGES, by=reviewer.id, now=NOW, reason="Politer, please.")
    second = make_submitted(session, unit, "서명해 주세요", by=author)
    assert first.state is TranslationState.SUPERSEDED
    decide(session, second, Decision.APPROVE, by=reviewer.id, now=NOW)
    assert unit.status is UnitStatus.APPROVED


def test_an_approval_does_not_outlive_its_source(session, domain, unit):
    make_approved(session, unit, "서명하기")
    waiting = make_submitted(session, unit, "청원 서명", by=make_account(session))
    sync_messages(
        session, domain, [Source("ask", "Sign this petition"), Source(None, "Only %(left)s days")], LANGUAGES
    )
    assert unit.status is UnitStatus.OUTDATED
    with pytest.raises(StaleTranslationError):
        decide(session, waiting, Decision.APPROVE, by=make_account(session).id, now=NOW)
    assert make_approved(session, unit, "이 청원에 서명하기")
    assert unit.status is UnitStatus.APPROVED


def test_a_source_that_changes_back_finds_its_translation_again(session, domain, unit):
    make_approved(session, unit, "서명하기")
    sources = [Source("ask", "Sign the petition"), Source(None, "Only %(left)s days")]
    sync_messages(session, domain, [Source("ask", "Sign it"), sources[1]], LANGUAGES)
    assert unit.status is UnitStatus.OUTDATED
    sync_messages(session, domain, sources, LANGUAGES)
    assert unit.status is UnitStatus.APPROVED


def test_only_its_author_takes_a_text_back(session, unit):
    author = make_account(session)
    translation = make_submitted(session, unit, "서명하기", by=author)
    with pytest.raises(NotTheAuthorError):
        withdraw_translation(session, translation, by=make_account(session).id)
    withdraw_translation(session, translation, by=author.id)
    assert unit.status is UnitStatus.UNTRANSLATED


def test_each_decision_is_in_the_log_without_the_text(session, unit):
    translation = make_approved(session, unit, "서명하기")
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.act, entry.subject) == ("translation.approve", f"translation:{translation.id}")
    assert entry.actor.startswith("account:")
    assert "서명" not in str(entry.details)
    session.rollback()


def test_texts_are_stored_in_one_spelling(session, unit):
    translation = draft(session, unit, "서명\r\n하기", by=make_account(session))
    assert translation.texts == ["서명\n하기"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["draft", "submit", "take_back", *Decision])),
        max_size=12,
    )
)
def test_whatever_people_do_the_status_is_true_and_no_author_is_approver(session, acts):
    domain = make_domain(session, Source("ask", "Sign the petition"))
    unit = units_in(session, domain.id, "ko")[0]
    people = [make_account(session) for _ in range(3)]
    for who, act in acts:
        newest = next(iter(translations_of(session, unit.id)), None)
        try:
            match act:
                case "draft" | "submit":
                    proposal = Proposal(texts=[f"글 {len(acts)}"], submit=act == "submit")
                    propose(session, unit, proposal, by=people[who].id, now=NOW)
                case "take_back" if newest:
                    withdraw_translation(session, newest, by=people[who].id)
                case Decision() if newest:
                    decide(session, newest, act, by=people[who].id, now=NOW, reason="so")
        except (SelfApprovalError, StepRefusedError, NotTheAuthorError):
            continue
    assert recompute_statuses(session) == 0
    approvals = select(Review.reviewer_id, Review.author_id).where(Review.decision == Decision.APPROVE)
    assert all(reviewer != author for reviewer, author in session.execute(approvals))
    approved = [one for one in translations_of(session, unit.id) if one.state is TranslationState.APPROVED]
    assert len(approved) <= 1
    session.rollback()


def test_a_status_that_is_wrong_is_found_and_mended(session, unit):
    make_approved(session, unit, "서명하기")
    unit.status = UnitStatus.DRAFT
    assert recompute_statuses(session) == 1
    assert unit.status is UnitStatus.APPROVED
    session.rollback()


def test_what_ships_is_approved_by_nobody_here(session):
    shipped = session.scalars(select(Translation).where(Translation.origin == Origin.BASELINE).limit(1)).one()
    assert (shipped.author_id, shipped.state) == (None, TranslationState.APPROVED)
    assert recompute_statuses(session) == 0
