"""Finding units, and remembering what was approved."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.actions.find_units import beside_in_list, find_units
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.extensions import begin_writing
from advocacy.models.domain import domain_by_name
from advocacy.models.unit import units_in
from advocacy.models.unit_search import Wanted, beside
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.translation import UnitStatus
from advocacy.rules.unit_query import read_query
from advocacy.web.memories import Memories
from tests.factories import make_account, make_approved, make_domain, make_submitted

SOURCES = [Source(None, f"Text {number}") for number in range(7)]


@pytest.fixture
def units(session):
    return units_in(session, make_domain(session, *SOURCES).id, "ko")


def wanted(units, **conditions) -> Wanted:
    return Wanted(domain_id=units[0].message.domain_id, language="ko", **conditions)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(0, 6)), st.integers(0, 6), st.integers(1, 8), st.booleans())
def test_a_walk_in_steps_of_any_size_meets_every_unit_once(session, submitted, start, step, warned):
    units = units_in(session, make_domain(begin_writing(session), *SOURCES).id, "ko")
    for number in submitted:
        make_submitted(session, units[number], f"글  {number}", by=make_account(session))
    looked_for = wanted(units, status=UnitStatus.NEEDS_REVIEW, warned=warned)
    for backwards in (False, True):
        met, beyond = [], units[start].id
        while beyond is not None:
            found = find_units(session, looked_for, beyond=beyond, backwards=backwards, most=step)
            met += [units.index(unit) for unit in found.units]
            assert set(found.texts) == {unit.id for unit in found.units}
            beyond = found.go_on
        reach = range(start) if backwards else range(start + 1, 7)
        assert met == sorted(submitted & set(reach), reverse=backwards)
    for is_warned in (warned, not warned):
        before, after = beside_in_list(session, replace(looked_for, warned=is_warned), units[start])
        near = [units.index(one) if one else None for one in (before, after)]
        assert near[0] == max((number for number in submitted if number < start), default=None)
        assert near[1] == min((number for number in submitted if number > start), default=None)
    session.rollback()


def test_units_without_conditions_stand_in_the_order_of_their_messages(session, units):
    for one, other in pairwise(units):
        assert beside(session, wanted(units), one)[1] is other
        assert beside(session, wanted(units), other)[0] is one
    assert beside(session, wanted(units), units[0])[0] is None
    assert beside(session, wanted(units), units[-1])[1] is None


def test_what_is_obsolete_is_not_found(session, units):
    sync_messages(session, domain_by_name(session, "small"), SOURCES[:3], LANGUAGES)
    assert len(find_units(session, wanted(units), most=10).units) == 3
    assert beside(session, wanted(units), units[2])[1] is None


def test_what_is_unknown_is_neither_found_nor_left_out(session, units):
    everything = find_units(session, wanted(units), most=10).units
    for query in ("-context:x", "-zzz", "-translation:글"):
        assert find_units(session, wanted(units, terms=read_query(query).terms), most=10).units == everything
    assert find_units(session, wanted(units, terms=read_query("context:x").terms), most=10).units == []


def test_letters_are_found_whatever_json_makes_of_them(session, units):
    make_submitted(session, units[0], '“따옴표” "\\n" 🙂', by=make_account(session))
    session.flush()
    for query in ("“따옴표", "🙂", "\\n", 'translation:"🙂"'):
        found = find_units(session, wanted(units, terms=read_query(query).terms), most=10).units
        assert found == [units[0]] or query.startswith("“"), query
    assert find_units(session, wanted(units, terms=read_query("u2019").terms), most=10).units == []


def test_a_memory_learns_what_was_approved_and_forgets_what_gave_way(session, units):
    memories = Memories()

    def remembered(source: str) -> list[tuple[str, ...]]:
        return [match.target for match in memories.matches(session, "ko", source, most=5)]

    assert remembered("Quite another sentence") == []
    sync_messages(
        session, domain_by_name(session, "small"), [Source(None, "Quite another sentence")], LANGUAGES
    )
    unit = units_in(session, units[0].message.domain_id, "ko")[0]
    make_submitted(session, unit, "기다리는 글", by=make_account(session))
    assert remembered("Quite another sentence") == []
    make_approved(session, unit, "전혀 다른 문장")
    session.flush()
    assert remembered("Quite another sentences") == [("전혀 다른 문장",)]
    make_approved(session, unit, "아주 다른 문장")
    session.flush()
    assert remembered("Quite another sentence") == [("아주 다른 문장",)]
    assert [
        match.target for match in memories.matches(session, "zh-Hans", "Quite another sentence", most=5)
    ] == []
    session.rollback()
    assert remembered("Quite another sentence") == []
