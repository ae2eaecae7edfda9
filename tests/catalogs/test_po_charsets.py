"""PO files in the charsets of the world: read if the header tells the truth."""

import pytest

from advocacy.catalogs.po_files import CatalogError, parse_po, read_po, write_po
from tests.catalogs.gettext_tools import HEADER, UTF_8, run


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("UTF-8", "가 漢 é"),
        ("utf8", "가"),
        ("EUC-KR", "북한 사람들"),
        ("CP949", "북한 뷁"),
        ("GB18030", "请愿书"),
        ("Big5", "請願書功"),
        ("ISO-8859-2", "Zażółć"),
        ("KOI8-R", "Письмо"),
        ("Shift_JIS", "請願表"),
        ("ASCII", "plain"),
        ("windows-1252", "“é”"),
    ],
)
def test_a_charset_that_the_header_names_is_read_and_utf_8_is_written(tmp_path, charset, text):
    before, after = tmp_path / "before.po", tmp_path / "after.po"
    before.write_bytes((HEADER % charset + f'# {text}\nmsgid "a"\nmsgstr "{text}"\n').encode(charset))
    catalog = read_po(before)
    assert (catalog[0].msgstr, catalog[0].tcomment) == (text, text)
    write_po(catalog, after)
    assert "charset=utf-8" in after.read_text("utf-8").lower().replace("utf8", "utf-8")
    assert run("msgfmt", "-o", tmp_path / "x.mo", after).returncode == 0


def test_numeric_escapes_are_bytes_of_the_file_s_charset():
    content = (HEADER % "EUC-KR" + 'msgid "a"\nmsgstr "\\xbc\\xad\\270\\355"\n').encode()
    assert parse_po(content, "x.po")[0].msgstr == "서명"


@pytest.mark.parametrize("head", ["", 'msgid ""\nmsgstr "X: y\\n"\n\n', HEADER % "CHARSET"])
def test_a_file_that_names_no_charset_is_utf_8_and_says_so_when_written(tmp_path, head):
    file = tmp_path / "messages.po"
    catalog = parse_po((head + '# of a\nmsgid "a"\nmsgstr "가"\n').encode(), "x.po")
    assert (catalog[0].msgstr, catalog[0].tcomment) == ("가", "of a")
    write_po(catalog, file)
    assert "charset=UTF-8" in file.read_text("utf-8")
    assert read_po(file)[0].msgstr == "가"


def test_a_byte_order_mark_and_windows_line_ends_are_taken():
    content = b"\xef\xbb\xbf" + (UTF_8 + '# c\nmsgid "a"\nmsgstr ""\n"b"\n').replace("\n", "\r\n").encode()
    (entry,) = parse_po(content, "x.po")
    assert (entry.msgstr, entry.tcomment) == ("b", "c")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (
            (HEADER % "EUC-KR" + 'msgid "a"\nmsgstr "가나다"\n').encode(),
            "the header says charset=euc_kr, but the bytes are UTF-8",
        ),
        (
            (HEADER % "ASCII" + 'msgid "a"\nmsgstr "가"\n').encode(),
            "the header says charset=ascii, but the bytes are UTF-8",
        ),
        (
            (HEADER % "latin1" + 'msgid "a"\nmsgstr "가"\n').encode(),
            "the header says charset=iso8859-1, but the bytes are UTF-8",
        ),
        (
            (UTF_8 + 'msgid "a"\nmsgstr "가나다"\n').encode("euc-kr"),
            "line 5: 'utf-8' codec can't decode byte 0xb0",
        ),
        (
            (HEADER % "ASCII" + 'msgid "a"\nmsgstr "가나다"\n').encode("cp949"),
            "line 5: 'ascii' codec can't decode byte 0xb0",
        ),
        ((HEADER % "KLINGON").encode(), "the header says charset=KLINGON, which is not known here"),
        ((HEADER % "UTF-7").encode(), "the header says charset=UTF-7, which is not known here"),
        ((HEADER % "rot13").encode(), "the header says charset=rot13, which is not known here"),
        (
            (HEADER % "raw_unicode_escape").encode(),
            "the header says charset=raw_unicode_escape, which does not hold",
        ),
        ((HEADER % "idna").encode(), "the header says charset=idna, which"),
        (UTF_8.encode("utf-16"), "is in UTF-16, where UTF-8 is wanted"),
        (
            b'msgid "a"\nmsgstr ""\nmsgid "" msgstr "charset=big5\\n"',
            "the header does not begin with a field",
        ),
        (
            b'msgid ""\nmsgstr "A: charset" "=big5\\n"',
            "the header says charset=big5, where it cannot be told",
        ),
        (b'msgid ""\nmsgstr "A: x\\nA: y\\n"', "line 1: the header field 'A' stands twice"),
        (b'msgid ""\nmsgid_plural "s"\nmsgstr[0] ""', "line 1: a header that is obsolete or has a plural"),
        (b'#~ msgid ""\n#~ msgstr ""', "line 1: a header that is obsolete or has a plural"),
    ],
)
def test_a_header_that_lies_or_cannot_be_held_is_refused(content, complaint):
    with pytest.raises(CatalogError) as refused:
        parse_po(content, "x.po")
    assert complaint in str(refused.value)
