"""XLIFF: what goes out comes back, and nothing comes in that could do harm."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy import ROOT
from advocacy.catalogs import limits, xml_nodes
from advocacy.catalogs.baseline import po_path
from advocacy.catalogs.entries import Entry, Fault, Place, Source, entries_of, entry_id
from advocacy.catalogs.po_files import CatalogError, read_po
from advocacy.catalogs.xliff import Document, State, Unit, read_xliff, unit_of, write_xliff

VERSIONS = ["1.2", "2.1"]
V1 = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
FILE1 = f'{V1}<file original="d" source-language="en" target-language="ko"><body>%s</body></file></xliff>'
V2 = '<xliff version="2.0" srcLang="en" trgLang="ko" xmlns="urn:oasis:names:tc:xliff:document:2.0">'
FILE2 = f'{V2}<file id="f" original="d">%s</file></xliff>'
MIXED = (
    '<segment state="final"><source>a</source><target>b</target></segment>'
    "<ignorable><source> </source></ignorable>"
    '<segment state="translated"><source>c</source><target>d</target></segment>'
)
INLINE = '<pc id="1">b</pc><cp hex="001b"/><sm id="m"/>c'

characters = st.sampled_from("\r\n\t <>&\"' ]]>가\u2028\x85😀") | st.characters(
    codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"
)
texts = st.text(characters, max_size=40)
some = st.text(characters, min_size=1, max_size=40)
optional = st.none() | texts


@st.composite
def entries(draw):
    plural = draw(optional)
    count = draw(st.integers(1, 6)) if plural is not None else 1
    forms = tuple(draw(st.lists(texts, min_size=count, max_size=count)))
    return Entry(
        context=draw(optional),
        msgid=draw(texts),
        msgid_plural=plural,
        texts=forms,
        fuzzy=any(forms) and draw(st.booleans()),
        flags=tuple(draw(st.lists(st.sampled_from(["python-format", "range: 1..5"]), unique=True))),
        comment=draw(texts),
        translator_comment=draw(texts),
        places=tuple(draw(st.lists(st.builds(Place, some, st.none() | st.integers(0, 999)), max_size=2))),
        previous=draw(st.none() | st.builds(Source, optional, texts, optional)),
    )


def document_of(*units: Unit) -> Document:
    return Document("messages", "en", "ko", units)


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=60)
@given(st.lists(entries(), max_size=3, unique_by=lambda entry: entry.key), st.booleans())
def test_a_round_trip_loses_nothing(version, drawn, final):
    document = document_of(*(unit_of(entry, final=final) for entry in drawn))
    content = write_xliff(document, version)
    assert read_xliff(content, "x.xlf", domain="messages", language="ko") == document


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("domain", ["messages", "appeal-save-north-koreans"])
def test_a_shipped_catalog_goes_out_and_comes_back(version, domain):
    shipped = entries_of(read_po(po_path(ROOT / "translations", domain, "ko")))
    document = Document(domain, "en", "ko", tuple(map(unit_of, shipped)))
    assert read_xliff(write_xliff(document, version), "x.xlf") == document


def test_the_file_of_1_2_is_what_tools_expect():
    entry = Entry("c", "<b>", "<b>s", ("가", ""), fuzzy=True, comment="note", places=(Place("a.c", 3),))
    assert write_xliff(
        document_of(unit_of(entry), unit_of(Entry(None, "x", texts=("y",)), final=True))
    ).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        '<file original="messages" datatype="x-gettext" source-language="en" target-language="ko">\n'
        "<body>\n"
        f'<group id="{entry.id}" restype="x-gettext-plurals">\n'
        '<context-group name="message" purpose="information">\n'
        '<context context-type="x-gettext-msgctxt">c</context>\n'
        '<context context-type="x-gettext-msgid">&lt;b&gt;</context>\n'
        '<context context-type="x-gettext-msgid-plural">&lt;b&gt;s</context>\n'
        "</context-group>\n"
        '<context-group name="place" purpose="location"><context context-type="sourcefile">a.c</context>'
        '<context context-type="linenumber">3</context></context-group>\n'
        '<note from="developer">note</note>\n'
        f'<trans-unit id="{entry.id}.0" xml:space="preserve">\n'
        "<source>&lt;b&gt;</source>\n"
        '<target state="needs-review-translation">가</target>\n'
        "</trans-unit>\n"
        f'<trans-unit id="{entry.id}.1" xml:space="preserve">\n'
        "<source>&lt;b&gt;s</source>\n"
        "<target></target>\n"
        "</trans-unit>\n"
        "</group>\n"
        f'<trans-unit id="{entry_id(None, "x")}" xml:space="preserve" approved="yes">\n'
        "<source>x</source>\n"
        '<target state="final">y</target>\n'
        "</trans-unit>\n"
        "</body>\n</file>\n</xliff>\n"
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_obsolete_entries_do_not_go_out(version):
    document = document_of(unit_of(Entry(None, "a", texts=("b",), obsolete=True)))
    assert read_xliff(write_xliff(document, version), "x.xlf").units == ()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("wrong", ["\x00", "\x07", "\x1b", "\ufffe", "\uffff", "\ud800"])
@pytest.mark.parametrize("field", ["context", "msgid", "texts", "comment"])
def test_what_xml_cannot_hold_is_refused_by_name(version, wrong, field):
    value = (f"a{wrong}",) if field == "texts" else f"a{wrong}"
    unit = unit_of(replace(Entry(None, "a"), **{field: value}))
    with pytest.raises(CatalogError, match=rf"messages: XML cannot hold U\+{ord(wrong):04X}"):
        write_xliff(document_of(unit), version)


@pytest.mark.parametrize(
    ("target", "text", "state"),
    [
        ("", "", State.NEEDS_TRANSLATION),
        ("<target/>", "", State.NEEDS_TRANSLATION),
        ("<target>b</target>", "b", State.TRANSLATED),
        ('<target state="new">b</target>', "b", State.TRANSLATED),
        ('<target state="needs-translation">b</target>', "b", State.TRANSLATED),
        ('<target state="needs-review-translation">b</target>', "b", State.NEEDS_REVIEW),
        ('<target state="needs-adaptation">b</target>', "b", State.NEEDS_REVIEW),
        ('<target state="translated">b</target>', "b", State.TRANSLATED),
        ('<target state="signed-off">b</target>', "b", State.FINAL),
        (
            '<target><mrk mtype="seg" mid="1">b <g id="1">c</g></mrk><ph id="2">%s</ph></target>',
            "b c%s",
            State.TRANSLATED,
        ),
        ("<target><![CDATA[<b>]]> &amp; &#13;</target>", "<b> & \r", State.TRANSLATED),
    ],
)
def test_what_tools_write_in_1_2_is_understood(target, text, state):
    content = (
        FILE1 % f'<group><trans-unit id="1"><source>a</source>{target}<note>n</note></trans-unit></group>'
    )
    (unit,) = read_xliff(content.encode(), "x.xlf").units
    assert (unit.entry.msgid, unit.entry.texts, unit.entry.translator_comment) == ("a", (text,), "n")
    assert (unit.state, unit.entry.fuzzy) == (state, state is State.NEEDS_REVIEW)


@pytest.mark.parametrize(
    ("segments", "text", "state"),
    [
        ("<segment><source>a</source></segment>", "", State.NEEDS_TRANSLATION),
        ("<segment><source>a</source><target>b</target></segment>", "b", State.TRANSLATED),
        ('<segment state="initial"><source>a</source><target>b</target></segment>', "b", State.TRANSLATED),
        (
            '<segment state="initial" subState="gettext:fuzzy"><source/><target>b</target></segment>',
            "b",
            State.NEEDS_REVIEW,
        ),
        ('<segment state="reviewed"><source>a</source><target>b</target></segment>', "b", State.TRANSLATED),
        ('<segment state="final"><source>a</source><target>b</target></segment>', "b", State.FINAL),
        (
            MIXED,
            "b d",
            State.TRANSLATED,
        ),
        (
            f"<segment><source>a</source><target>{INLINE}</target></segment>",
            "b\x1bc",
            State.TRANSLATED,
        ),
    ],
)
def test_what_tools_write_in_2_is_understood(segments, text, state):
    content = FILE2 % f'<group id="g"><unit id="1">{segments}</unit></group>'
    (unit,) = read_xliff(content.encode(), "x.xlf").units
    assert (unit.entry.texts, unit.state) == ((text,), state)


def unit1(inside, *, name="1"):
    return FILE1 % f'\n<trans-unit id="{name}">{inside}</trans-unit>'


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("<a>\n<b></a>", "line 2: mismatched tag"),
        ("", "line 1: no element found"),
        ("<a/>", "line 1: <a> is not XLIFF"),
        ('<xliff version="1.0"/>', "line 1: not a version of XLIFF that is read here: ''"),
        (f"{V1}</xliff>", "line 1: holds 0 <file> elements, not one"),
        (f"{V2}<file id='1'/><file id='2'/></xliff>", "line 1: holds 2 <file> elements, not one"),
        ("<?xml version='1.0' encoding='klingon'?><a/>", "line 1: unknown encoding"),
        ("<a>\x07</a>", "line 1: not well-formed"),
        ("<a>" * 60 + "</a>" * 60, "line 1: elements within elements, more than 50 deep"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_the_reason(content, complaint):
    with pytest.raises(CatalogError) as refused:
        read_xliff(content.encode(), "x.xlf")
    assert complaint in str(refused.value)


TWO1 = "<trans-unit id='1'><source>a</source><target>b</target></trans-unit>" * 2
LINE = (
    '<context-group><context context-type="sourcefile">f</context>'
    '<context context-type="linenumber">x</context>'
)
PLURAL1 = "<group restype='x-gettext-plurals'/><trans-unit"


def unit2(inside):
    return FILE2 % f"<unit id='1'>{inside}</unit>"


def source2(inside):
    return unit2(f"<segment><source>{inside}</source></segment>")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (unit1("<target>b</target>"), Fault.UNREADABLE),
        (unit1('<source>a</source><target>b <x id="1"/></target>'), Fault.CODES),
        (unit1('<source>a <x id="1"/></source><target>b</target>'), Fault.CODES),
        (unit1('<source>a<g id="1">b</g></source>', name=entry_id(None, "a<b>b</b>")), Fault.CODES),
        (unit1("<source>a</source>").replace("<trans-unit", PLURAL1), Fault.UNREADABLE),
        (unit1("<source>changed</source>", name=entry_id(None, "a")), Fault.OTHER_SOURCE),
        (unit1(f"<source>a</source>{LINE}</context-group>"), Fault.UNREADABLE),
        (FILE1 % TWO1, Fault.TWICE),
        (
            unit2("<notes><note category='place'>a:x</note></notes><segment><source>a</source></segment>"),
            Fault.UNREADABLE,
        ),
        (unit2(""), Fault.UNREADABLE),
        (source2("a").replace("<unit", "<group id='1' type='gettext:plural'/><unit"), Fault.UNREADABLE),
        (unit2("<segment state='odd'><source>a</source></segment>"), Fault.UNREADABLE),
        (unit2("<segment><source>a</source><target>b<ph id='1'/></target></segment>"), Fault.CODES),
        (source2("<cp hex='d800'/>"), Fault.UNREADABLE),
        (source2("<cp hex='110000'/>"), Fault.UNREADABLE),
        (source2("<cp hex='0'/>"), Fault.UNREADABLE),
    ],
)
def test_one_bad_unit_is_named_and_the_others_are_read(content, fault):
    good1 = "<trans-unit id='z'><source>good</source><target>좋음</target></trans-unit>"
    good2 = "<unit id='z'><segment><source>good</source><target>좋음</target></segment></unit>"
    content = content.replace("</body>", f"{good1}</body>").replace("</file></xliff>", "%s</file></xliff>")
    content = content.replace("%s", "" if good1 in content else good2)
    units = [unit.entry for unit in read_xliff(content.encode(), "x.xlf").units]
    assert fault in [entry.fault for entry in units]
    assert (units[-1].msgid, units[-1].texts, units[-1].fault) == ("good", ("좋음",), None)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_empty_text_says_no_state_so_that_filling_it_in_is_enough(version):
    plural = Entry("c", "%s day", "%s days", ("", ""))
    content = write_xliff(document_of(unit_of(Entry(None, "a")), unit_of(plural)), version).decode()
    assert "state" not in content.partition("<file")[2]
    filled = re.sub("<target([^>]*)></target>", r"<target\1>글</target>", content)
    for old in ("", ' state="needs-translation"', ' state="new"'):  # as files that went out before said it
        said = filled.replace("<target", f"<target{old}") if version == "1.2" else filled
        said = said.replace("<segment>", '<segment state="initial">') if old and version == "2.1" else said
        for unit in read_xliff(said.encode(), "x.xlf").units:
            assert (unit.entry.texts[0], unit.entry.fuzzy, unit.entry.says_state) == ("글", False, False)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x "1234567890"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "https://example.org/a.dtd">',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
        "<!DOCTYPE a>",
    ],
)
def test_a_document_type_is_refused_whatever_is_in_it(doctype):
    with pytest.raises(CatalogError, match=r"x\.xlf: line 1: a document type, which is refused"):
        read_xliff(f"{doctype}<a>&x;</a>".encode(), "x.xlf")


def test_sizes_are_bounded(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ENTRIES", 1)
    two = "".join(f"<trans-unit id='{n}'><source>{n}</source></trans-unit>" for n in "ab")
    with pytest.raises(CatalogError, match="more than 1 entries"):
        read_xliff((FILE1 % two).encode(), "x.xlf")
    monkeypatch.setattr(xml_nodes, "_MOST_ELEMENTS", 4)
    with pytest.raises(CatalogError, match="line 1: more than 4 elements"):
        read_xliff((FILE1 % two).encode(), "x.xlf")
    monkeypatch.setattr(limits, "LARGEST_FILE", 10)
    with pytest.raises(CatalogError, match="larger than 10 bytes"):
        read_xliff((FILE1 % two).encode(), "x.xlf")


@pytest.mark.parametrize("file", [FILE1, FILE2])
@pytest.mark.parametrize(("domain", "language"), [("other", None), (None, "zh-Hans")])
def test_a_file_of_another_domain_or_language_is_refused(file, domain, language):
    with pytest.raises(CatalogError, match=r"x\.xlf: is (of the domain 'd'|in the language 'ko'), not"):
        read_xliff((file % "").encode(), "x.xlf", domain=domain, language=language)
