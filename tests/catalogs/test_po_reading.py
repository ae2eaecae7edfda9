"""What a PO file says is what GNU gettext reads in it; a file that says nothing certain is refused."""

import gettext
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.catalogs.po_files import CatalogError, compile_mo, parse_po, read_po, write_po
from tests.catalogs.gettext_tools import PLURALS, UTF_8, accepted, canonical, run

RICH = f"""\
# Translations of the letter.
#
# second line \\o
#. of the code
#: a.c:3
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: x\\n"
"Language: ar\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {PLURALS["ar"]}\\n"
"X-Poedit: one\\n"

#  two spaces
#no space, and a very-long-hyphenated-comment-that-goes-on-and-on, {"so-it-would-be-cut " * 8}
#. extracted
#.
#.   kept
#: a.c:1 b.c c.c:3 \u2068my file.c\u2069:5 \u2068x y\u2069 http://x:80 old.c : 7
#: {" ".join(f"advocacy/templates/public/some-page-{number}.html:{number}" for number in range(8))}
#, c-format, range: 1..5
#| msgctxt "was"
#| msgid "before "
#| "that"
#| msgid_plural "befores"
msgctxt ""
msgid "%d a\\x41\\101\\a\\v\\xec\\x84\\x9c\\""
msgid_plural "%d as"
msgstr[0] "" "%d"
"\\0331" " tail"
msgstr[1] "%d"
msgstr[2] "%d"
msgstr[3] "%d"
msgstr[4] "%d"
msgstr[5] "%d\u2028\u2029\x85\x1c"

msgid "one" msgstr "line" # of the next

msgctxt "c"
msgid "joi\\
ned"
msgstr "\\x4142"

# kept
#, fuzzy
#~| msgctxt "oc"
#~| msgid "old "
#~| "er"
#~ msgctxt "oc"
#~ msgid "gone"
#~ msgid_plural "gones"
#~ msgstr[0] "g"
#~ msgstr[1] ""
#~ "g"
"""

ENTRY = [
    "# c",
    "#. c",
    "#: f:1",
    "#, fuzzy",
    '#| msgctxt "p"',
    '#| msgid "p"',
    '#| msgid_plural "p"',
    'msgctxt "c"',
    'msgid "a"',
    'msgid_plural "as"',
    'msgstr "x"',
    'msgstr[0] "y"',
    'msgstr[1] "z"',
    '"more"',
    "",
]
BROKEN = [
    'msgstr[2] "w"',
    'msgid "b"',
    'msgstr "un',
    "junk",
    "msgid",
    '"a" "b"',
    "[0]",
    '#| "m"',
    'msgstr "\\q"',
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("reading")


@st.composite
def files(draw):
    """Whole entries, or nearly: lines left out, doubled or put elsewhere, some behind `#~`."""
    lines = []
    for number in range(draw(st.integers(1, 3))):
        kept = [
            line for line in ENTRY if draw(st.integers(0, 9)) < 5 or line.startswith(("msgid ", "msgstr "))
        ]
        if not draw(st.integers(0, 4)):
            kept.insert(draw(st.integers(0, len(kept))), draw(st.sampled_from(ENTRY + BROKEN)))
        obsolete = draw(st.booleans())
        entry = [line.replace('"a"', f'"a{number}"') for line in kept]
        lines += [behind_mark(line) if obsolete and draw(st.integers(0, 9)) else line for line in entry]
    return UTF_8 + "\n".join(lines) + "\n"


def behind_mark(line):
    return line.replace("#|", "#~|") if line.startswith("#") or not line else f"#~ {line}"


@settings(max_examples=150)
@given(files())
def test_a_file_is_read_if_and_only_if_gettext_reads_it(folder, text):
    file = folder / "messages.po"
    file.write_bytes(text.encode())
    try:
        catalog = read_po(file)
    except CatalogError as error:
        assert not accepted(file), error  # noqa: PT017
        return
    before = canonical(file)
    write_po(catalog, file)
    assert without_empty(canonical(file)) == without_empty(before)


def without_empty(text):
    """Empty comment lines before an entry, which polib's entry has no room for."""
    return "\n".join(line for line in text.split("\n") if line not in ("#", "#."))


def test_a_rich_file_says_the_same_after_it_was_read_and_written(tmp_path):
    before, after = tmp_path / "before.po", tmp_path / "after.po"
    before.write_bytes(RICH.encode())
    write_po(read_po(before), after)
    assert canonical(after) == canonical(before)
    once = after.read_bytes()
    write_po(read_po(after), after)
    assert after.read_bytes() == once
    assert b"#~| msgctxt" in once


def test_comments_keep_their_lines_and_their_hyphenated_words(tmp_path):
    file = tmp_path / "messages.po"
    file.write_bytes(RICH.encode())
    write_po(read_po(file), file)
    kept = [line for line in RICH.split("\n") if line.startswith(("#  ", "#."))]
    assert set(kept) <= set(file.read_text("utf-8").split("\n"))
    assert "# no space, and a very-long-hyphenated-comment-that-goes-on-and-on, so-it" in file.read_text(
        "utf-8"
    )


@pytest.mark.parametrize("name", ["messages.po", "messages.pot"])
@pytest.mark.parametrize(
    "comment", ["ends in a \\", ", fuzzy", "~ msgid", "| msgid", ": a.c:1", ". x", "\ttab", " x "]
)
def test_a_comment_stays_a_comment(tmp_path, comment, name):
    file = tmp_path / name
    catalog = parse_po((UTF_8 + 'msgid "a"\nmsgstr "b"\n').encode(), name)
    catalog.header = catalog[0].tcomment = catalog[0].comment = comment
    write_po(catalog, file)
    again = read_po(file)
    assert accepted(file)
    assert [again.header, again[0].tcomment, again[0].comment] == [comment + " " * comment.endswith("\\")] * 3
    assert again[0].flags == again[0].occurrences == []


pieces = st.sampled_from(
    [
        "a",
        "가",
        "\\n",
        "\\a",
        "\\t",
        "\\\\",
        '\\"',
        "\\x41g",
        "\\x4142g",
        '\\x5" "1',
        "\\101",
        "\\1011",
        "\\60g",
        "\u2028",
        "\x1c",
        "\x85",
        '" "',
        '"\n"',
        "\\xea\\xb0\\x80g",
        "\\352\\260\\200",
        "x",
        "1",
    ]
)


@settings(max_examples=60)
@given(st.lists(pieces, max_size=12))
def test_every_escape_means_what_msgfmt_says(folder, drawn):
    file, mo = folder / "escapes.po", folder / "escapes.mo"
    file.write_bytes(f'{UTF_8}msgid "k"\nmsgstr "k{"".join(drawn)}k"\n'.encode())
    assert run("msgfmt", "-o", mo, file).returncode == 0
    assert translations(compile_mo(read_po(file))) == translations(mo.read_bytes())


def translations(mo):
    return gettext.GNUTranslations(BytesIO(mo))._catalog
