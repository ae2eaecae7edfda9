"""What a translator types to find texts: words, phrases, where they stand, and what is known of a text.

    petition "sign the" source:letter -context:mail status:outdated check:josa changed:2026-11-01

Words are apart by spaces, and every one has to be found. What stands in quotes is found as it stands there.
`source:`, `translation:`, `context:` or `comment:` before it looks there alone, `text:` in source and
translation. `status:`, `check:`, `author:`, `has:` and `changed:` are conditions. A minus turns any of these
round. A space may follow the colon. What nobody can mean, like a status that there is not, or nothing after
a colon, is a fault; the rest of the query stands.
"""

import re
from collections.abc import Callable, Collection
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

from advocacy.rules.translation import UnitStatus

MOST_TERMS = 10
"""Of a query, conditions included."""


class Where(StrEnum):
    """Where a term is looked for; `ANYWHERE` is in all of them."""

    ANYWHERE = "anywhere"
    SOURCE = "source"
    TRANSLATION = "translation"
    CONTEXT = "context"
    COMMENT = "comment"
    TEXT = "text"


class Key(StrEnum):
    """What a condition is about: the day is the first of those on which something changed, in UTC."""

    STATUS = "status"
    CHECK = "check"
    AUTHOR = "author"
    HAS = "has"
    CHANGED = "changed"


class Has(StrEnum):
    """What a unit can have: an open comment, a text of whoever asks."""

    COMMENT = "comment"
    MINE = "mine"


class Term(NamedTuple):
    """Something to look for, never empty; `unwanted` leaves out what has it."""

    text: str
    where: Where = Where.ANYWHERE
    unwanted: bool = False


class Condition(NamedTuple):
    """What has to be true of a unit, or, `unwanted`, must not; `value` is of the kind that the key has."""

    key: Key
    value: str
    unwanted: bool = False


class FaultKind(StrEnum):
    """Why a part of a query means nothing; after an `EMPTY` one's colon nothing is said."""

    KEY = "key"
    EMPTY = "empty"
    STATUS = "status"
    CHECK = "check"
    AUTHOR = "author"
    HAS = "has"
    CHANGED = "changed"
    TOO_MANY = "too many"


class Fault(NamedTuple):
    """A part of a query that means nothing, and what was said there."""

    kind: FaultKind
    said: str


class Query(NamedTuple):
    """A query as it was understood, and what of it was not."""

    terms: tuple[Term, ...] = ()
    conditions: tuple[Condition, ...] = ()
    faults: tuple[Fault, ...] = ()


_PLACES = tuple(where for where in Where if where is not Where.ANYWHERE)
_KNOWN = "|".join((*_PLACES, *Key))
# Keyboards of Chinese and Japanese write wide letters and colons, and other quotes. A quote left open ends
# with the query; a single one is none unless it is closed, for it begins words too.
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("「", "」"), ("『", "』"), ("«", "»"), ("＂", "＂"))
_QUOTED = "|".join(f"{start}(?P<q{number}>[^{end}]+){end}?" for number, (start, end) in enumerate(_QUOTES))
_SINGLE = r"‘(?P<single>.+?)’(?!\S)"
_MINUS = "[-–−－]"
_KEYED = rf"(?P<key>{_KNOWN})[:：]\s*(?!{_MINUS}?(?:{_KNOWN})[:：])"
_TERM = re.compile(
    rf"(?P<minus>{_MINUS}(?=\S))?(?:{_KEYED})?(?:{_QUOTED}|{_SINGLE}|(?P<word>\S+))", re.IGNORECASE
)
_WIDE = {0xFEE0 + code: code for code in (*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1))}
_SAID = (*(f"q{number}" for number in range(len(_QUOTES))), "single", "word")
_EMPTY = re.compile(rf"(?P<key>{_KNOWN})[:：]", re.IGNORECASE)
_UNKNOWN = re.compile(r"(?P<key>[A-Za-z_-]{2,20})[:：](?!//)\S")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


def read_query(text: str, *, checks: Collection[str] = ()) -> Query:
    """Return what a query means; `checks` are the ids of those that there are. Never raises."""
    terms: list[Term] = []
    conditions: list[Condition] = []
    faults: list[Fault] = []
    for match in _TERM.finditer(
        text.translate(_WIDE)
    ):  # one letter for one: a place in it is one in the text
        found = _part(text, match, checks)
        if isinstance(found, Fault):
            faults.append(found)
        elif len(terms) + len(conditions) == MOST_TERMS:
            faults.append(Fault(FaultKind.TOO_MANY, text[slice(*match.span())]))
            break
        elif isinstance(found, Condition):
            conditions.append(found)
        elif found.text:
            terms.append(found)
    return Query(tuple(terms), tuple(conditions), tuple(faults[:MOST_TERMS]))


def written(query: Query, *, checks: Collection[str] = ()) -> str:
    """Return what somebody would type for it; `read_query` reads the same from it, without the faults."""
    parts: list[Term | Condition] = [*query.terms, *query.conditions]
    return " ".join(_written(part, checks) for part in parts)


def _part(text: str, match: re.Match[str], checks: Collection[str]) -> Term | Condition | Fault:
    start, end = next(match.span(name) for name in _SAID if match[name] is not None)
    said = text[start:end].strip()
    key, unwanted = (match["key"] or "").lower(), match["minus"] is not None
    if key in set(Key):
        value = _VALUES[Key(key)](said, checks)
        return Fault(FaultKind(key), said) if value is None else Condition(Key(key), value, unwanted)
    if not key and match["word"]:
        for kind, means_nothing in (
            (FaultKind.EMPTY, _EMPTY.fullmatch(match["word"])),
            (FaultKind.KEY, _UNKNOWN.match(match["word"])),
        ):
            if means_nothing:
                return Fault(kind, said[: means_nothing.end("key")])
    return Term(said, Where(key) if key else Where.ANYWHERE, unwanted)


def _status(said: str, _checks: Collection[str]) -> str | None:
    status = _plain(said)
    return status if status in set(UnitStatus) else None


def _check(said: str, checks: Collection[str]) -> str | None:
    return check if (check := _plain(said)) in checks else None


def _author(said: str, _checks: Collection[str]) -> str | None:
    return said or None


def _has(said: str, _checks: Collection[str]) -> str | None:
    return found if (found := _plain(said)) in set(Has) else None


def _changed(said: str, _checks: Collection[str]) -> str | None:
    return read_day(said)


def read_day(said: str) -> str | None:
    """Return a day as it is written everywhere, or None if what was said is none."""
    said = normalize("NFKC", said)
    if not _DAY.fullmatch(said):
        return None
    try:
        return date(*map(int, said.split("-"))).isoformat()
    except ValueError:
        return None


_VALUES: dict[Key, Callable[[str, Collection[str]], str | None]] = {
    Key.STATUS: _status,
    Key.CHECK: _check,
    Key.AUTHOR: _author,
    Key.HAS: _has,
    Key.CHANGED: _changed,
}


def _plain(said: str) -> str:
    return re.sub(r"[-\s]+", "_", normalize("NFKC", said).lower())


def _written(part: Term | Condition, checks: Collection[str]) -> str:
    said, before = (part.value, part.key) if isinstance(part, Condition) else (part.text, part.where)
    start = ("-" if part.unwanted else "") + ("" if before is Where.ANYWHERE else f"{before}:")
    plain = f"{start}{said}"
    wanted = (part, Term("x"))
    # A word that begins like a quote, or like something else, means itself in quotes alone.
    found = read_query(f"{plain} x", checks=checks)
    if not re.search(r"\s", said) and (*found.conditions, *found.terms) == wanted and not found.faults:
        return plain
    pair = next(((first, last) for first, last in _QUOTES if last not in said), _QUOTES[0])
    return f"{start}{pair[0]}{said}{pair[1]}"
