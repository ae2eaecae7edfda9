"""MO files of our own writing say what gettext's say."""

import gettext
import io
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.catalogs.entries import Entry, catalog_of
from advocacy.catalogs.mo_writing import mo_bytes
from advocacy.catalogs.po_writing import po_bytes

HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=n != 1;"}
words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04\r"), min_size=1, max_size=12
)
plain = st.builds(Entry, st.none() | words, words, st.none(), st.tuples(words))
plural = st.builds(Entry, st.none() | words, words, words, st.tuples(words, words))
entries = st.lists(plain | plural, max_size=6, unique_by=lambda entry: entry.key)


def read(mo: bytes) -> dict:
    return gettext.GNUTranslations(io.BytesIO(mo))._catalog


@given(entries)
def test_what_is_written_is_read_again(given_entries):
    found = read(mo_bytes(given_entries, HEADER))
    for entry in given_entries:
        key = entry.msgid if entry.context is None else f"{entry.context}\x04{entry.msgid}"
        if entry.msgid_plural is None:
            assert found[key] == entry.texts[0]
        else:
            assert tuple(found[key, form] for form in (0, 1)) == entry.texts
    assert len(found) == 1 + sum(len(entry.texts) for entry in given_entries)


@pytest.mark.parametrize(
    "entry",
    [
        Entry(None, "Sign", None, ("서명",)),
        Entry("ask", "Sign", None, ("서명",)),
        Entry(None, "%(n)s letter", "%(n)s letters", ("편지 %(n)s통", "편지 %(n)s통")),
    ],
)
def test_msgfmt_says_the_same(entry, tmp_path):
    file = tmp_path / "x.po"
    file.write_bytes(po_bytes(catalog_of([entry], HEADER), "x.po"))
    subprocess.run(["msgfmt", "-o", tmp_path / "x.mo", file], check=True)
    theirs, ours = read((tmp_path / "x.mo").read_bytes()), read(mo_bytes([entry], HEADER))
    assert {key: text for key, text in theirs.items() if key} == {
        key: text for key, text in ours.items() if key
    }


def test_msgunfmt_reads_ours(tmp_path):
    file = tmp_path / "x.mo"
    file.write_bytes(
        mo_bytes([Entry("ask", "Sign", None, ("서명",)), Entry(None, "A", "B", ("가", "나"))], HEADER)
    )
    done = subprocess.run(["msgunfmt", file], capture_output=True, text=True, check=True)
    assert 'msgctxt "ask"\nmsgid "Sign"\nmsgstr "서명"' in done.stdout


def test_what_is_not_finished_is_left_out():
    left_out = [
        Entry(None, "a", None, ("",)),
        Entry(None, "b", None, ("x",), fuzzy=True),
        Entry(None, "c", None, ("x",), obsolete=True),
        Entry(None, "d", "ds", ("x", "")),
    ]
    assert set(read(mo_bytes(left_out, HEADER))) == {""}
