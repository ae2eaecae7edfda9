"""The characters of a PO file: which charset its bytes are in, and whether the header tells the truth.

UTF-8 is taken with or without a byte order mark. Another charset is taken if the header names it, Python
knows it, ASCII is part of it (as gettext demands) and the bytes decode. Nothing is guessed: a text
that was decoded wrongly looks like a translation to everybody who cannot read it.
"""

import codecs
import re

from advocacy.catalogs.errors import CatalogError

UTF_8 = "utf-8"
_HEADER = re.compile(rb'^msgid[ \t]+""\s+msgstr\s((?:\s*"[^\r\n]*)+)', re.MULTILINE)
_CHARSET = re.compile(r"charset=([^\s;\"\\]+)", re.IGNORECASE)
_TEMPLATE = "charset"
"""What xgettext writes in place of a name: `charset=CHARSET`."""

_ASCII = bytes(range(1, 128)) + rb" \u0041 \x41 \101 ~{ +AGE- =41 .xn--tda."
"""What means itself in every charset that holds ASCII, and something else in codecs that are none."""


def charset_of(header: str) -> str | None:
    """Return the charset that a header's text names, or None if it names none."""
    named = _CHARSET.search(header)
    return named.group(1) if named and named.group(1).lower() != _TEMPLATE else None


def codec_of(content: bytes, name: str) -> str:
    """Return Python's name for the charset that the file's header names; UTF-8 if it names none.

    Raises CatalogError for a charset that is unknown or does not hold ASCII.
    """
    header = _HEADER.search(content.removeprefix(codecs.BOM_UTF8))
    charset = charset_of(header.group(1).decode("latin-1")) if header else None
    return _codec(charset, name) if charset else UTF_8


def demand_truth(header: str, codec: str, name: str) -> None:
    """Raise CatalogError unless the header, once read, names the charset that the file was read in."""
    charset = charset_of(header)
    if (_codec(charset, name) if charset else UTF_8) != codec:
        raise CatalogError(name, f"the header says charset={charset}, where it cannot be told beforehand")


def text_of(content: bytes, codec: str, name: str) -> str:
    """Return the file's text, its lines ending in LF, without byte order mark.

    Raises CatalogError with the line: bytes that are not of the charset, UTF-8 that is called
    something else, NUL, a CR without LF.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise CatalogError(name, "is in UTF-16, where UTF-8 is wanted")
    if (nul := content.find(b"\0")) >= 0:
        raise CatalogError(name, "holds a NUL", _line(content, nul))
    if codec != UTF_8 and not content.isascii() and _is_utf_8(content):
        raise CatalogError(name, f"the header says charset={codec}, but the bytes are UTF-8")
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode(codec)
    except UnicodeDecodeError as error:
        raise CatalogError(name, str(error), _line(content, error.start)) from None
    text = text.replace("\r\n", "\n")
    if (alone := text.find("\r")) >= 0:
        raise CatalogError(name, "holds a CR without LF", text.count("\n", 0, alone) + 1)
    return text


def _codec(charset: str, name: str) -> str:
    try:
        codec = codecs.lookup(charset).name
        if _ASCII.decode(codec) == _ASCII.decode("ascii"):
            return codec
    except (LookupError, ValueError):  # UnicodeError is a ValueError
        raise CatalogError(name, f"the header says charset={charset}, which is not known here") from None
    raise CatalogError(name, f"the header says charset={charset}, which does not hold ASCII")


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode(UTF_8)
    except UnicodeDecodeError:
        return False
    return True


def _line(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1
