"""Translation memory: the nearest first, nothing missed, nothing forgotten that should not be."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from advocacy.catalogs.memory import Match, Memory, Remembered

sources = st.text("ab c", max_size=12)
units = st.lists(
    st.builds(Remembered, sources, st.tuples(st.sampled_from("가나")), st.sampled_from("xy")), max_size=12
)


def known(*sources):
    return Memory(Remembered(source, (source.upper(),), "w") for source in sources)


@settings(max_examples=200)
@given(units, sources, st.sampled_from([0.3, 0.7, 1.0]))
@example([Remembered("aaa     ", ("가",), "x")], "a" * 12, 0.3)  # as similar as is asked for, to the digit
def test_it_finds_just_what_comparing_with_everything_finds(remembered, source, least):
    expected = sorted(
        (-Indel.normalized_similarity(source, unit.source), unit.source, unit.target)
        for unit in set(remembered)
    )
    found = Memory(remembered).matches(source, most=100, least=least)
    close = [one for one in dict.fromkeys(expected) if -one[0] >= least - 1e-9]
    assert [(-match.similarity, match.source, match.target) for match in found] == close


@settings(max_examples=100)
@given(units, units, sources)
def test_what_is_added_and_removed_leaves_no_trace(before, others, source):
    memory, only = Memory(before), [unit for unit in dict.fromkeys(others) if unit not in before]
    for unit in only:
        memory.add(unit)
    grown = Memory([*before, *only])
    assert memory.matches(source, least=0.1) == grown.matches(source, least=0.1)
    assert len(memory) == len(grown)
    for unit in only:
        memory.remove(unit)
    assert memory.matches(source, least=0.1) == Memory(before).matches(source, least=0.1)
    assert len(memory) == len(Memory(before))


def test_the_very_same_text_comes_first():
    memory = known("Sign the petition.", "Sign the petition", "Sign this petition", "Read the letter")
    assert [match.source for match in memory.matches("Sign the petition")] == [
        "Sign the petition",
        "Sign the petition.",
        "Sign this petition",
    ]
    assert memory.matches("Sign the petition")[0].similarity == 1


def test_equals_stand_in_the_order_of_their_texts_whatever_came_first():
    triples = [
        Remembered("abcx", ("2",), "w"),
        Remembered("abcd", ("1",), "w"),
        Remembered("abcd", ("0",), "w"),
    ]
    orders = [Memory(triples).matches("abc"), Memory(reversed(triples)).matches("abc")]
    assert orders[0] == orders[1]
    assert [match.target for match in orders[0]] == [("0",), ("1",), ("2",)]


def test_one_translation_in_several_places_is_one_match():
    memory = Memory([Remembered("a", ("가",), where) for where in "yxx"])
    assert memory.matches("a") == [Match(1.0, "a", ("가",), ("x", "y"))]


def test_no_more_than_asked_for_and_nothing_less_alike():
    memory = known(*(f"sentence {number}" for number in range(9)))
    assert len(memory.matches("sentence", most=3)) == 3
    assert memory.matches("quite another") == []
    assert Memory().matches("a") == []


@pytest.mark.parametrize("unit", [("b", ("B",), "w"), ("a", ("B",), "w"), ("a", ("A",), "v")])
def test_what_is_not_known_cannot_be_forgotten(unit):
    memory = known("a")
    with pytest.raises(KeyError):
        memory.remove(Remembered(*unit))
    assert len(memory.matches("a")) == 1
