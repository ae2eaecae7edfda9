"""Who is told what, and when mail about it is written."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.actions.confirm import confirm
from advocacy.actions.decide import decide
from advocacy.actions.delete_account import delete_account
from advocacy.actions.digest import set_rhythm, write_digests
from advocacy.actions.join import answer_question, apply_to_translate
from advocacy.actions.propose import Proposal, propose
from advocacy.actions.purge import purge
from advocacy.actions.releases import build_release, confirm_release
from advocacy.actions.sync_messages import Source, sync_messages, tell_of_sources
from advocacy.actions.take_back import take_back
from advocacy.actions.tasks import Task, tasks_of
from advocacy.models import ApplicationState, Notice, OutgoingMail
from advocacy.models.notice import news_of, unread_news
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.notices import GATHERING, KEPT, NoticeKind, Rhythm
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision
from advocacy.vault.tokens import token_hash
from tests.factories import (
    NOW,
    make_account,
    make_domain,
    make_occasion,
    make_pending,
    make_submitted,
    newest_mail,
)
from tests.people import make_wish

SOURCES = Source("ask", "Sign the petition"), Source(None, "Only today")
SOON = NOW + GATHERING


@pytest.fixture
def domain(session):
    return make_domain(session, *SOURCES)


@pytest.fixture
def unit(session, domain):
    return units_in(session, domain.id, "ko")[0]


def translator(session):
    return make_account(session, (Role.TRANSLATOR, "ko"))


def reviewer(session):
    return make_account(session, (Role.REVIEWER, "ko"))


def told(session, account, *, called: bool = False) -> list[NoticeKind]:
    """What an account was told, or called for."""
    query = select(Notice).where(Notice.account_id == account.id).order_by(Notice.id)
    return [one.kind for one in session.scalars(query) if bool(one.kind.called) == called]


@pytest.mark.parametrize(
    ("decision", "kind"),
    [
        (Decision.APPROVE, NoticeKind.APPROVED),
        (Decision.CHANGES, NoticeKind.CHANGES),
        (Decision.REJECT, NoticeKind.REJECTED),
    ],
)
def test_an_author_is_told_what_was_decided_and_why(session, unit, decision, kind):
    author, other = translator(session), translator(session)
    text = make_submitted(session, unit, "청원에 서명하기", by=author)
    decide(session, text, decision, by=reviewer(session).id, now=NOW, reason="높임말로 써 주세요.")
    (one,) = news_of(session, author.id, before=None, most=9)
    assert (one.kind, one.unit, one.review.reason) == (kind, unit, "높임말로 써 주세요.")
    assert unread_news(session, author.id) == 1
    assert told(session, other) == []


def test_a_decision_that_was_taken_back_is_no_news(session, unit):
    author, one = translator(session), reviewer(session)
    text = make_submitted(session, unit, "청원에 서명하기", by=author)
    decide(session, text, Decision.REJECT, by=one.id, now=NOW, reason="다시 써 주세요.")
    take_back(session, text, by=one.id, now=NOW)
    assert told(session, author) == []


def test_what_nobody_wrote_is_told_to_nobody(session, unit):
    decide(session, make_submitted(session, unit, "서명하기"), Decision.APPROVE, by=None, now=NOW)
    assert session.scalar(select(Notice).where(Notice.kind == NoticeKind.APPROVED)) is None


def test_reviewers_of_the_language_are_called_once_and_never_for_their_own(session, domain, unit):
    one, both = reviewer(session), make_account(session, (Role.REVIEWER, "ko"), (Role.TRANSLATOR, "ko"))
    elsewhere = make_account(session, (Role.REVIEWER, "zh-Hans"))
    make_submitted(session, unit, "서명하기", by=both)
    make_submitted(session, units_in(session, domain.id, "ko")[1], "오늘만", by=both)
    assert told(session, one, called=True) == [NoticeKind.REVIEW]
    assert told(session, both, called=True) == told(session, elsewhere, called=True) == []
    assert tasks_of(session, one) == [Task(NoticeKind.REVIEW, 2, "ko")]
    assert tasks_of(session, both) == tasks_of(session, elsewhere) == []


def test_a_draft_calls_nobody(session, unit):
    one = reviewer(session)
    propose(session, unit, Proposal(texts=["서명"]), by=translator(session).id, now=NOW)
    assert told(session, one, called=True) == []


def test_what_another_has_done_waits_no_longer(session, unit):
    one, author = reviewer(session), translator(session)
    text = make_submitted(session, unit, "서명하기", by=author)
    decide(session, text, Decision.APPROVE, by=reviewer(session).id, now=NOW)
    assert tasks_of(session, one) == []


def test_publishers_are_called_for_a_release_that_somebody_else_prepared(session, domain):
    preparer, other = (make_account(session, (Role.PUBLISHER, None)) for _ in range(2))
    release = build_release(session, domain, LANGUAGES, by=preparer.id, now=NOW)
    assert told(session, other, called=True) == [NoticeKind.RELEASE]
    assert told(session, preparer, called=True) == []
    assert [task.kind for task in tasks_of(session, other)] == [NoticeKind.RELEASE]
    assert tasks_of(session, preparer) == []
    confirm_release(session, release, by=other.id, now=NOW)
    assert tasks_of(session, other) == []


def test_administrators_are_called_for_an_application_and_again_for_an_answer(session):
    admin = make_account(session, (Role.ADMINISTRATOR, None))
    application = apply_to_translate(session, make_wish(), now=NOW)
    assert tasks_of(session, admin) == [Task(NoticeKind.APPLICATION, 1)]
    application.state, application.answer_hash = ApplicationState.ASKED, token_hash("t")
    session.flush()
    assert tasks_of(session, admin) == []
    answer_question(session, "t", "주말에 가능합니다.", now=NOW)
    assert tasks_of(session, admin) == [Task(NoticeKind.APPLICATION, 1)]
    assert told(session, admin, called=True) == [NoticeKind.APPLICATION]  # once, until mail went out


def test_moderators_are_called_for_a_name_and_no_moment_of_a_signature_is_kept(session):
    moderator = make_account(session, (Role.MODERATOR, None))
    contents = make_pending(session, display="name", name="김민정")
    confirm(session, contents["confirm"], now=NOW)
    assert tasks_of(session, moderator) == [Task(NoticeKind.NAME, 1)]
    made_at = session.scalar(select(Notice.made_at).where(Notice.account_id == moderator.id))
    assert (made_at.minute, made_at.second) == (0, 0)


def test_translators_are_told_once_how_many_texts_are_new(session, domain):
    person, elsewhere = translator(session), make_account(session, (Role.TRANSLATOR, "zh-Hans"))
    for number in (1, 2):
        added = [Source(None, f"Text {number}.{one}") for one in range(3)]
        report = sync_messages(session, domain, [*SOURCES, *added], LANGUAGES)
        tell_of_sources(session, domain, report, now=NOW)
    (one,) = news_of(session, person.id, before=None, most=9)
    assert (one.kind, one.amount, one.domain, one.language) == (NoticeKind.NEW_TEXTS, 6, domain, "ko")
    assert told(session, elsewhere) == [NoticeKind.NEW_TEXTS]


def test_an_author_is_told_that_a_source_changed_under_her_text(session, domain, unit):
    author = translator(session)
    text = make_submitted(session, unit, "청원에 서명하기", by=author)
    decide(session, text, Decision.APPROVE, by=reviewer(session).id, now=NOW)
    report = sync_messages(session, domain, [Source("ask", "Sign this petition"), SOURCES[1]], LANGUAGES)
    tell_of_sources(session, domain, report, now=NOW)
    assert told(session, author) == [NoticeKind.APPROVED, NoticeKind.OUTDATED]
    again = sync_messages(session, domain, [Source("ask", "Do sign this petition"), SOURCES[1]], LANGUAGES)
    assert again.outdated == {}  # it was outdated before


def amounts(session) -> dict[str, int]:
    return json.loads(newest_mail(session)["amounts"])


def some_news(session, unit, *, at=NOW):
    """Somebody whose text was sent back, with mail at once."""
    author = translator(session)
    set_rhythm(session, author, Rhythm.AT_ONCE, language="ko")
    text = make_submitted(session, unit, "서명", by=author)
    decide(session, text, Decision.CHANGES, by=reviewer(session).id, now=at, reason="너무 짧습니다.")
    return author


def test_a_digest_comes_once_and_says_how_many_of_what(session, unit):
    author = some_news(session, unit)
    assert write_digests(session, make_occasion(now=NOW)) == 0  # more may come with it
    assert write_digests(session, make_occasion(now=SOON)) == 1
    mail = newest_mail(session)
    assert (mail["address"], amounts(session)) == (author.email, {"changes": 1})
    assert session.scalar(select(OutgoingMail.language)) == "ko"
    assert "짧습니다" not in str(mail)
    assert write_digests(session, make_occasion(now=SOON + timedelta(days=30))) == 0
    assert unread_news(session, author.id) == 1


def test_a_daily_digest_waits_for_its_day(session, unit):
    author = some_news(session, unit)
    set_rhythm(session, author, Rhythm.DAILY)
    assert write_digests(session, make_occasion(now=SOON)) == 1
    text = make_submitted(session, unit, "서명하기", by=author)
    decide(session, text, Decision.REJECT, by=reviewer(session).id, now=SOON, reason="다시 써 주세요.")
    assert write_digests(session, make_occasion(now=SOON + timedelta(hours=23))) == 0
    assert write_digests(session, make_occasion(now=SOON + timedelta(hours=24))) == 1
    assert amounts(session) == {"rejected": 1}  # of the other, mail was sent


def test_no_digest_is_written_for_whoever_wants_none_or_has_gone(session, unit):
    silent, gone = some_news(session, unit), some_news(session, unit)
    set_rhythm(session, silent, Rhythm.OFF)
    delete_account(session, gone, by="operator", now=NOW)
    assert write_digests(session, make_occasion(now=SOON)) == 0
    assert told(session, gone) == []


def test_what_was_read_or_done_by_others_is_not_mailed(session, unit):
    author, one = some_news(session, unit), reviewer(session)
    for notice in news_of(session, author.id, before=None, most=9):
        notice.read_at = NOW
    set_rhythm(session, one, Rhythm.AT_ONCE)
    text = make_submitted(session, unit, "서명하기", by=author)
    decide(session, text, Decision.APPROVE, by=reviewer(session).id, now=NOW)
    for notice in news_of(session, author.id, before=None, most=9):
        notice.read_at = NOW
    session.flush()
    assert write_digests(session, make_occasion(now=SOON)) == 0
    assert told(session, one, called=True) == []


def test_a_task_is_mailed_with_what_waits_at_that_moment(session, domain, unit):
    one, author = reviewer(session), translator(session)
    set_rhythm(session, one, Rhythm.AT_ONCE, language="ko")
    for each, text in zip(units_in(session, domain.id, "ko"), ("서명하기", "오늘만"), strict=True):
        make_submitted(session, each, text, by=author)
    write_digests(session, make_occasion(now=SOON))
    assert amounts(session) == {"review": 2}
    assert told(session, one, called=True) == []
    make_submitted(session, unit, "청원에 서명하기", by=author)
    assert told(session, one, called=True) == [NoticeKind.REVIEW]


def test_old_notices_are_purged(session, unit):
    author = some_news(session, unit)
    purge(session, now=NOW + KEPT - timedelta(days=1))
    assert told(session, author) == [NoticeKind.CHANGES]
    purge(session, now=NOW + KEPT)
    assert told(session, author) == []
