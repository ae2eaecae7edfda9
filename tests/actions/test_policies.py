"""Policies are held by the actions themselves, and a release made by one person says who allowed it."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from advocacy.actions.decide import decide, missing_opinions
from advocacy.actions.give_opinion import NoSpeakerError, ask_for_opinion, give_opinion
from advocacy.actions.import_translations import import_translations
from advocacy.actions.plan_import import Outcome, TakeAs, plan_import
from advocacy.actions.releases import (
    NotSettledError,
    build_release,
    confirm_release,
    roll_back,
)
from advocacy.actions.set_policy import (
    PolicyUnchangedError,
    drop_demand,
    let_one_publish,
    let_two_publish,
    set_demand,
)
from advocacy.catalogs.entries import Entry
from advocacy.models import AuditEntry, Grant, Notice, Opinion, Policy, Release, Translation
from advocacy.models.policy import EVERY_LANGUAGE, alone_in, demand_in
from advocacy.models.release import live_of
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Role
from advocacy.rules.policies import DEFAULT, PAUSE, Demand, OpinionsMissingError
from advocacy.rules.review import (
    Decision,
    ReasonMissingError,
    SelfApprovalError,
    SelfConfirmationError,
    TooLateError,
    TranslationState,
)
from tests.factories import NOW, make_account, make_approved, make_domain, make_submitted

LATER = NOW + PAUSE
TWO = Demand(2, reviewer_suffices=False)


@pytest.fixture
def domain(session):
    return make_domain(session)


@pytest.fixture
def unit(session, domain):
    return units_in(session, domain.id, "ko")[0]


@pytest.fixture
def waiting(session, unit):
    return make_submitted(session, unit, "청원에 서명하기", by=make_account(session, (Role.TRANSLATOR, "ko")))


def speaker(session, role=Role.TRANSLATOR, language="ko"):
    return make_account(session, (role, language))


def reviewer(session):
    return speaker(session, Role.REVIEWER)


def approve(session, translation, by):
    return decide(session, translation, Decision.APPROVE, by=by and by.id, now=NOW)


def say(session, translation, by, *, yes=True, words="so"):
    return give_opinion(session, translation, yes=yes, words=words, by=by.id, now=NOW)


def newest_entry(session) -> AuditEntry:
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()


# What a text needs


def test_a_language_follows_its_own_policy_then_every_languages_then_the_default(session, domain):
    admin = make_account(session, (Role.ADMINISTRATOR, None))
    assert demand_in(session, domain.id, "ko") == DEFAULT
    set_demand(session, domain, EVERY_LANGUAGE, Demand(1), by=admin.id, now=NOW)
    set_demand(session, domain, "ko", TWO, by=admin.id, now=NOW)
    assert demand_in(session, domain.id, "ko") == TWO
    assert demand_in(session, domain.id, "zh-Hans") == Demand(1)
    entry = newest_entry(session)
    assert (entry.act, entry.subject, entry.actor) == (
        "policy.texts",
        f"domain:{domain.id}",
        f"account:{admin.id}",
    )
    assert entry.details == {"language": "ko", "opinions": 2, "reviewer_suffices": False}
    with pytest.raises(PolicyUnchangedError):
        set_demand(session, domain, "ko", TWO, by=admin.id, now=NOW)
    drop_demand(session, domain, "ko", by=admin.id, now=NOW)
    session.flush()
    assert demand_in(session, domain.id, "ko") == Demand(1)
    assert demand_in(session, make_domain(session, name="other").id, "ko") == DEFAULT


@pytest.mark.parametrize("opinions", [-1, 3])
def test_there_are_no_more_opinions_than_two(session, domain, opinions):
    with pytest.raises(ValueError, match="opinions"):
        set_demand(session, domain, "ko", Demand(opinions), by=None, now=NOW)
    values = {"domain_id": domain.id, "opinions": opinions, "log_entry": newest_entry(session).id}
    values |= {"language": "ko", "reviewer_suffices": True, "why": "", "changed_at": NOW}
    with pytest.raises(IntegrityError):
        session.execute(insert(Policy).values(values))


def test_an_approval_waits_for_the_yes_of_others_who_know_the_language(session, domain, waiting):
    set_demand(session, domain, "ko", TWO, by=None, now=NOW)
    decider = reviewer(session)
    with pytest.raises(OpinionsMissingError) as lacking:
        approve(session, waiting, decider)
    assert lacking.value.missing == 2
    say(session, waiting, decider)  # her own yes is part of her approval
    say(session, waiting, speaker(session))
    say(session, waiting, speaker(session), yes=False)
    assert missing_opinions(session, waiting, by=decider.id) == 1
    gone = speaker(session)
    say(session, waiting, gone)
    assert missing_opinions(session, waiting, by=decider.id) == 0
    session.execute(update(Grant).where(Grant.account_id == gone.id).values(language="zh-Hans"))
    with pytest.raises(OpinionsMissingError):  # who works in it no more, does not count
        approve(session, waiting, decider)
    say(session, waiting, reviewer(session))
    approve(session, waiting, decider)
    assert waiting.state is TranslationState.APPROVED


def test_where_a_reviewer_suffices_who_is_none_needs_the_yes_of_others(session, domain, waiting):
    set_demand(session, domain, EVERY_LANGUAGE, Demand(1), by=None, now=NOW)
    for nobody in (None, make_account(session), speaker(session, Role.REVIEWER, "zh-Hans")):
        with pytest.raises(OpinionsMissingError):
            approve(session, waiting, nobody)
    approve(session, waiting, reviewer(session))


@pytest.mark.parametrize("decision", [Decision.CHANGES, Decision.REJECT])
def test_sending_back_needs_nobodys_yes(session, domain, waiting, decision):
    set_demand(session, domain, "ko", TWO, by=None, now=NOW)
    decide(session, waiting, decision, by=reviewer(session).id, now=NOW, reason="so")
    assert waiting.state is not TranslationState.SUBMITTED


@pytest.mark.parametrize("demand", [DEFAULT, Demand(2), TWO])
def test_nothing_lets_anybody_approve_her_own_text(session, domain, unit, demand):
    if demand != DEFAULT:
        set_demand(session, domain, EVERY_LANGUAGE, demand, by=None, now=NOW)
    let_one_publish(session, domain, by=None, now=NOW - 2 * PAUSE, why="small")
    both = make_account(session, (Role.TRANSLATOR, "ko"), (Role.REVIEWER, "ko"))
    own = make_submitted(session, unit, "청원에 서명하기", by=both)
    for other in (speaker(session), speaker(session)):
        say(session, own, other)
    with pytest.raises(SelfApprovalError):
        approve(session, own, both)
    with pytest.raises(SelfApprovalError):
        say(session, own, both)


def test_an_import_as_approved_is_held_to_it_too(session, domain, unit):
    set_demand(session, domain, "ko", Demand(1), by=None, now=NOW)
    entries = [Entry(None, unit.message.msgid, None, ("청원에 서명하기",))]
    for take_as, outcome in ((TakeAs.APPROVED, Outcome.OPINIONS), (TakeAs.SUBMITTED, Outcome.TAKEN)):
        report = plan_import(session, domain, "ko", entries, take_as=take_as)
        assert [line.outcome for line in report.lines] == [outcome]
        import_translations(session, report, take_as=take_as, by=None, now=NOW)
    states = session.scalars(select(Translation.state).where(Translation.unit_id == unit.id))
    assert list(states) == [TranslationState.SUBMITTED]
    chinese = plan_import(session, domain, "zh-Hans", entries, take_as=TakeAs.APPROVED)
    assert [line.outcome for line in chinese.lines] == [Outcome.TAKEN]


# Opinions


def test_an_opinion_is_changed_until_the_text_is_decided(session, waiting):
    other = speaker(session)
    say(session, waiting, other, words="")
    with pytest.raises(ReasonMissingError):
        say(session, waiting, other, yes=False, words=" ")
    say(session, waiting, other, yes=False, words=" The name is wrong. ")
    (opinion,) = session.scalars(select(Opinion).where(Opinion.translation_id == waiting.id))
    assert (opinion.yes, opinion.words) == (False, "The name is wrong.")
    entry = newest_entry(session)
    assert (entry.act, entry.details["yes"]) == ("translation.opinion", False)
    assert "name" not in str(entry.details)
    approve(session, waiting, reviewer(session))
    with pytest.raises(TooLateError):
        say(session, waiting, other)


@pytest.mark.parametrize("language", ["zh-Hans", None])
def test_who_does_not_work_in_the_language_has_no_opinion_here(session, waiting, language):
    other = speaker(session, Role.TRANSLATOR if language else Role.PUBLISHER, language)
    with pytest.raises(NoSpeakerError):
        say(session, waiting, other)


def test_the_database_refuses_an_opinion_on_ones_own_text_and_a_no_without_words(session, waiting):
    session.commit()
    row = {"translation_id": waiting.id, "author_id": waiting.author_id, "made_at": NOW}
    other = speaker(session)
    session.commit()
    for values in (
        {"speaker_id": waiting.author_id, "yes": True, "words": ""},
        {"speaker_id": other.id, "yes": False, "words": ""},
        {"speaker_id": waiting.author_id, "yes": True, "words": "", "author_id": other.id},
    ):
        with pytest.raises(IntegrityError):
            session.execute(insert(Opinion).values({**row, **values}))
        session.rollback()


def test_everybody_or_somebody_is_asked_once(session, waiting):
    asker, one, two = reviewer(session), speaker(session), speaker(session)
    speaker(session, language="zh-Hans")

    def ask(asked=None):
        return ask_for_opinion(session, waiting, asked, by=asker.id, now=NOW)

    assert ask(one) == 1
    assert ask(one) == 0
    assert ask() == 1
    told = session.scalars(
        select(Notice.account_id).where(
            Notice.kind == NoticeKind.OPINION, Notice.translation_id == waiting.id
        )
    )
    assert set(told) == {one.id, two.id}
    with pytest.raises(NoSpeakerError):
        ask(speaker(session, language="zh-Hans"))
    with pytest.raises(SelfApprovalError):
        ask(waiting.author)


# Who publishes


@pytest.fixture
def built(session, domain, unit):
    """A release and who prepared it, and may confirm others'."""
    make_approved(session, unit, "청원에 서명하기")
    account = make_account(session, (Role.PUBLISHER, None))
    return build_release(session, domain, LANGUAGES, by=account.id, now=NOW), account


def test_one_person_publishes_only_where_and_when_that_is_allowed(session, domain, built):
    release, account = built
    with pytest.raises(SelfConfirmationError):
        confirm_release(session, release, by=account.id, now=LATER)
    admin = make_account(session, (Role.ADMINISTRATOR, None))
    with pytest.raises(ReasonMissingError):
        let_one_publish(session, domain, by=admin.id, now=NOW, why="  ")
    policy = let_one_publish(session, domain, by=admin.id, now=NOW, why="There are two of us.")
    allowed = newest_entry(session)
    assert (allowed.act, allowed.actor) == ("policy.one_publishes", f"account:{admin.id}")
    assert allowed.details["reason"] == "There are two of us."
    with pytest.raises(SelfConfirmationError):
        confirm_release(session, release, by=account.id, now=LATER - timedelta(seconds=1))
    set_demand(session, domain, EVERY_LANGUAGE, Demand(1), by=admin.id, now=NOW)
    assert alone_in(session, domain.id, now=LATER) is policy
    confirm_release(session, release, by=account.id, now=LATER)
    assert live_of(session, domain.id).release_id == release.id
    assert release.relaxed_entry == allowed.id
    assert newest_entry(session).details["one_person"] == allowed.id
    let_two_publish(session, domain, by=admin.id, now=LATER)
    again = build_release(session, domain, LANGUAGES, by=account.id, now=LATER)
    with pytest.raises(SelfConfirmationError):
        confirm_release(session, again, by=account.id, now=LATER)
    with pytest.raises(PolicyUnchangedError):
        let_two_publish(session, domain, by=admin.id, now=LATER)


def test_another_domain_is_published_by_two_all_the_same(session, domain, built):
    let_one_publish(session, make_domain(session, name="other"), by=None, now=NOW, why="small")
    release, account = built
    with pytest.raises(SelfConfirmationError):
        confirm_release(session, release, by=account.id, now=LATER)


def test_a_release_of_two_people_names_no_exception(session, domain, built):
    let_one_publish(session, domain, by=None, now=NOW, why="small")
    release, _ = built
    confirm_release(session, release, by=make_account(session, (Role.PUBLISHER, None)).id, now=LATER)
    assert release.relaxed_entry is None


def test_the_database_refuses_one_person_whom_no_entry_of_the_log_allows(session, built):
    release, account = built
    session.commit()
    for entry in (None, 2**31 - 1):
        with pytest.raises(IntegrityError):
            session.execute(
                update(Release)
                .where(Release.id == release.id)
                .values(confirmed_by=account.id, confirmed_at=NOW, relaxed_entry=entry)
            )
        session.rollback()
    kept = session.scalar(text("SELECT relaxed_entry FROM releases WHERE id = :id"), {"id": release.id})
    assert kept is None


def test_only_every_language_together_is_published_by_one(session, domain):
    policy = set_demand(session, domain, "ko", Demand(1), by=None, now=NOW)
    session.commit()
    policy.alone_from = NOW
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()


def test_a_right_to_publish_that_was_just_given_at_the_desk_waits(session, domain, built):
    release, _ = built
    new = make_account(session, (Role.PUBLISHER, None))
    new.grants[0].given_at = NOW
    session.flush()
    with pytest.raises(NotSettledError) as early:
        confirm_release(session, release, by=new.id, now=LATER - timedelta(seconds=1))
    assert early.value.at == LATER
    confirm_release(session, release, by=new.id, now=LATER)
    new.grants[0].given_at = LATER
    session.flush()
    with pytest.raises(NotSettledError):
        roll_back(session, release, by=new.id, now=LATER, reason="so")
    new.grants.append(Grant(role=Role.ADMINISTRATOR, language=None))  # an older right is enough
    session.flush()
    roll_back(session, release, by=new.id, now=LATER, reason="so")
