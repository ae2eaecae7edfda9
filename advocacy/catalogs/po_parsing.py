r"""From a PO file's text to a catalog, by the grammar of GNU gettext (po-gram-gen.y) and no looser.

polib keeps the entries, but does not read them: it loses `#~|`, knows neither `\a` nor octal and
hexadecimal escapes, cuts texts at U+2028 and its like, and lets duplicates and half entries pass.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import polib

from advocacy.catalogs.errors import CatalogError
from advocacy.catalogs.limits import demand_few
from advocacy.catalogs.po_catalog import Catalog, Key, key_of, read_header
from advocacy.catalogs.po_comments import add_comments
from advocacy.catalogs.po_tokens import Kind, Token, meaning, tokens

_BEGINS = frozenset({"#|msgctxt", "#|msgid", "msgctxt", "msgid"})
_FOLLOWS = {
    "": _BEGINS,
    "#|msgctxt": frozenset({"#|msgid"}),
    "#|msgid": frozenset({"#|msgid_plural", "msgctxt", "msgid"}),
    "#|msgid_plural": frozenset({"msgctxt", "msgid"}),
    "msgctxt": frozenset({"msgid"}),
    "msgid": frozenset({"msgid_plural", "msgstr"}),
    "msgid_plural": frozenset({"msgstr[]"}),
    "msgstr": _BEGINS,
    "msgstr[]": _BEGINS | {"msgstr[]"},
}
"""What may stand after what; "" is the beginning of the file."""

_ENDS = frozenset({"msgstr", "msgstr[]"})


def catalog_from(text: str, codec: str, name: str, *, domain: str | None = None) -> Catalog:
    """Return the catalog that a file's text says; `codec` gives numeric escapes their meaning.

    Raises CatalogError with the line: for whatever msgfmt takes for an error of syntax, for an entry
    that stands twice, for a text of another domain than `domain`, for too many entries.
    """
    reading = _Reading(codec, name, domain)
    for part in _statements(tokens(text, name), name):
        if isinstance(part, _Statement):
            reading.take(part)
        else:
            reading.take_comment(part)
    return reading.end(text.count("\n") + 1)


@dataclass(slots=True)
class _Statement:
    """A word with its strings: `msgid "a" "b"`."""

    word: Token
    index: Token | None = None
    strings: list[Token] = field(default_factory=list)

    @property
    def symbol(self) -> str:
        return f"{'#|' if self.word.previous else ''}{self.word.text}{'[]' if self.index else ''}"


def _statements(stream: Iterable[Token], name: str) -> Iterator[_Statement | Token]:
    """Yield statements, and comments between them."""
    current: _Statement | None = None
    for token in stream:
        if token.kind in (Kind.STRING, Kind.INDEX):
            _extend(current, token, name)
            continue
        if current:
            yield _whole(current, name)
        current = _Statement(token) if token.kind is Kind.WORD else None
        if token.kind is Kind.COMMENT:
            yield token
    if current:
        yield _whole(current, name)


def _extend(current: _Statement | None, token: Token, name: str) -> None:
    if not current:
        raise CatalogError(name, "a string that belongs to nothing", token.line)
    if (token.obsolete, token.previous) != (current.word.obsolete, current.word.previous):
        raise CatalogError(name, "#~ or #| does not stand on every line of an entry", token.line)
    if token.kind is Kind.STRING:
        current.strings.append(token)
    elif current.strings or current.index or current.word.text != "msgstr":
        raise CatalogError(name, f"[{token.text}] has no place here", token.line)
    else:
        current.index = token


def _whole(statement: _Statement, name: str) -> _Statement:
    if not statement.strings:
        raise CatalogError(name, f"{statement.word.text} has no string", statement.word.line)
    return statement


class _Reading:
    """What is known of a file so far, and of the entry in it that has begun."""

    def __init__(self, codec: str, name: str, domain: str | None) -> None:
        self._codec, self._name, self._domain = codec, name, domain
        self._catalog = Catalog()
        self._lines: dict[Key, int] = {}
        self._comments: list[str] = []
        self._parts: dict[str, _Statement] = {}
        self._forms: list[_Statement] = []
        self._state = ""

    def take(self, statement: _Statement) -> None:
        symbol = statement.symbol
        if symbol == "domain" and self._state in _ENDS | {""}:
            self._take_domain(statement)
            return
        if symbol not in _FOLLOWS[self._state]:
            after = f" after {self._state}" if self._state else ""
            raise CatalogError(self._name, f"{symbol} has no place here{after}", statement.word.line)
        if self._state in _ENDS and symbol != "msgstr[]":
            self._finish_entry()
        if symbol == "msgstr[]":
            self._take_form(statement)
        else:
            self._parts[symbol] = statement
        self._state = symbol

    def take_comment(self, comment: Token) -> None:
        if self._state in _ENDS:
            self._finish_entry()
        if self._state:
            raise CatalogError(self._name, "a comment inside an entry", comment.line)
        self._comments.append(comment.text)

    def end(self, last_line: int) -> Catalog:
        if self._state in _ENDS:
            self._finish_entry()
        if self._state:
            raise CatalogError(self._name, f"ends in the middle of an entry, after {self._state}", last_line)
        return self._catalog

    def _take_domain(self, statement: _Statement) -> None:
        domain = self._text(statement)
        if domain != self._domain:
            raise CatalogError(self._name, f"texts of the domain {domain!r}", statement.word.line)

    def _take_form(self, statement: _Statement) -> None:
        if not statement.index or int(statement.index.text) != len(self._forms):
            raise CatalogError(self._name, "the plural forms do not count up from 0", statement.word.line)
        self._forms.append(statement)

    def _text(self, statement: _Statement) -> str:
        return meaning(statement.strings, self._codec, self._name)

    def _finish_entry(self) -> None:
        line = self._parts["msgid"].word.line
        entry = self._entry(line)
        add_comments(entry, self._comments)
        key = key_of(entry)
        if key in self._lines:
            first = self._lines[key]
            raise CatalogError(self._name, f"{key.msgid!r} stands twice, first on line {first}", line)
        self._lines[key] = line
        demand_few(len(self._lines), self._name, line)
        if key == Key(None, ""):
            read_header(entry, self._catalog, self._name)
        else:
            self._catalog.append(entry)
        self._comments, self._parts, self._forms, self._state = [], {}, [], ""

    def _entry(self, line: int) -> polib.POEntry:
        statements = [*self._parts.values(), *self._forms]
        if len({statement.word.obsolete for statement in statements}) > 1:
            raise CatalogError(self._name, "#~ does not stand on every line of an entry", line)
        said = {symbol: self._text(statement) for symbol, statement in self._parts.items()}
        if said.get("msgid_plural") == "":
            raise CatalogError(self._name, "msgid_plural is empty", line)
        return polib.POEntry(
            msgctxt=said.get("msgctxt"),
            msgid=said["msgid"],
            msgid_plural=said.get("msgid_plural", ""),
            msgstr=said.get("msgstr", ""),
            msgstr_plural=dict(enumerate(map(self._text, self._forms))),
            previous_msgctxt=said.get("#|msgctxt"),
            previous_msgid=said.get("#|msgid"),
            previous_msgid_plural=said.get("#|msgid_plural"),
            occurrences=[],
            flags=[],
            obsolete=self._parts["msgid"].word.obsolete,
            linenum=line,
        )
