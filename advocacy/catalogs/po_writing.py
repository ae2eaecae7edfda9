r"""From a catalog to the text of a PO file: what polib writes, less its faults.

Texts are wrapped as polib wraps them, so that a file changes only where its content does. Comments are left
as they are: polib wraps them anew and cuts words at their hyphens. `\a` is escaped, places may hold spaces.
"""

import re
import textwrap

import polib

from advocacy.catalogs.errors import CatalogError
from advocacy.catalogs.po_charset import charset_of
from advocacy.catalogs.po_comments import comment_lines

_CONTENT_TYPE = "text/plain; charset=UTF-8"
_ESCAPES = str.maketrans(
    {
        "\\": r"\\", "\t": r"\t", "\r": r"\r", "\n": r"\n", "\v": r"\v", "\b": r"\b", "\f": r"\f",
        "\a": r"\a", '"': r"\"",
    }
)  # fmt: skip
_COUNTED = re.compile(r'[\\\n\r\t\v\b\f"]')
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def po_bytes(catalog: polib.POFile, name: str) -> bytes:
    """Return the catalog as the bytes of a PO file in UTF-8.

    Raises CatalogError for what a PO file cannot hold: NUL, U+0004, a lone surrogate, a line break
    in a place or a flag.
    """
    header = catalog.metadata_as_entry()
    if charset_of(header.msgstr) is None:
        header.msgstr = _with_charset(catalog)
    header.tcomment = catalog.header
    living = [entry for entry in catalog if not entry.obsolete]
    retired = [entry for entry in catalog if entry.obsolete]
    head = "" if catalog.header else "#\n"
    try:
        texts = [_entry_text(entry, catalog.wrapwidth) for entry in (header, *living, *retired)]
        content = (head + "\n".join(texts)).encode()
    except ValueError as error:  # UnicodeEncodeError is one
        raise CatalogError(name, str(error)) from None
    if (nul := content.find(b"\0")) >= 0:
        raise CatalogError(name, "a PO file cannot hold NUL", content.count(b"\n", 0, nul) + 1)
    return content


def _with_charset(catalog: polib.POFile) -> str:
    complete = polib.POFile()
    complete.metadata = {**catalog.metadata, "Content-Type": _CONTENT_TYPE}
    return complete.metadata_as_entry().msgstr


def _entry_text(entry: polib.POEntry, width: int) -> str:
    mark = "#~ " if entry.obsolete else ""
    before = "#~| " if entry.obsolete else "#| "
    lines = comment_lines(entry, width)
    for field in ("previous_msgctxt", "previous_msgid", "previous_msgid_plural"):
        if (text := getattr(entry, field)) is not None:
            lines += _field(before, field, text, width)
    if entry.msgctxt is not None:
        lines += _field(mark, "msgctxt", entry.msgctxt, width)
    lines += _field(mark, "msgid", entry.msgid, width)
    if entry.msgid_plural:
        lines += _field(mark, "msgid_plural", entry.msgid_plural, width)
        for form in range(max(entry.msgstr_plural, default=0) + 1):
            lines += _field(mark, f"msgstr[{form}]", entry.msgstr_plural.get(form, ""), width)
    else:
        lines += _field(mark, "msgstr", entry.msgstr, width)
    return "\n".join(lines) + "\n"


def _field(mark: str, field: str, text: str, width: int) -> list[str]:
    if "\4" in text:
        raise ValueError(f"{field}: gettext keeps U+0004 for itself")
    pieces = _LINE.findall(text)
    if len(pieces) > 1:
        pieces = ["", *(piece.translate(_ESCAPES) for piece in pieces)]
    elif 0 < width < len(text) + len(field) + 3 - len(_COUNTED.findall(text)):
        pieces = ["", *_wrapped(text.translate(_ESCAPES), width)]
    else:
        pieces = [text.translate(_ESCAPES)]
    word = field.removeprefix("previous_")
    return [f'{mark}{word} "{pieces[0]}"', *(f'{mark}"{piece}"' for piece in pieces[1:])]


def _wrapped(escaped: str, width: int) -> list[str]:
    """Cut an escaped text at spaces and hyphens; no escape holds either, so none is cut."""
    return textwrap.wrap(escaped, width - 2, drop_whitespace=False, break_long_words=False)
