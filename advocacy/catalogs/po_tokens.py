"""The words, strings and comments of a PO file, cut as GNU gettext cuts them (po-lex.c).

Only LF ends a line, whatever else Unicode takes for an end. A backslash before it joins two lines.
`#~` marks the rest of its line as obsolete, `#|` as previous. A string takes C's escapes; octal and
hexadecimal ones are bytes of the file's charset, so characters exist only once all of a text is joined.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from typing import NamedTuple

from advocacy.catalogs.errors import CatalogError

_TOKEN = re.compile(
    r"""[ \t\r\f\v]*
    (?: "(?P<string>[^"\\]*(?:\\.[^"\\]*)*)"
      | (?P<marker>\#~\|?|\#\|)
      | \#(?P<comment>.*)
      | (?P<word>[a-z_]+)
      | \[\s*(?P<index>[0-9]{1,4})\s*\]
      | (?P<end>$)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]+)|([0-7]{1,3})|(.))", re.DOTALL)
_NUMERIC = re.compile(r"(?<!\\)(?:\\\\)*\\[x0-7]")
_MEANING = {
    "n": "\n", "t": "\t", "b": "\b", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "\\": "\\", '"': '"',
}  # fmt: skip


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    INDEX = auto()
    STRING = auto()
    COMMENT = auto()


class Token(NamedTuple):
    """A piece of a PO file: a string between its quotes, a comment behind its `#`, both as they stand."""

    kind: Kind
    text: str
    line: int
    obsolete: bool
    previous: bool


def tokens(text: str, name: str) -> Iterator[Token]:
    """Yield the tokens of a file's text, in order. Raises CatalogError at what is none."""
    for number, line in _lines(text):
        position, marker = 0, ""
        while position < len(line):
            found = _TOKEN.match(line, position)
            if not found:
                raise CatalogError(name, _complaint(line[position:].lstrip()), number)
            position = found.end()
            kind, content = found.lastgroup or "end", found[found.lastgroup or 0]
            if kind == "marker":
                marker = content
            elif kind != "end":
                yield Token(Kind[kind.upper()], content, number, "~" in marker, "|" in marker)


def meaning(literals: Iterable[Token], codec: str, name: str) -> str:
    """Return the text that strings say together. Raises CatalogError for an escape that is none, or NUL."""
    literals = list(literals)
    try:
        text = _meaning([literal.text for literal in literals], codec)
    except KeyError as error:
        raise CatalogError(name, f"\\{error.args[0]} is not an escape", literals[0].line) from None
    except UnicodeError as error:
        raise CatalogError(name, str(error), literals[0].line) from None
    if "\0" in text or "\4" in text:
        said = "NUL" if "\0" in text else "U+0004, which gettext keeps for itself"
        raise CatalogError(name, f"a string says {said}", literals[0].line)
    return text


def _meaning(literals: list[str], codec: str) -> str:
    joined = "".join(literals)
    if "\\" not in joined:
        return joined
    if not _NUMERIC.search(joined):
        return _ESCAPE.sub(lambda escape: _MEANING[escape[3]], joined)
    # Each by itself: "\x4" "1" is an escape and a character, not \x41.
    return b"".join(_bytes(literal, codec) for literal in literals).decode(codec)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, or that of the first where several are joined."""
    parts: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if line.endswith("\\") and number < len(lines):
            parts.append(line[:-1])
        else:
            yield number - len(parts), "".join([*parts, line])
            parts.clear()


def _complaint(rest: str) -> str:
    if rest.startswith('"'):
        return "a string does not end on its line"
    return f"{rest[:20]!r} is not part of a PO file"


def _bytes(literal: str, codec: str) -> bytes:
    parts, position = [], 0
    for escape in _ESCAPE.finditer(literal):
        parts.append(literal[position : escape.start()].encode(codec))
        parts.append(_MEANING[escape[3]].encode() if escape[3] else bytes([_number(escape)]))
        position = escape.end()
    return b"".join([*parts, literal[position:].encode(codec)])


def _number(escape: re.Match[str]) -> int:
    """Return the byte of an octal or hexadecimal escape: of too large a number, its lowest."""
    return int(escape[1][-2:], 16) if escape[1] else int(escape[2], 8) & 0xFF
