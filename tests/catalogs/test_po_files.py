"""PO files in and out, and the MO files made of them."""

import gettext
import os
import shutil
import stat
import subprocess
from io import BytesIO
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.catalogs.po_files import CatalogError, Key, compile_mo, finished, is_done, read_po, write_po
from advocacy.catalogs.templates import new_template

MSGFMT = shutil.which("msgfmt")
HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"""
ODD = '\u2028\u2029\x85\x0b\x0c\x1c\x1e\r\n\t\x08\\"%#~| -nrtvbf가王😀'

characters = st.sampled_from(ODD) | st.characters(codec="utf-8", exclude_characters="\0\4")
texts = st.text(characters, max_size=150)
sources = st.text(characters, min_size=1, max_size=150)
words = st.text(st.characters(categories=["L", "N", "S", "Po"]), min_size=1, max_size=20)
comments = st.lists(st.lists(words, min_size=1).map(" ".join), max_size=3).map("\n".join)
flags = st.lists(st.sampled_from(["fuzzy", "python-format", "no-wrap"]), unique=True)


@st.composite
def entries(draw, texts=texts, sources=sources):
    plural, obsolete = draw(st.just("") | sources), draw(st.booleans())
    forms = draw(st.lists(texts, min_size=1, max_size=6))
    context, msgid, msgid_plural = draw(st.none() | sources), draw(sources), draw(st.none() | sources)
    before = draw(st.sampled_from([(None, None, None), (context, msgid, msgid_plural)]))
    return polib.POEntry(
        msgctxt=draw(st.none() | sources),
        msgid=draw(sources),
        msgid_plural=plural,
        msgstr="" if plural else forms[0],
        msgstr_plural=dict(enumerate(forms)) if plural else {},
        previous_msgctxt=before[0],
        previous_msgid=before[1],
        previous_msgid_plural=before[2],
        comment="" if obsolete else draw(comments),
        tcomment=draw(comments),
        occurrences=[] if obsolete else [("advocacy/web/errors.py", ""), ("a-b.html", "7")],
        flags=draw(flags),
        obsolete=obsolete,
    )


def lists_of(entries):
    return st.lists(entries, max_size=4, unique_by=lambda entry: (entry.msgctxt, entry.msgid))


def catalog_of(*entries: polib.POEntry, plural_forms: str = "nplurals=1; plural=0;") -> polib.POFile:
    catalog = new_template()
    catalog.metadata |= {"Language": "ko", "Plural-Forms": plural_forms}
    catalog.extend(entries)
    return catalog


def said(entry: polib.POEntry) -> dict[str, object]:
    """Everything that an entry says; comments may be wrapped anew."""
    fields = "msgctxt msgid msgid_plural msgstr msgstr_plural flags occurrences previous_msgctxt"
    values = {field: getattr(entry, field) for field in fields.split()}
    values |= {field: getattr(entry, field) for field in ("previous_msgid", "previous_msgid_plural")}
    return values | {
        "comments": (entry.comment.split(), entry.tcomment.split()),
        "obsolete": bool(entry.obsolete),
    }


def translations(mo: bytes) -> dict[object, str]:
    return gettext.GNUTranslations(BytesIO(mo))._catalog


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("catalogs")


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "messages.po"


@given(lists_of(entries()))
def test_a_round_trip_loses_nothing(folder, written):
    file, catalog = folder / "messages.po", catalog_of(*written)
    write_po(catalog, file)
    read = read_po(file)
    assert read.metadata == catalog.metadata
    assert [said(entry) for entry in read] == [said(e) for e in sorted(written, key=lambda e: e.obsolete)]
    assert not write_po(read, file)


@given(st.binary() | st.text('#~|.:, \n"msgidtrcxplu_[]01\\ab%').map(str.encode))
def test_any_file_is_refused_or_read(folder, content):
    file = folder / "messages.po"
    file.write_bytes(content)
    try:
        catalog = read_po(file)
    except CatalogError:
        return
    compile_mo(catalog)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff", "line 1: 'utf-8' codec can't decode byte 0xff"),
        (b'msgid "a"\nmsgstr "b" c\n', "line 2: c has no string"),
        (
            b'msgid "a"\n\nmsgstr "a "quoted" word"\n',
            "line 3: quoted has no place here",
        ),
    ],
)
def test_a_damaged_file_is_refused_with_its_name_and_the_reason(file, content, reason):
    file.write_bytes(content)
    with pytest.raises(CatalogError) as refused:
        read_po(file)
    assert str(refused.value).startswith(f"messages.po: {reason}")


def test_a_file_that_holds_the_name_of_another_is_not_taken_for_it(file):
    other = file.with_name("other.po")
    other.write_text(HEADER, "utf-8")
    file.write_text(str(other), "utf-8")
    with pytest.raises(CatalogError, match=r"messages.po: line 1: "):
        read_po(file)


def test_a_file_that_is_not_there_is_refused(file):
    with pytest.raises(CatalogError, match=r"messages.po: \[Errno 2\] No such file or directory"):
        read_po(file)


def test_an_entry_that_stands_twice_is_refused_with_its_line(file):
    file.write_text(
        HEADER + '\nmsgid "a"\nmsgstr "1"\n\nmsgid "b"\nmsgstr ""\n\nmsgid "a"\nmsgstr "2"\n', "utf-8"
    )
    with pytest.raises(CatalogError, match=r"messages.po: line 11: 'a' stands twice"):
        read_po(file)


@pytest.mark.parametrize(
    "twins",
    [
        'msgid "a"\nmsgstr "1"\n\n#~ msgid "a"\n#~ msgstr "2"\n',
        '#~ msgid "a"\n#~ msgstr "1"\n\nmsgid "a"\nmsgstr "2"\n',
        '#~ msgid "a"\n#~ msgstr "1"\n\n#~ msgid "a"\n#~ msgstr "2"\n',
        'msgid "a"\nmsgstr "1"\n\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "2"\n',
        'msgctxt "c"\nmsgid "a"\nmsgstr "1"\n\nmsgctxt "c"\nmsgid "a"\nmsgstr "1"\n',
        HEADER,
    ],
)
def test_what_msgfmt_takes_for_a_duplicate_is_one(file, twins):
    file.write_text(HEADER + "\n" + twins, "utf-8")
    told = subprocess.run(
        [MSGFMT, "-o", os.devnull, file], capture_output=True, text=True, check=False
    ).stderr
    assert "duplicate message definition" in told
    with pytest.raises(CatalogError, match="stands twice"):
        read_po(file)


def test_the_same_text_in_two_contexts_is_two_entries(file):
    file.write_text(HEADER + '\nmsgid "a"\nmsgstr "1"\n\nmsgctxt "c"\nmsgid "a"\nmsgstr "2"\n', "utf-8")
    assert finished(read_po(file)) == {Key(None, "a"), Key("c", "a")}


def test_a_file_that_says_the_same_is_left_alone(file):
    catalog = catalog_of(polib.POEntry(msgid="a", msgstr="가"))
    assert write_po(catalog, file)
    os.utime(file, (1, 1))
    assert not write_po(catalog, file)
    assert file.stat().st_mtime == 1
    catalog[0].msgstr = "나"
    assert write_po(catalog, file)
    assert file.stat().st_mtime > 1


def test_a_file_of_other_bytes_is_replaced_whatever_it_holds(file):
    for content in (b"\xff", HEADER.replace("\n", "\r\n").encode()):
        file.write_bytes(content)
        assert write_po(catalog_of(), file)
        assert not write_po(catalog_of(), file)


def test_a_file_is_written_into_a_new_folder_for_all_to_read(tmp_path):
    file = tmp_path / "ko" / "LC_MESSAGES" / "messages.po"
    write_po(catalog_of(), file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert file.read_bytes().endswith(b'plural=0;\\n"\n')


def fail_to_sync(_descriptor):
    raise OSError(28, "No space left on device")


def fail_to_move(_self, _target):
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(
    ("where", "name", "failing"), [(os, "fsync", fail_to_sync), (Path, "replace", fail_to_move)]
)
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(file, monkeypatch, where, name, failing):
    write_po(catalog_of(polib.POEntry(msgid="a", msgstr="old")), file)
    before = file.read_bytes()
    monkeypatch.setattr(where, name, failing)
    with pytest.raises(OSError, match=r"No space left|Permission denied"):
        write_po(catalog_of(polib.POEntry(msgid="a", msgstr="new")), file)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_the_old_file_stands_until_the_new_one_is_on_the_disk(file, monkeypatch):
    write_po(catalog_of(polib.POEntry(msgid="a", msgstr="old")), file)
    before, seen = file.read_bytes(), []
    monkeypatch.setattr(os, "fsync", lambda _descriptor: seen.append(file.read_bytes()))
    write_po(catalog_of(polib.POEntry(msgid="a", msgstr="new")), file)
    assert seen == [before]
    assert read_po(file)[0].msgstr == "new"


@pytest.mark.parametrize(
    ("changes", "done"),
    [
        ({"msgstr": "가"}, True),
        ({"msgstr": ""}, False),
        ({"msgstr": "가", "flags": ["fuzzy"]}, False),
        ({"msgstr": "가", "obsolete": True}, False),
        ({"msgid_plural": "as", "msgstr_plural": {0: "가", 1: "나"}}, True),
        ({"msgid_plural": "as", "msgstr_plural": {0: "가", 1: ""}}, False),
        ({"msgid_plural": "as", "msgstr": "가"}, False),
    ],
)
def test_only_a_finished_translation_is_shown(changes, done):
    catalog = catalog_of(polib.POEntry(msgid="a", **changes))
    assert is_done(catalog[0]) is done
    assert (Key(None, "a") in finished(catalog)) is done
    assert any(key in translations(compile_mo(catalog)) for key in ("a", ("a", 0))) is done


@given(lists_of(entries()))
def test_nothing_fuzzy_empty_or_obsolete_is_ever_compiled(written):
    compiled = translations(compile_mo(catalog_of(*written)))
    shown = {key[0] if isinstance(key, tuple) else key for key in compiled} - {""}
    done = finished(catalog_of(*written))
    assert shown == {f"{key.context}\x04{key.msgid}" if key.context else key.msgid for key in done}


plain = st.text(
    st.sampled_from('ab가王😀é \u2028\x85\\"%') | st.characters(categories=["L", "N"]), min_size=1
)


@settings(max_examples=50)
@given(lists_of(entries(texts=st.just("") | plain, sources=plain)))
def test_our_mo_says_what_msgfmt_s_says(folder, written):
    for entry in written:
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"]
        entry.msgstr_plural = {form: text for form, text in entry.msgstr_plural.items() if form == 0}
    assert_msgfmt_agrees(catalog_of(*written), folder)


def test_our_mo_of_six_plural_forms_says_what_msgfmt_s_says(folder):
    rule = (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
    )
    forms = dict(enumerate(["صفر", "واحد", "اثنان", "قليل", "كثير", "آخر"]))
    entry = polib.POEntry(msgid="%(n)s", msgid_plural="%(n)ss", msgstr_plural=forms, flags=["python-format"])
    catalog = catalog_of(entry, plural_forms=rule)
    entry.msgstr_plural = {form: f"%(n)s {text}" for form, text in forms.items()}
    assert_msgfmt_agrees(catalog, folder)
    arabic = gettext.GNUTranslations(BytesIO(compile_mo(catalog)))
    assert [arabic.ngettext("%(n)s", "%(n)ss", n)[6:] for n in (0, 1, 2, 3, 11, 100)] == list(forms.values())


def assert_msgfmt_agrees(catalog: polib.POFile, folder: Path) -> None:
    po, mo = folder / "messages.po", folder / "messages.mo"
    catalog.metadata |= dict.fromkeys(["PO-Revision-Date", "Last-Translator", "Language-Team"], "x")
    write_po(catalog, po)
    done = subprocess.run([MSGFMT, "-c", "-o", mo, po], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert translations(compile_mo(catalog)) == translations(mo.read_bytes())
