"""CSV: what goes out comes back, and no spreadsheet runs it."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy import ROOT
from advocacy.catalogs import limits
from advocacy.catalogs.baseline import po_path
from advocacy.catalogs.csv_cells import guarded, unguarded
from advocacy.catalogs.csv_files import COLUMNS, LONGEST_CELL, read_csv, write_csv
from advocacy.catalogs.entries import Entry, entries_of, entry_id
from advocacy.catalogs.po_files import CatalogError, read_po

RISKY = tuple("=+-@\t\r\n＝＋－＠")

texts = st.text(
    st.sampled_from("=+-@'\"\t\r\n;, ＝－가ab|") | st.characters(codec="utf-8", exclude_characters="\0")
)


@st.composite
def entries(draw):
    plural = draw(st.none() | texts)
    count = draw(st.integers(1, 4)) if plural is not None else 1
    return Entry(
        context=draw(st.none() | texts),
        msgid=draw(texts),
        msgid_plural=plural,
        texts=tuple(draw(st.lists(texts, min_size=count, max_size=count))),
        comment=draw(texts),
    )


@settings(max_examples=60)
@given(st.lists(entries(), max_size=3, unique_by=lambda entry: entry.key))
def test_a_round_trip_loses_nothing(drawn):
    assert read_csv(write_csv(drawn, "x.csv"), "x.csv") == tuple(drawn)


@settings(max_examples=300)
@given(texts)
def test_a_guarded_text_is_had_back_and_no_cell_of_it_begins_a_formula(text):
    cell = guarded(text)
    assert unguarded(cell) == text
    assert unguarded(guarded(cell)) == cell
    for separator in ",;\t":
        written = f'"{cell.replace(chr(34), chr(34) * 2)}"'
        for row in csv.reader(io.StringIO(f'"id","c",{written}', newline=""), delimiter=separator):
            found = row[2:] if separator == "," else row[1:]
            assert not [part for part in found if part.startswith(RISKY)]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("'=1", "''=1"),
        ("'", "'"),
        ("'quoted'", "'quoted'"),
        ("''", "''"),
        ("-5", "'-5"),
        ("  @x", "'  @x"),
        ("\tx", "'\tx"),
        ("\r", "'\r"),
        ("a;=cmd", "a;'=cmd"),
        ("- one\n- two", "'- one\n'- two"),
        ("＝1", "'＝1"),
        ("a=b - c", "a=b - c"),
        ("", ""),
    ],
)
def test_an_apostrophe_stands_only_where_a_formula_could(text, cell):
    assert guarded(text) == cell
    assert unguarded(cell) == text


def test_what_people_type_with_an_apostrophe_stays():
    assert [unguarded(cell) for cell in ("'tis", "''", "-5", "rock 'n' roll")] == [
        "'tis",
        "''",
        "-5",
        "rock 'n' roll",
    ]


def test_the_file_is_what_spreadsheets_read():
    entry = Entry("c", "a", "as", ("가", "=나"), comment="n", translator_comment="t")
    content = write_csv(
        [entry, Entry(None, "x")],
        "x.csv",
        labels=("one: 1", "other: 0, 2, 3, …"),
        exported=datetime(2026, 1, 2, tzinfo=UTC),
    )
    number = entry_id("c", "a")
    assert content.decode("utf-8") == (
        '\ufeff"id","context","source","source_plural","form","form_name","text","comment","exported"\r\n'
        f'"u{number}","c","a","as","0","one: 1","가","n\nt","at 2026-01-02T00:00:00+00:00"\r\n'
        f'"u{number}","c","a","as","1","other: 0, 2, 3, …","\'=나","n\nt","at 2026-01-02T00:00:00+00:00"\r\n'
        f'"u{entry_id(None, "x")}","","x","","","","","","at 2026-01-02T00:00:00+00:00"\r\n'
    )


def test_obsolete_entries_do_not_go_out():
    assert read_csv(write_csv([Entry(None, "a", obsolete=True)], "x.csv"), "x.csv") == ()


@pytest.mark.parametrize("domain", ["messages", "appeal-save-north-koreans"])
def test_a_shipped_catalog_goes_out_and_comes_back(domain):
    shipped = entries_of(read_po(po_path(ROOT / "translations", domain, "ko")))
    kept = tuple(replace(entry, flags=(), places=()) for entry in shipped)
    assert read_csv(write_csv(shipped, "x.csv"), "x.csv") == kept


def saved(separator, encoding, *, quoting=csv.QUOTE_MINIMAL):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, quoting=quoting)
    writer.writerows(
        [
            COLUMNS,
            ["", "c", "a, b; c", "", "", "", "가\n나; 다", "", ""],
            ["", "", "x", "", "", "", "y\tz", "", ""],
        ]
    )
    return file.getvalue().encode(encoding)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_what_spreadsheets_save_is_read(separator, encoding, quoting):
    assert read_csv(saved(separator, encoding, quoting=quoting), "x.csv") == (
        Entry("c", "a, b; c", texts=("가\n나; 다",)),
        Entry(None, "x", texts=("y\tz",)),
    )


def test_columns_are_found_by_name_and_short_and_empty_rows_are_taken():
    content = b"Text;colour; SOURCE;comment\r\nb;red;a;n\r\n\r\n;;;\r\nd;;c\r\n"
    assert read_csv(content, "x.csv") == (
        Entry(None, "a", texts=("b",), comment="n"),
        Entry(None, "c", texts=("d",)),
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "line 1: has no columns source, text"),
        ("id,text\n1,b\n", "line 1: has no columns source, text"),
        ("source,text,text\na,b,c\n", "line 1: has two columns of one name"),
        ("source,text\na,b,c\n", "line 2: has 3 cells in 2 columns"),
        ('source,text\na,b\nc,"d\n', "line 3: unexpected end of data"),
        ('source,text\na,"b"c\n', "line 2: ',' expected after '\"'"),
        ("source,text\na,b\0\n", "line 2: holds a NUL"),
        ("source,text\na,b\nc,d\na,e\n", "line 4: 'a' stands twice, or its forms do not count up"),
        ("source,form,text\na,1,b\n", "line 2: 'a' stands twice, or its forms do not count up"),
        ("source,form,text\na,0,b\na,0,c\n", "line 3: 'a' stands twice, or its forms do not count up"),
        ("source,source_plural,form,text\na,as,0,b\na,az,1,c\n", "line 3: 'a' stands twice, or its forms"),
        ("source,form,text\na,one,b\n", "line 2: 'one' is not the number of a plural form"),
        (
            f"id,source,text\n{entry_id(None, 'a')},A,b\n",
            "line 2: the source of 'ca978112ca1bbdca' is not the one",
        ),
        ("id,source,text\n,a,b\nnone,c,d\n", "line 3: 'none' is not an id that was handed out"),
        ("source,text\n" + "a" * 140_000 + ",b\n", "line 2: field larger than field limit"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_the_reason(content, complaint):
    with pytest.raises(CatalogError, match=re.escape(f"x.csv: {complaint}")):
        read_csv(content.encode(), "x.csv")


@pytest.mark.parametrize("spoilt", ["3.79105E+15", "3,79105E+15", "3791052994784160", "0", "0.00E+00"])
def test_an_id_that_a_spreadsheet_took_for_a_number_is_passed_over(spoilt):
    content = f'id,source,text\n"{spoilt}",a,b\n'.encode()
    assert read_csv(content, "x.csv") == (Entry(None, "a", texts=("b",)),)


def test_no_id_looks_like_a_number_and_those_without_a_letter_are_still_read():
    entries = [Entry(None, f"{number}", texts=("b",)) for number in range(3000)]
    assert any(re.fullmatch("[0-9]+(?:e[0-9]+)?", entry.id) for entry in entries)
    content = write_csv(entries, "x.csv").decode()
    assert not re.search(r'^"[0-9]', content, re.MULTILINE)
    before = re.sub(r'^"u', '"', content, flags=re.MULTILINE)
    assert read_csv(before.encode(), "x.csv") == read_csv(content.encode(), "x.csv") == tuple(entries)


def test_a_file_in_the_charset_of_a_country_is_refused_with_its_line():
    with pytest.raises(CatalogError, match=r"x\.csv: line 2: 'utf-8' codec can't decode"):
        read_csv("source,text\na,가나\n".encode("cp949"), "x.csv")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a" * (LONGEST_CELL + 1), "a cell of 32,768 characters, more than 32,767"),
        ("a\0", "a spreadsheet cannot hold NUL"),
        ("\ud800", "surrogates not allowed"),
    ],
)
def test_what_a_spreadsheet_would_lose_is_refused(text, complaint):
    with pytest.raises(CatalogError, match=complaint):
        write_csv([Entry(None, "a", texts=(text,))], "x.csv")


def test_sizes_are_bounded(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ENTRIES", 1)
    with pytest.raises(CatalogError, match="line 3: more than 1 entries"):
        read_csv(b"source,text\na,b\nc,d\n", "x.csv")
    monkeypatch.setattr(limits, "LARGEST_FILE", 5)
    with pytest.raises(CatalogError, match="larger than 5 bytes"):
        read_csv(b"source,text\n", "x.csv")
