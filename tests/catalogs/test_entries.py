"""An entry, whatever file it came from."""

import pytest

from advocacy.catalogs.entries import Entry, Place, entry_id


@pytest.mark.parametrize(
    ("entry", "done", "written"),
    [
        (Entry(None, "a", texts=("b",)), True, True),
        (Entry(None, "a"), False, False),
        (Entry(None, "a", texts=("b",), fuzzy=True), False, True),
        (Entry(None, "a", texts=("b",), obsolete=True), False, True),
        (Entry(None, "a", "as", ("b", "")), False, True),
        (Entry(None, "a", "as", ("b", "c")), True, True),
    ],
)
def test_only_a_finished_translation_is_done(entry, done, written):
    assert (entry.is_done, entry.has_text) == (done, written)


def test_an_id_tells_sources_and_contexts_apart_and_stays():
    ids = [entry_id(None, "a"), entry_id("", "a"), entry_id("a", ""), entry_id("c", "a"), entry_id(None, "b")]
    assert len(set(ids)) == len(ids)
    assert Entry("c", "a", texts=("x",)).id == Entry("c", "a", "as", ("y", "z")).id == "254a03557fe6a179"


def test_a_plural_form_is_translated_from_the_source_that_it_stands_for():
    polish = Entry(None, "a", "as", ("x", "y", "z"))
    assert [polish.source_of(form) for form in range(3)] == ["a", "as", "as"]
    assert Entry(None, "a", "as", ("x",)).source_of(0) == "as"
    assert Entry(None, "a").source_of(0) == "a"


@pytest.mark.parametrize(("plural", "texts"), [(None, ()), (None, ("a", "b")), ("as", ())])
def test_an_entry_has_as_many_texts_as_its_source_allows(plural, texts):
    with pytest.raises(ValueError, match="texts"):
        Entry(None, "a", plural, texts)


def test_a_place_is_said_as_compilers_say_it():
    assert [str(Place("a.c")), str(Place("a.c", 3))] == ["a.c", "a.c:3"]
