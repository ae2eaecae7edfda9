"""PO files that are refused, each with its line and the reason."""

import pytest

from advocacy.catalogs import limits
from advocacy.catalogs.po_files import CatalogError, parse_po, read_po
from tests.catalogs.gettext_tools import UTF_8

AFTER_HEADER = {
    'msgid "a"\nmsgstr "b\0"\n': "line 5: holds a NUL",
    'msgid "a"\nmsgstr "b\\0"\n': "line 5: a string says NUL",
    'msgid "a"\nmsgstr "b\\4"\n': "line 5: a string says U+0004",
    'msgid "a"\nmsgstr "b\\400"\n': "line 5: a string says NUL",
    'msgid "a"\nmsgstr "b\\xff"\n': "line 5: 'utf-8' codec can't decode byte 0xff",
    'msgid "a"\nmsgstr "b\rc"\n': "line 5: holds a CR without LF",
    'msgid "a"\nmsgstr "b\\q"\n': "line 5: \\q is not an escape",
    'msgid "a"\nmsgstr "b\n': "line 5: a string does not end on its line",
    'msgid "a"\nmsgstr "b" !\n': "line 5: '!' is not part of a PO file",
    'msgid "a"\n# c\nmsgstr "b"\n': "line 5: a comment inside an entry",
    'msgid "a"\n': "line 5: ends in the middle of an entry, after msgid",
    'msgid "a"\nmsgid "b"\n': "line 5: msgid has no place here after msgid",
    'msgid "a"\nmsgid_plural "as"\nmsgstr[1] "b"\n': "line 6: the plural forms do not count up from 0",
    'msgid "a"\nmsgid_plural ""\nmsgstr[0] "b"\n': "line 4: msgid_plural is empty",
    'msgid "a"\n#~ msgstr "b"\n': "line 4: #~ does not stand on every line of an entry",
    '#~ msgid "a"\n#~ msgstr ""\n"b"\n': "line 6: #~ or #| does not stand on every line of an entry",
    '# c\n"a"\n': "line 5: a string that belongs to nothing",
    'msgid "a"\nmsgstr "b" \\': "line 5: '\\\\' is not part of a PO file",
    'msgid [0] "b"\nmsgstr ""\n': "line 4: [0] has no place here",
    'msgid\nmsgstr ""\n': "line 4: msgid has no string",
    'domain "other"\nmsgid "a"\nmsgstr ""\n': "line 4: texts of the domain 'other'",
    'msgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgstr "2"\n': "line 7: 'a' stands twice, first on line 4",
    '#~ msgid ""\n#~ msgstr ""\n': "line 4: '' stands twice, first on line 1",
}


@pytest.mark.parametrize(("rest", "complaint"), AFTER_HEADER.items())
def test_a_bad_file_is_refused_with_its_line_and_the_reason(rest, complaint):
    with pytest.raises(CatalogError) as refused:
        parse_po((UTF_8 + rest).encode(), "x.po")
    assert str(refused.value).startswith(f"x.po: {complaint}")
    assert (refused.value.file, f"line {refused.value.line}") == ("x.po", complaint.split(":")[0])


def test_a_file_too_large_is_refused_unread(tmp_path, monkeypatch):
    file = tmp_path / "messages.po"
    with file.open("wb") as large:
        large.truncate(limits.LARGEST_FILE + 1)
    with pytest.raises(CatalogError, match="larger than 64,000,000 bytes"):
        read_po(file)
    monkeypatch.setattr(limits, "LARGEST_FILE", 5)
    with pytest.raises(CatalogError, match="larger than 5 bytes"):
        parse_po(b"# long", "x.po")


def test_a_file_of_too_many_entries_is_refused_where_they_begin(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ENTRIES", 3)
    text = UTF_8 + "".join(f'msgid "{number}"\nmsgstr ""\n' for number in range(4))
    with pytest.raises(CatalogError, match=r"line 8: more than 3 entries"):
        parse_po(text.encode(), "x.po")


@pytest.mark.parametrize(
    ("fields", "domain", "language", "complaint"),
    [
        ("Language: ko", None, "ko", None),
        ("Language: ko_KR.UTF-8@x", None, "ko", None),
        ("Language: zh_CN", None, "zh-Hans", None),
        ("Language: zh_TW", None, "zh-Hant", None),
        ("Language: zh-Hant", None, "zh-Hant", None),
        ("Language: ", None, "ko", None),
        ("A: b", None, "ko", None),
        ("Language: en", None, None, None),
        ("X-Domain: messages", "messages", None, None),
        ("Language: en", None, "ko", "is in the language 'en', not 'ko'"),
        ("Language: zh_TW", None, "zh-Hans", "is in the language 'zh_TW', not 'zh-Hans'"),
        ("Language: kok", None, "ko", "is in the language 'kok'"),
        ("X-Domain: other", "messages", None, "is of the domain 'other', not 'messages'"),
    ],
)
def test_a_file_of_another_language_or_domain_is_refused(fields, domain, language, complaint):
    content = f'msgid ""\nmsgstr "{fields}\\n"\n'.encode()
    if complaint is None:
        parse_po(content, "x.po", domain=domain, language=language)
        return
    with pytest.raises(CatalogError, match=complaint):
        parse_po(content, "x.po", domain=domain, language=language)


def test_a_domain_directive_is_taken_where_it_is_the_domain():
    (entry,) = parse_po(b'domain "d"\nmsgid "a"\nmsgstr "b"\n', "x.po", domain="d")
    assert entry.msgstr == "b"


def test_hostile_lengths_take_no_time():
    for text in (
        '"\\\n' * 100_000,
        "\\\n" * 200_000,
        "msgid " + '"" ' * 100_000,
        "[" * 200_000,
        '"' + "\\" * 200_001,
    ):
        with pytest.raises(CatalogError):
            parse_po((UTF_8 + 'msgid "a"\nmsgstr "b"\n' + text).encode() + b" !", "x.po")
    for text in (
        "#: a" + " " * 200_000,
        "#, " + ", ".join(map(str, range(100_000))),
        "#. x\n" * 100_000,
        "#: " + "a:" * 100_000,
    ):
        (entry,) = parse_po(f'{UTF_8}{text}\nmsgid "a"\nmsgstr "b"\n'.encode(), "x.po")
        assert entry.msgstr == "b"
    header = "A: b\\n" + "c\\n" * 100_000
    assert parse_po(f'msgid ""\nmsgstr "{header}"\n'.encode(), "x.po").metadata["A"].startswith("b\nc")
