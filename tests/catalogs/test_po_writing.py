"""What we write, GNU gettext accepts, and has nothing to change in."""

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy import ROOT
from advocacy.catalogs.entries import Entry, Place, Source, catalog_of, entries_of, from_polib, to_polib
from advocacy.catalogs.po_files import CatalogError, clear_fuzzy, parse_po, read_po, write_po
from advocacy.catalogs.po_writing import po_bytes
from tests.catalogs.gettext_tools import PLURALS, run

ODD = '\u2028\u2029\x85\x0b\x0c\x1c\x1e\r\n\t\x07\x08\\"%#~| -nrtvbfx0가王😀'
FIELDS = {
    "Project-Id-Version": "x", "PO-Revision-Date": "2026-11-24 00:00+0000", "Last-Translator": "volunteers",
    "Language-Team": "x", "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}  # fmt: skip

characters = st.sampled_from(ODD) | st.characters(codec="utf-8", exclude_characters="\0\4")
texts = st.text(characters, max_size=130)
sources = st.text(characters, min_size=1, max_size=130)
lines = st.text(st.characters(codec="utf-8", exclude_characters="\0\4\r\n\\"), min_size=1, max_size=130)
comments = st.lists(lines, max_size=3).map("\n".join)
places = st.builds(
    Place, st.sampled_from(["a.py", "a-b.html", "http://x:80", "가.c"]), st.none() | st.integers(1, 99)
)
contexts = st.none() | texts


@st.composite
def entries(draw, forms):
    plural = draw(st.none() | sources)
    count = forms if plural else 1
    before = draw(st.none() | st.builds(Source, contexts, sources, st.none() | sources))
    forms = tuple(draw(st.lists(texts, min_size=count, max_size=count)))
    fuzzy = bool(forms[0]) and draw(st.booleans())  # msgcat knows no fuzzy entry without a text
    return Entry(
        context=draw(contexts),
        msgid=draw(sources),
        msgid_plural=plural,
        texts=forms,
        fuzzy=fuzzy,
        flags=tuple(draw(st.lists(st.sampled_from(["no-c-format", "no-wrap"]), unique=True))),
        comment=draw(comments),
        translator_comment=draw(comments),
        places=tuple(draw(st.lists(places, max_size=4, unique_by=lambda place: place.file))),
        previous=before if fuzzy else None,
        obsolete=draw(st.booleans()),
    )


@st.composite
def catalogs(draw):
    language = draw(st.sampled_from(sorted(PLURALS)))
    count = int(PLURALS[language][9])
    drawn = draw(st.lists(entries(count), max_size=3, unique_by=lambda entry: entry.key))
    ordered = sorted(drawn, key=lambda entry: entry.obsolete)
    return tuple(ordered), {**FIELDS, "Language": language, "Plural-Forms": PLURALS[language]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("writing")


@settings(max_examples=60)
@given(catalogs())
def test_what_is_written_reads_back_and_gettext_changes_nothing_in_it(folder, drawn):
    written, metadata = drawn
    ours, theirs = folder / "ours.po", folder / "theirs.po"
    write_po(catalog_of(written, metadata), ours)
    assert entries_of(read_po(ours)) == written
    done = run("msgcat", "--no-wrap", "--force-po", "-o", theirs, ours)
    assert done.returncode == 0, done.stderr
    # msgcat drops obsolete entries without a text.
    assert as_msgcat_says(read_po(theirs)) == [entry for entry in map(sorted_flags, written) if kept(entry)]


def as_msgcat_says(catalog):
    return list(map(sorted_flags, entries_of(catalog)))


def sorted_flags(entry):
    copy = to_polib(entry)
    copy.flags.sort()
    return from_polib(copy)


def kept(entry):
    return not entry.obsolete or bool(entry.texts[0])


@settings(max_examples=30)
@given(catalogs())
def test_msgfmt_finds_the_syntax_right(folder, drawn):
    file = folder / "checked.po"
    same_ends = [entry for entry in drawn[0] if not any("\n" in text for text in said(entry))]
    write_po(catalog_of(same_ends, drawn[1]), file)
    done = run("msgfmt", "-c", "-o", "/dev/null", file)
    assert done.returncode == 0, done.stderr


def said(entry):
    return [entry.msgid, entry.msgid_plural or "", *entry.texts]


@pytest.mark.parametrize("file", sorted((ROOT / "translations").glob("**/*.po*")), ids=lambda file: file.name)
def test_a_shipped_file_is_written_as_it_is(file, tmp_path):
    write_po(read_po(file), tmp_path / "again.po")
    assert (tmp_path / "again.po").read_bytes() == file.read_bytes()


@settings(max_examples=60)
@given(sources, st.sampled_from(["msgid", "previous_msgctxt", "msgstr"]))
def test_texts_are_wrapped_as_polib_wraps_them(text, field):
    text = "".join(letter for letter in text if letter.isprintable())
    entry = polib.POEntry(msgid="a")
    setattr(entry, field, text)
    catalog = polib.POFile(wrapwidth=100)
    catalog.metadata = dict(FIELDS)
    catalog.append(entry)
    assert po_bytes(catalog, "x.po").decode() == str(catalog)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"msgid": "a\0"}, "x.po: line 12: a PO file cannot hold NUL"),
        ({"msgctxt": "a\4"}, "msgctxt: gettext keeps U\\+0004 for itself"),
        ({"tcomment": "a\0"}, "a PO file cannot hold NUL"),
        ({"msgstr": "\ud800"}, "surrogates not allowed"),
        ({"flags": ["a\nmsgid"]}, "'a\\\\nmsgid' does not fit on a line"),
        ({"occurrences": [("a\nb", "")]}, "does not fit on a line"),
    ],
)
def test_what_no_file_can_hold_is_refused_and_the_old_file_stays(tmp_path, changes, complaint):
    file = tmp_path / "x.po"
    file.write_bytes(b"old")
    catalog = catalog_of([], FIELDS)
    catalog.append(polib.POEntry(**{"msgid": "a", "msgstr": "b"} | changes))
    with pytest.raises(CatalogError, match=complaint):
        write_po(catalog, file)
    assert file.read_bytes() == b"old"


def test_line_breaks_of_any_kind_end_a_line_of_a_comment(tmp_path):
    catalog = catalog_of([Entry(None, "a", translator_comment="1\r\n2\r3\n4")], FIELDS)
    write_po(catalog, tmp_path / "x.po")
    assert read_po(tmp_path / "x.po")[0].tcomment == "1\n2\n3\n4"


def test_missing_plural_forms_are_written_empty(tmp_path):
    for forms, expected in (({}, {0: ""}), ({2: "c"}, {0: "", 1: "", 2: "c"})):
        catalog = catalog_of([], FIELDS)
        catalog.append(polib.POEntry(msgid="a", msgid_plural="as", msgstr_plural=forms))
        write_po(catalog, tmp_path / "x.po")
        assert read_po(tmp_path / "x.po")[0].msgstr_plural == expected


def test_an_entry_that_is_no_longer_fuzzy_forgets_its_previous_source():
    text = '#, fuzzy, no-wrap\n#| msgctxt "c"\n#| msgid "o"\n#| msgid_plural "os"\nmsgid "a"\nmsgstr "b"\n'
    (entry,) = parse_po(text.encode(), "x.po")
    assert from_polib(entry).previous == Source("c", "o", "os")
    assert from_polib(entry).accepted() == Entry(None, "a", texts=("b",), flags=("no-wrap",))
    clear_fuzzy(entry)
    assert from_polib(entry) == Entry(None, "a", texts=("b",), flags=("no-wrap",))
    assert "#|" not in str(entry)
