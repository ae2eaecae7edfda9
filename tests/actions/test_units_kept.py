"""What the database keeps on units is what their messages and translations say, whoever wrote."""

from collections import Counter, defaultdict
from unicodedata import normalize

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import undefer

from advocacy.actions.find_units import find_units
from advocacy.actions.import_translations import import_translations
from advocacy.actions.plan_import import TakeAs, plan_import
from advocacy.actions.propose import withdraw_translation
from advocacy.actions.sync_messages import Source, add_messages, sync_messages
from advocacy.catalogs.entries import Entry
from advocacy.models import Message, Translation, Unit, UnitCount
from advocacy.models.domain import domain_by_name
from advocacy.models.translation import GONE
from advocacy.models.unit import units_in
from advocacy.models.unit_count import counts_at, counts_in, put_counts_together, status_counts
from advocacy.models.unit_search import Wanted
from advocacy.rules.folding import APART, folded
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.review import TranslationState
from advocacy.rules.translation import UnitStatus
from advocacy.rules.unit_query import read_query
from tests.factories import NOW, make_account, make_approved, make_domain, make_submitted

FEW = 20

SOURCES = [Source(f"block-{number}", f"Text {number}", comment="Étoile") for number in range(4)]
KEPT = [undefer(getattr(Unit, name)) for name in ("domain_id", "position", "obsolete")]
SAID = [undefer(Unit.source_folded), undefer(Unit.texts_folded)]


@pytest.fixture
def domain(session):
    return make_domain(session, *SOURCES)


def check_counts(session, units) -> None:
    """Hold what is kept of where units stand to the units themselves."""
    counted: dict[tuple[int, str], Counter] = {}
    for unit in units:
        if not unit.obsolete:
            counted.setdefault((unit.domain_id, unit.language), Counter())[unit.status] += 1
    assert counts_in(session, {unit.language for unit in units}) == counted


def check_all(session) -> None:
    """Hold every unit to its message and its translations."""
    session.flush()
    session.expire_all()
    units = session.scalars(select(Unit).options(*KEPT, *SAID)).all()
    assert units
    check_counts(session, units)
    texts = defaultdict(list)
    said = select(Translation.unit_id, Translation.texts).where(Translation.state.not_in(GONE))
    for number, forms in session.execute(said):
        texts[number].append(forms)
    for unit in units:
        message = unit.message
        assert (unit.domain_id, unit.position, unit.obsolete) == (
            message.domain_id,
            message.position,
            message.obsolete,
        )
        assert unit.source_folded == folded(
            message.msgid, message.msgid_plural, message.context, message.comment
        )
        assert sorted(filter(None, unit.texts_folded.split(APART))) == sorted(
            form for one in texts[unit.id] for form in folded(*one).split(APART) if form
        )


def test_they_follow_what_is_synced(session, domain):
    check_all(session)
    changed = Source("block-1", "Another text", "Other texts", comment="Étoile")
    sync_messages(session, domain, [SOURCES[3], changed, SOURCES[0]], LANGUAGES)
    check_all(session)
    assert [unit.message.context for unit in units_in(session, domain.id, "ko")] == [
        "block-3",
        "block-1",
        "block-0",
    ]
    add_messages(session, domain, [Source(None, "One more")], LANGUAGES)
    sync_messages(session, domain, SOURCES, LANGUAGES)
    check_all(session)


def test_they_follow_what_is_written_and_what_becomes_of_it(session, domain):
    unit, other = units_in(session, domain.id, "ko")[:2]
    author = make_account(session)
    waiting = make_submitted(session, unit, "Ärger 하나", by=author)
    check_all(session)
    make_approved(session, unit, "둘")
    make_approved(session, other, "셋")
    make_approved(session, other, "넷")
    check_all(session)
    withdraw_translation(session, waiting, by=author.id)
    check_all(session)
    said = session.scalars(select(Unit.texts_folded).where(Unit.id.in_([unit.id, other.id])))
    assert set(said) == {"둘", "넷"}  # what was approved before gave way


def test_they_follow_what_is_written_past_the_application(session, domain):
    unit = units_in(session, domain.id, "ko")[0]
    make_submitted(session, unit, "하나", by=make_account(session))
    session.execute(update(Message).where(Message.id == unit.message_id).values(obsolete=True, position=70))
    check_all(session)
    assert unit not in units_in(session, domain.id, "ko")
    session.execute(update(Translation).values(state=TranslationState.REJECTED))
    check_all(session)
    session.execute(update(Translation).values(state=TranslationState.DRAFT))
    session.execute(delete(Translation))
    check_all(session)


def test_counts_leave_out_what_is_obsolete_and_other_domains(session, domain):
    sync_messages(session, domain, SOURCES[1:], LANGUAGES)
    make_approved(session, units_in(session, domain.id, "ko")[0], "하나")
    session.flush()
    expected = {UnitStatus.APPROVED: 1, UnitStatus.UNTRANSLATED: 2}
    assert counts_at(session, domain.id, "ko") == expected
    assert status_counts(session, domain.id)["ko"] == expected
    assert counts_in(session, ["ko"])[domain.id, "ko"] == expected
    assert counts_at(session, domain.id, "zh-Hans") == {UnitStatus.UNTRANSLATED: 3}


def test_what_was_noted_one_by_one_is_put_together(session, domain):
    unit = units_in(session, domain.id, "ko")[0]
    rows = select(func.count()).select_from(UnitCount).where(UnitCount.domain_id == domain.id)
    for status in [UnitStatus.DRAFT, UnitStatus.UNTRANSLATED] * 300:
        session.execute(update(Unit).where(Unit.id == unit.id).values(status=status))
    many = session.scalar(rows)
    before = counts_in(session, ["ko", "zh-Hans", "zh-Hant"])
    put_counts_together(session)
    assert (many > 600, session.scalar(rows) <= 3) == (True, True)
    assert counts_in(session, ["ko", "zh-Hans", "zh-Hant"]) == before
    check_all(session)
    put_counts_together(session)
    check_all(session)
    session.execute(delete(Unit).where(Unit.message_id == unit.message_id))
    check_all(session)


def test_nothing_is_loose_after_very_many_came_at_once(session):
    sources = [Source(None, f"Text {number} of very many") for number in range(600)]
    domain = make_domain(session, *sources)
    loose = select(func.count()).select_from(UnitCount).where(UnitCount.domain_id == domain.id)
    assert session.scalar(loose) <= FEW
    entries = [Entry(None, source.msgid, None, (f"글 {number}",)) for number, source in enumerate(sources)]
    report = plan_import(session, domain, "ko", entries, take_as=TakeAs.APPROVED)
    import_translations(session, report, take_as=TakeAs.APPROVED, by=None, now=NOW)
    assert session.scalar(loose) <= FEW
    check_all(session)


def test_case_does_not_count_in_a_part_of_a_message_either(session):
    sources = [
        Source("Élan", "Émile est libre.", "Émiles", comment="Ça va"),
        Source("ÉMILE", "Ça va_100%", comment="Élan"),
        Source("a", "b", "ça"),
    ]
    known = make_domain(session, *sources)
    for query, found in (
        ("source:émile", [0]),
        ("source:ÉMILES", [0]),
        ("text:ÉMILE", [0]),
        ("context:élan", [0]),
        ("context:émile", [1]),
        ("comment:élan", [1]),
        ("comment:ÇA", [0]),
        ("source:ça", [1, 2]),
        ("-source:ça", [0]),
        ("source:va_1", [1]),
        ("source:100%", [1]),
        ("source:v_", []),
        ("source:%", [1]),
        ("source:/", []),
        ("context:b", []),
        (f'source:"émile est libre.{APART}émiles"', []),
    ):
        wanted = Wanted(domain_id=known.id, language="ko", terms=read_query(query).terms)
        units = find_units(session, wanted, most=10).units
        assert [unit.message.position for unit in units] == found, query


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("étoile", 4),
        ("ÉTOILE", 4),
        (normalize("NFD", "É") + "toile", 4),
        ("ÄRGER", 1),
        ("translation:ärger", 1),
        ("-translation:ärger", 3),
        ("text:ÄRGER", 1),
        ("source:ärger", 0),
        ("100%", 1),
        ("1_0", 0),
        ("a/b", 1),
        ('"하나 text"', 0),
        (f'"block-0{APART}étoile"', 0),
    ],
)
def test_case_and_how_accents_are_written_do_not_count(session, domain, query, found):
    unit = units_in(session, domain.id, "ko")[0]
    make_submitted(session, unit, f"{normalize('NFD', 'Ä')}rger 100% a/b 하나", by=make_account(session))
    session.flush()
    known = domain_by_name(session, "small")
    wanted = Wanted(domain_id=known.id, language="ko", terms=read_query(query).terms)
    assert len(find_units(session, wanted, most=10).units) == found
