"""What a text says is told by its author or blind, never changed, and never taken for a translation."""

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from advocacy.actions.back_translate import ask_for_blind, keep_own, say_blind, strangers
from advocacy.actions.decide import decide
from advocacy.actions.export_translations import newest_entries
from advocacy.actions.give_opinion import NoSpeakerError, give_opinion
from advocacy.actions.propose import NotTheAuthorError
from advocacy.models import AuditEntry, BackTranslation, Notice
from advocacy.models.back_translation import back_translations_of
from advocacy.models.unit import units_in
from advocacy.rules.back_translation import (
    LONGEST_BACK,
    EmptyBackError,
    LongBackError,
    NotBlindError,
    SaidAlreadyError,
)
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision, TooLateError
from tests.factories import NOW, make_account, make_domain, make_submitted


@pytest.fixture
def domain(session):
    return make_domain(session)


@pytest.fixture
def unit(session, domain):
    return units_in(session, domain.id, "ko")[0]


@pytest.fixture
def waiting(session, unit):
    return make_submitted(session, unit, "청원에 서명하기", by=speaker(session))


def speaker(session, role=Role.TRANSLATOR, language="ko"):
    return make_account(session, (role, language))


def say(session, translation, by, text="Sign the petition"):
    return say_blind(session, translation, text, by=by.id, now=NOW)


def kept(session, translation) -> list[tuple[bool, str]]:
    return [(one.blind, one.text) for one in back_translations_of(session, translation.id)]


def test_the_author_s_newest_stands_before_the_blind_ones(session, waiting):
    one, two = speaker(session), speaker(session)
    say(session, waiting, one, "To sign a petition")
    for text in ("Sign here", " Sign it\r\nnow ", "Sign it\nnow", "  "):
        keep_own(session, waiting, text, by=waiting.author_id, now=NOW)
    say(session, waiting, two, "Signing")
    assert kept(session, waiting) == [
        (False, "Sign it\nnow"),
        (True, "To sign a petition"),
        (True, "Signing"),
    ]
    texts = session.scalars(
        select(BackTranslation.text).where(BackTranslation.translation_id == waiting.id)
    ).all()
    assert len(texts) == 4  # the first is kept; the same once more is nothing new


def test_nobody_else_speaks_as_the_author(session, waiting):
    with pytest.raises(NotTheAuthorError):
        keep_own(session, waiting, "Sign", by=speaker(session).id, now=NOW)
    with pytest.raises(LongBackError):
        keep_own(session, waiting, "a" * (LONGEST_BACK + 1), by=waiting.author_id, now=NOW)
    assert kept(session, waiting) == []


def test_who_wrote_the_text_does_not_read_it_blind(session, waiting):
    keep_own(session, waiting, "Sign", by=waiting.author_id, now=NOW)
    with pytest.raises(NotBlindError):
        say(session, waiting, waiting.author)
    assert kept(session, waiting) == [(False, "Sign")]


def test_who_has_worked_on_the_text_does_not_read_it_blind(session, unit, waiting):
    rival, judge, reviewer = speaker(session), speaker(session), speaker(session, Role.REVIEWER)
    older = make_submitted(session, unit, "청원 서명", by=rival)
    give_opinion(session, waiting, yes=True, words="", by=judge.id, now=NOW)
    decide(session, older, Decision.REJECT, by=reviewer.id, now=NOW, reason="no")
    for one in (rival, judge, reviewer):
        with pytest.raises(NotBlindError):
            say(session, waiting, one)
        with pytest.raises(NotBlindError):
            ask_for_blind(session, waiting, one, by=waiting.author_id, now=NOW)
    stranger = speaker(session)
    assert strangers(session, waiting, but=reviewer.id) == [stranger]


def test_it_is_said_once_while_the_text_waits_and_noted_without_its_words(session, waiting):
    one = speaker(session)
    with pytest.raises(EmptyBackError):
        say(session, waiting, one, " \n")
    say(session, waiting, one)
    with pytest.raises(SaidAlreadyError):
        say(session, waiting, one, "Better")
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.act, entry.actor) == ("translation.back", f"account:{one.id}")
    assert entry.details == {"unit": waiting.unit_id, "content": waiting.content_hash}
    decide(session, waiting, Decision.APPROVE, by=speaker(session, Role.REVIEWER).id, now=NOW)
    with pytest.raises(TooLateError):
        say(session, waiting, speaker(session))


@pytest.mark.parametrize("language", ["zh-Hans", None])
def test_who_does_not_work_in_the_language_says_nothing(session, waiting, language):
    other = speaker(session, Role.TRANSLATOR if language else Role.PUBLISHER, language)
    with pytest.raises(NoSpeakerError):
        say(session, waiting, other)
    with pytest.raises(NoSpeakerError):
        ask_for_blind(session, waiting, other, by=speaker(session).id, now=NOW)


def test_the_operator_s_text_can_be_read_blind_too(session, unit):
    say(session, make_submitted(session, unit, "청원에 서명하기"), speaker(session))


def test_somebody_or_everybody_is_asked_once(session, waiting):
    asker, one, two, done = (speaker(session, Role.REVIEWER), *(speaker(session) for _ in range(3)))
    speaker(session, language="zh-Hans")
    say(session, waiting, done)

    def ask(asked=None):
        return ask_for_blind(session, waiting, asked, by=asker.id, now=NOW)

    assert [ask(one), ask(one), ask(), ask()] == [1, 0, 1, 0]
    assert ask(done) == 0
    told = select(Notice.account_id).where(Notice.kind == NoticeKind.BACK)
    assert set(session.scalars(told.where(Notice.translation_id == waiting.id))) == {one.id, two.id}
    with pytest.raises(NotBlindError):
        ask(waiting.author)
    decide(session, waiting, Decision.APPROVE, by=asker.id, now=NOW)
    with pytest.raises(TooLateError):
        ask()


def test_the_database_holds_each_to_what_she_is(session, waiting):
    other = speaker(session)
    session.commit()
    author, row = waiting.author_id, {"translation_id": waiting.id, "text": "Sign", "made_at": NOW}
    for values in (
        {"author_id": author, "writer_id": author, "blind": True},
        {"author_id": author, "writer_id": other.id, "blind": False},
        {"author_id": other.id, "writer_id": author, "blind": True},
        {"author_id": None, "writer_id": author, "blind": True},
        {"author_id": author, "writer_id": other.id, "blind": True, "text": ""},
    ):
        with pytest.raises(IntegrityError):
            session.execute(insert(BackTranslation).values({**row, **values}))
        session.rollback()
    right = {**row, "author_id": author, "writer_id": other.id, "blind": True}
    session.execute(insert(BackTranslation).values(right))
    session.commit()
    with pytest.raises(IntegrityError):
        session.execute(insert(BackTranslation).values(right))
    session.rollback()
    with pytest.raises(IntegrityError):
        session.execute(update(BackTranslation).values(text="Other"))
    session.rollback()
    assert kept(session, waiting) == [(True, "Sign")]


def test_no_file_of_translations_holds_it(session, domain, waiting):
    keep_own(session, waiting, "Xylophones", by=waiting.author_id, now=NOW)
    say(session, waiting, speaker(session), "Zithers")
    session.flush()
    found = str(newest_entries(session, domain, "ko"))
    assert "청원에 서명하기" in found
    assert "Xylophones" not in found
    assert "Zithers" not in found
