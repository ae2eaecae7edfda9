"""Doing the same to many texts: each as by itself, and only as it was shown."""

import pytest

from advocacy.actions.act_together import (
    MOST_TOGETHER,
    Deed,
    Hindrance,
    TooManyError,
    Wish,
    act_together,
    prospects,
)
from advocacy.actions.attend import take_for_an_hour
from advocacy.actions.decide import decide
from advocacy.actions.dismiss_warning import dismiss_warning, open_warnings
from advocacy.actions.propose import Proposal, propose
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.models import Domain
from advocacy.models.attendance import attendances_at
from advocacy.models.remark import dismissals_of
from advocacy.models.translation import translations_of
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.review import Decision, ReasonMissingError, TranslationState
from advocacy.rules.translation import UnitStatus
from tests.factories import NOW, make_account, make_approved, make_domain, make_submitted

SOURCES = (
    Source("ask", "Sign the petition"),
    Source(None, "Only %(left)s days"),
    Source(None, "%(n)s letter", "%(n)s letters"),
    Source(None, "Thank you"),
)
ASK, DAYS, LETTERS, THANKS = range(4)
SUBMIT, WITHDRAW, SPACES = Wish(Deed.SUBMIT), Wish(Deed.WITHDRAW), Wish(Deed.DISMISS, "end_space")


@pytest.fixture
def domain(session):
    return make_domain(session, *SOURCES)


@pytest.fixture
def units(session, domain):
    return units_in(session, domain.id, "ko")


@pytest.fixture
def mina(session):
    return make_account(session)


def draft(session, unit, *texts, by):
    return propose(session, unit, Proposal(texts=texts), by=by.id, now=NOW)


def hindrances(session, units, wish, by):
    session.flush()
    return [line.hindrance for line in prospects(session, units, wish, by=by.id)]


def stamps(session, units, wish, by):
    session.flush()
    return {line.unit: line.seen for line in prospects(session, units, wish, by=by.id)}


def act(session, seen, wish, by, reason=""):
    """Returns the units it was done to, and why it was not done to the others."""
    done, left = act_together(session, seen, wish, by=by.id, now=NOW, reason=reason)
    return [line.unit for line in done], {line.unit: line.hindrance for line in left}


def test_drafts_are_submitted_each_as_by_itself(session, units, mina):
    first = draft(session, units[ASK], "청원에 서명하기", by=mina)
    draft(session, units[THANKS], "고맙습니다", by=mina)
    take_for_an_hour(session, units[ASK].id, by=mina.id, now=NOW)
    both = [units[ASK], units[THANKS]]
    assert act(session, stamps(session, both, SUBMIT, mina), SUBMIT, mina) == (both, {})
    newest = translations_of(session, units[ASK].id)[0]
    assert (newest.state, newest.texts, newest.author_id, newest.based_on_id) == (
        TranslationState.SUBMITTED,
        ["청원에 서명하기"],
        mina.id,
        first.id,
    )
    assert first.state is TranslationState.SUPERSEDED
    assert [unit.status for unit in both] == [UnitStatus.NEEDS_REVIEW] * 2
    assert attendances_at(session, [units[ASK].id]) == []


def test_each_text_that_cannot_be_submitted_says_why(session, units, mina):
    other = make_account(session)
    draft(session, units[ASK], "청원", by=other)
    draft(session, units[DAYS], "며칠", by=mina)
    make_approved(session, units[THANKS], "고맙습니다")
    draft(session, units[THANKS], "고맙습니다", by=mina)
    assert hindrances(session, units, SUBMIT, mina) == [
        Hindrance.NO_DRAFT,
        Hindrance.BLOCKED,
        Hindrance.NO_DRAFT,
        Hindrance.APPROVED,
    ]
    blocked = prospects(session, [units[DAYS]], SUBMIT, by=mina.id)[0]
    assert {finding.check for finding in blocked.findings} == {"placeholders"}
    assert act(session, stamps(session, units, SUBMIT, mina), SUBMIT, mina)[0] == []


def test_a_text_that_waits_or_was_sent_back_is_not_submitted_again(session, units, mina):
    make_submitted(session, units[ASK], "청원에 서명하기", by=mina)
    make_submitted(session, units[THANKS], "고맙습니다", by=make_account(session))
    draft(session, units[THANKS], "고맙습니다", by=mina)
    sent_back = make_submitted(session, units[DAYS], "%(left)s일", by=mina)
    reviewer = make_account(session)
    decide(session, sent_back, Decision.CHANGES, by=reviewer.id, now=NOW, reason="no")
    three = [units[ASK], units[THANKS], units[DAYS]]
    assert hindrances(session, three, SUBMIT, mina) == [
        Hindrance.WAITS,
        Hindrance.WAITS,
        Hindrance.SENT_BACK,
    ]


def test_a_plural_with_an_empty_form_is_not_submitted(session, mina):
    domain = Domain.named(session, "from-korean", source_language="ko")
    sync_messages(session, domain, [Source(None, "편지 %(n)s통", "편지 %(n)s통")], LANGUAGES)
    (unit,) = units_in(session, domain.id, "en")
    draft(session, unit, "%(n)s letter", "", by=mina)
    assert hindrances(session, [unit], SUBMIT, mina) == [Hindrance.INCOMPLETE]
    draft(session, unit, "%(n)s letter", "%(n)s letters", by=mina)
    assert hindrances(session, [unit], SUBMIT, mina) == [None]


def test_nothing_is_done_for_another_source_or_one_that_is_gone(session, domain, units, mina):
    text = draft(session, units[ASK], "청원에 서명하기 ", by=mina)
    draft(session, units[THANKS], "고맙습니다", by=mina)
    two = [units[ASK], units[THANKS]]
    text.unit.message.source_hash = "0" * 64
    units[THANKS].message.obsolete = True
    for wish in (SUBMIT, SPACES):
        assert hindrances(session, two, wish, mina) == [Hindrance.SOURCE, Hindrance.GONE]
    assert hindrances(session, two, WITHDRAW, mina) == [None, Hindrance.GONE]


def test_what_waits_is_taken_back_and_nothing_of_others(session, units, mina):
    mine = [
        draft(session, units[ASK], "청원", by=mina),
        make_submitted(session, units[THANKS], "감사", by=mina),
    ]
    theirs = make_submitted(session, units[DAYS], "%(left)s일", by=make_account(session))
    done, left = act(session, stamps(session, units, WITHDRAW, mina), WITHDRAW, mina)
    assert done == [units[ASK], units[THANKS]]
    assert left == {units[DAYS]: Hindrance.NONE_WAITS, units[LETTERS]: Hindrance.NONE_WAITS}
    assert {text.state for text in mine} == {TranslationState.WITHDRAWN}
    assert theirs.state is TranslationState.SUBMITTED
    assert units[ASK].status is UnitStatus.UNTRANSLATED


def test_what_was_sent_back_cannot_be_taken_back(session, units, mina):
    text = make_submitted(session, units[ASK], "청원", by=mina)
    decide(session, text, Decision.CHANGES, by=make_account(session).id, now=NOW, reason="no")
    assert hindrances(session, [units[ASK]], WITHDRAW, mina) == [Hindrance.SENT_BACK]


def test_warnings_of_one_check_are_dismissed_with_the_reason(session, units, mina):
    mine = draft(session, units[ASK], "청원에 서명하기 ", by=mina)
    theirs = make_submitted(session, units[THANKS], "고맙습니다 ", by=make_account(session))
    draft(session, units[DAYS], "%(left)s일 ", by=make_account(session))  # its writer's alone
    done, left = act(session, stamps(session, units, SPACES, mina), SPACES, mina, reason=" as printed ")
    assert done == [units[ASK], units[THANKS]]
    assert left == {units[DAYS]: Hindrance.NO_TEXT, units[LETTERS]: Hindrance.NO_TEXT}
    for text in (mine, theirs):
        assert "end_space" not in {one.check for one in open_warnings(session, text)}
        (note,) = dismissals_of(session, text.unit_id, text.content_hash)
        assert (note.check, note.reason, note.author_id) == ("end_space", "as printed", mina.id)
    assert hindrances(session, [units[ASK]], SPACES, mina) == [Hindrance.NO_WARNING]


def test_warnings_are_dismissed_for_a_reason_alone(session, units, mina):
    text = draft(session, units[ASK], "청원에 서명하기 ", by=mina)
    with pytest.raises(ReasonMissingError):
        act(session, stamps(session, [units[ASK]], SPACES, mina), SPACES, mina, reason=" ")
    assert dismissals_of(session, text.unit_id, text.content_hash) == []


def test_nothing_is_done_to_what_changed_since_it_was_shown(session, domain, units, mina):
    other = make_account(session)
    for unit, text in ((ASK, "청원에 서명하기 "), (DAYS, "%(left)s일 "), (THANKS, "고맙습니다 ")):
        draft(session, units[unit], text, by=mina)
    three = [units[ASK], units[DAYS], units[THANKS]]
    for wish in (SUBMIT, WITHDRAW, SPACES):
        seen = stamps(session, three, wish, mina)
        draft(session, units[ASK], "청원 서명 ", by=mina)
        make_submitted(session, units[DAYS], f"{wish.deed} %(left)s일 ", by=other)
        assert set(act(session, {one: seen[one] for one in three[:2]}, wish, mina, "so")[1].values()) == {
            Hindrance.CHANGED
        }
    seen = stamps(session, [units[THANKS]], SPACES, mina)
    newest = translations_of(session, units[THANKS].id)[0]
    dismiss_warning(session, newest, "end_space", reason="so", by=other.id, now=NOW)
    assert act(session, seen, SPACES, mina, "so") == ([], {units[THANKS]: Hindrance.CHANGED})
    sources = [Source("ask", "Sign this petition"), *SOURCES[1:]]
    seen = stamps(session, [units[ASK]], WITHDRAW, mina)
    sync_messages(session, domain, sources, LANGUAGES)
    assert act(session, seen, WITHDRAW, mina) == ([], {units[ASK]: Hindrance.CHANGED})


def test_a_stamp_of_one_wish_is_none_of_another(session, units, mina):
    draft(session, units[ASK], "청원에 서명하기", by=mina)
    seen = stamps(session, [units[ASK]], WITHDRAW, mina)
    assert act(session, seen, SUBMIT, mina) == ([], {units[ASK]: Hindrance.CHANGED})


def test_what_somebody_else_wrote_since_is_shown_beside_a_draft(session, units, mina):
    make_submitted(session, units[ASK], "서명", by=make_account(session))
    draft(session, units[ASK], "청원에 서명하기", by=mina)
    seen = stamps(session, [units[ASK]], SUBMIT, mina)
    draft(session, units[ASK], "청원", by=make_account(session))  # its writer's alone
    draft(session, units[THANKS], "고맙습니다", by=mina)
    newer = make_submitted(session, units[THANKS], "감사합니다", by=make_account(session))
    session.flush()
    lines = prospects(session, [units[ASK], units[THANKS]], SUBMIT, by=mina.id)
    assert [line.newer for line in lines] == [None, newer]
    assert act(session, seen, SUBMIT, mina) == ([units[ASK]], {})


def test_there_is_an_end_to_what_is_done_at_once(session, mina):
    many = make_domain(session, *(Source(None, f"Text {number}") for number in range(MOST_TOGETHER + 1)))
    units = units_in(session, many.id, "ko")
    with pytest.raises(TooManyError):
        act(session, dict.fromkeys(units, ""), WITHDRAW, mina)
    assert len(act(session, dict.fromkeys(units[1:], ""), WITHDRAW, mina)[1]) == MOST_TOGETHER
