"""What the checks say is kept, and never older than what they were asked of; and when something changed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from advocacy.actions.check_text import findings_of, glossary_for
from advocacy.actions.dismiss_warning import dismiss_warning
from advocacy.actions.find_units import find_units
from advocacy.actions.keep_checked import check_everything, check_stale
from advocacy.actions.propose import withdraw_translation
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.extensions import begin_writing, db
from advocacy.models import Comment, Dismissal, GlossaryTerm, Message, Translation, Unit
from advocacy.models.domain import domain_by_name
from advocacy.models.remark import dismissed_in
from advocacy.models.unit import units_in
from advocacy.models.unit_search import Wanted, newest_in
from advocacy.rules.checks import Severity
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.review import TranslationState
from advocacy.rules.unit_query import Condition, Key
from tests.factories import NOW, make_account, make_approved, make_domain, make_submitted

SOURCES = [Source(f"block-{number}", f"Sign the petition {number}.") for number in range(5)]
WARNED, RIGHT, BARE = range(3)


@pytest.fixture
def units(session):
    """A text with a double space, one as it should be, and none."""
    units = units_in(session, make_domain(begin_writing(session), *SOURCES).id, "ko")
    make_submitted(session, units[WARNED], "청원  서명 0입니다.", by=make_account(session))
    make_submitted(session, units[RIGHT], "청원 서명 1입니다.", by=make_account(session))
    session.flush()
    check_stale(session, units[0].message.domain_id, "ko")
    return units


def found(session, units, *conditions, **asked) -> list[int]:
    wanted = Wanted(
        domain_id=units[0].message.domain_id, language="ko", conditions=conditions, asks=None, **asked
    )
    return [units.index(unit) for unit in find_units(session, wanted, most=10).units]


def double_space(session, units) -> list[int]:
    return found(session, units, Condition(Key.CHECK, "double_space"))


def said_by_the_checks(session, unit) -> set[str]:
    """Asked anew, of nothing that is kept."""
    text = newest_in(session, [unit.id]).get(unit.id)
    if text is None:
        return set()
    glossary, dismissed = glossary_for(session, "ko"), dismissed_in(session, [unit.id])
    return {
        f"{one.severity}:{one.check}"
        for one in findings_of(unit.message, text.texts, "ko", glossary=glossary)
        if one.severity is Severity.BLOCKING or (unit.id, one.check, text.content_hash) not in dismissed
    }


def newest(session, unit) -> Translation:
    return newest_in(session, [unit.id])[unit.id]


def write(session, units):
    make_submitted(session, units[BARE], "청원  서명", by=make_account(session))


def approve(session, units):
    make_approved(session, units[WARNED], "청원  서명")


def take_back(session, units):
    text = newest(session, units[WARNED])
    withdraw_translation(session, text, by=text.author_id)


def bring_back(session, units):
    session.execute(update(Translation).values(state=TranslationState.REJECTED))
    check_stale(session, units[0].message.domain_id, "ko")
    session.execute(update(Translation).values(state=TranslationState.SUBMITTED))


def delete_texts(session, units):
    session.execute(delete(Translation).where(Translation.unit_id == units[WARNED].id))


def dismiss(session, units):
    text = newest(session, units[WARNED])
    dismiss_warning(session, text, "double_space", reason="So", by=text.author_id, now=NOW)


def dismiss_and_think_again(session, units):
    dismiss(session, units)
    check_stale(session, units[0].message.domain_id, "ko")
    session.execute(delete(Dismissal))


def change_source(session, units):
    sources = [Source("block-0", "Sign  the petition 17."), *SOURCES[1:]]
    sync_messages(session, domain_by_name(session, "small"), sources, LANGUAGES)


def limit_length(session, units):
    session.execute(
        update(Message).where(Message.id == units[RIGHT].message_id).values(flags=["max-length:3"])
    )


def change_glossary(session, units):
    session.add(GlossaryTerm(source="the petition", targets={"ko": ["그 탄원"]}))


def change_checks(session, units):
    session.execute(update(Unit).values(checked_with="another version", findings="|blocking:gone|"))


ACTS = [
    write,
    approve,
    take_back,
    bring_back,
    delete_texts,
    dismiss,
    dismiss_and_think_again,
    change_source,
    limit_length,
    change_glossary,
    change_checks,
]


@pytest.mark.parametrize("act", ACTS)
def test_what_is_kept_is_what_the_checks_say_now(session, units, act):
    act(session, units)
    session.flush()
    session.expire_all()
    assert check_stale(session, units[0].message.domain_id, "ko") > 0
    session.expire_all()
    for unit in units:
        kept = {one for one in unit.findings.split("|") if one}
        assert kept == said_by_the_checks(session, unit), act
    assert check_stale(session, units[0].message.domain_id, "ko") == 0


def test_nothing_is_checked_again_that_has_not_changed(session, units):
    make_approved(session, units[RIGHT], "청원 서명 1입니다.")
    session.flush()
    assert check_stale(session, units[0].message.domain_id, "ko") == 1
    session.execute(update(Translation).values(state=TranslationState.SUBMITTED))
    session.execute(update(Message).values(position=Message.position + 1))
    assert check_stale(session, units[0].message.domain_id, "ko") == 0


def test_texts_are_found_by_what_the_checks_say(session, units):
    assert found(session, units, warned=True) == double_space(session, units) == [WARNED]
    rest = [number for number in range(len(units)) if number != WARNED]
    assert found(session, units, Condition(Key.CHECK, "double_space", unwanted=True)) == rest
    assert found(session, units, Condition(Key.CHECK, "double%space")) == []
    assert found(session, units, Condition(Key.CHECK, "space")) == []


def test_a_reader_is_told_what_has_changed_and_the_next_reader_finds_it_kept(app, session, units):
    make_submitted(session, units[BARE], "청원  서명", by=make_account(session))
    session.commit()
    with app.app_context():
        reader = db.session()
        reading = units_in(reader, units[0].message.domain_id, "ko")
        assert double_space(reader, reading) == [WARNED, BARE]
        assert check_stale(reader, units[0].message.domain_id, "ko") == 0
    session.rollback()
    assert "|warning:double_space|" in units[BARE].findings


def test_everything_is_checked_once(session, units):
    session.commit()
    assert check_everything(session) > 0
    assert check_everything(session) == 0
    session.execute(update(Unit).where(Unit.id == units[RIGHT].id).values(checked_with=""))
    session.commit()
    assert check_everything(session) == 1


def comment(session, units):
    session.add(Comment(unit_id=units[WARNED].id, text="왜?", created_at=datetime.now(UTC)))


def resolve(session, units):
    comment(session, units)
    session.flush()
    _long_ago(session)
    session.execute(update(Comment).values(resolved_at=datetime.now(UTC)))


def use_no_more_and_again(session, units):
    session.execute(update(Message).where(Message.id == units[WARNED].message_id).values(obsolete=True))
    _long_ago(session)
    session.execute(update(Message).where(Message.id == units[WARNED].message_id).values(obsolete=False))


def move(session, units):
    session.execute(update(Message).values(position=Message.position + 1, places=["elsewhere"]))


def _long_ago(session):
    session.execute(update(Unit).values(changed_at=datetime(2020, 1, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("act", "changed"),
    [
        (write, [BARE]),
        (approve, [WARNED]),
        (take_back, [WARNED]),
        (change_source, [WARNED]),
        (comment, [WARNED]),
        (resolve, [WARNED]),
        (use_no_more_and_again, [WARNED]),
        (move, []),
        (change_glossary, []),
        (change_checks, []),
    ],
)
def test_what_happened_to_a_text_is_dated(session, units, act, changed):
    _long_ago(session)
    act(session, units)
    session.flush()
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    # The factories date what they write by a clock of their own.
    if act in (write, approve):
        yesterday = NOW.date().isoformat()
    since = Condition(Key.CHANGED, yesterday)
    assert found(session, units, since) == changed
    assert found(session, units, since._replace(unwanted=True)) == [
        number for number in range(len(units)) if number not in changed
    ]


def test_what_has_just_come_has_changed_and_what_has_no_date_has_not(session, units):
    today = Condition(Key.CHANGED, datetime.now(UTC).date().isoformat())
    assert found(session, units, today) == list(range(len(units)))
    session.execute(update(Unit).where(Unit.id == units[BARE].id).values(changed_at=None))
    assert found(session, units, today._replace(unwanted=True)) == [BARE]


def test_an_older_text_that_comes_later_does_not_take_a_unit_back_in_time(session, units):
    _long_ago(session)
    soon = datetime.now(UTC)
    for moment in (soon, datetime(2019, 1, 1, tzinfo=UTC)):
        session.add(Comment(unit_id=units[BARE].id, text="왜?", created_at=moment))
        session.flush()
    session.expire_all()
    assert session.scalar(select(Unit.changed_at).where(Unit.id == units[BARE].id)) == soon
