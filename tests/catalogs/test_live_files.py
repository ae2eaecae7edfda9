"""What is live comes back to the files that ship, and nothing else of them changes."""

import pytest

from advocacy import ROOT
from advocacy.catalogs.baseline import po_path
from advocacy.catalogs.entries import Entry, entries_of
from advocacy.catalogs.live_files import write_live
from advocacy.catalogs.po_files import read_po
from advocacy.rules.languages import LANGUAGES

KO = LANGUAGES.by_tag("ko")
OLD, NEW = Entry("a", "One", texts=("하나",)), Entry("b", "Two", texts=("둘",), comment="A number.")


def written(folder) -> list[tuple]:
    found = entries_of(read_po(po_path(folder, "d", "ko")))
    return [(entry.context, entry.msgid, entry.texts, entry.fuzzy, entry.obsolete) for entry in found]


def test_a_file_is_made_and_then_left_alone(tmp_path):
    assert write_live(tmp_path, "d", KO, [OLD, NEW])
    path = po_path(tmp_path, "d", "ko")
    before = path.stat().st_mtime_ns
    assert not write_live(tmp_path, "d", KO, [OLD, NEW])
    assert path.stat().st_mtime_ns == before
    assert "@" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po")))
def test_what_ships_and_is_live_is_not_touched(tmp_path, path):
    language = next(one for one in LANGUAGES if one.locale == path.parents[1].name)
    copy = po_path(tmp_path, path.stem, language.locale)
    copy.parent.mkdir(parents=True)
    copy.write_bytes(path.read_bytes())
    live = [entry for entry in entries_of(read_po(path)) if entry.is_done]
    assert not write_live(tmp_path, path.stem, language, live)
    assert copy.read_bytes() == path.read_bytes()


def test_what_changed_live_changes_in_its_place(tmp_path):
    write_live(tmp_path, "d", KO, [OLD, NEW])
    write_live(tmp_path, "d", KO, [Entry("a", "One", texts=("첫째",)), NEW])
    assert written(tmp_path) == [("a", "One", ("첫째",), False, False), ("b", "Two", ("둘",), False, False)]


def test_a_new_message_stands_where_it_stands_live(tmp_path):
    write_live(tmp_path, "d", KO, [OLD, NEW])
    between = Entry("c", "Between", texts=("사이",))
    write_live(tmp_path, "d", KO, [OLD, between, NEW])
    assert [one[0] for one in written(tmp_path)] == ["a", "c", "b"]


def test_what_live_shows_in_its_source_has_no_translation(tmp_path):
    write_live(tmp_path, "d", KO, [OLD, NEW])
    write_live(tmp_path, "d", KO, [Entry("a", "One"), NEW])
    assert written(tmp_path)[0] == ("a", "One", ("",), False, False)


def test_a_block_with_another_source_takes_the_old_ones_place(tmp_path):
    write_live(tmp_path, "d", KO, [OLD, NEW])
    write_live(tmp_path, "d", KO, [Entry("a", "The first", texts=("첫째",)), NEW])
    assert written(tmp_path) == [
        ("a", "The first", ("첫째",), False, False),
        ("b", "Two", ("둘",), False, False),
        ("a", "One", ("하나",), False, True),
    ]
    assert not write_live(tmp_path, "d", KO, [Entry("a", "The first", texts=("첫째",)), NEW])


def test_what_newer_software_brought_stays(tmp_path):
    newer = Entry(None, "Newer", texts=("새것",))
    write_live(tmp_path, "d", KO, [OLD, newer, NEW])
    assert not write_live(tmp_path, "d", KO, [OLD, NEW])
    assert len(written(tmp_path)) == 3


def test_plural_forms_and_fuzzy_texts_are_settled_by_what_is_live(tmp_path):
    fuzzy = Entry(
        None, "%(n)s letter", "%(n)s letters", texts=("편지",), fuzzy=True, flags=("python-format",)
    )
    live = Entry(None, "%(n)s letter", "%(n)s letters", texts=("편지 %(n)s통",), flags=("python-format",))
    write_live(tmp_path, "d", KO, [fuzzy])
    write_live(tmp_path, "d", KO, [live])
    assert written(tmp_path) == [(None, "%(n)s letter", ("편지 %(n)s통",), False, False)]
