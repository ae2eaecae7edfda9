"""What a translator types to find texts: words, phrases, where they stand, what leaves a text out.

    petition "sign the" source:letter -context:mail

Words are apart by spaces, and every one has to be found. What stands in quotes is found as it stands there.
`source:`, `translation:` or `context:` before it looks there alone; a minus leaves out what has it.
"""

import re
from enum import StrEnum
from typing import NamedTuple

MOST_TERMS = 10


class Where(StrEnum):
    """Where a term is looked for; `ANYWHERE` also in comments."""

    ANYWHERE = "anywhere"
    SOURCE = "source"
    TRANSLATION = "translation"
    CONTEXT = "context"


class Term(NamedTuple):
    """Something to look for, never empty; `unwanted` leaves out what has it."""

    text: str
    where: Where = Where.ANYWHERE
    unwanted: bool = False


_FIELDS = "|".join(where for where in Where if where is not Where.ANYWHERE)
# Keyboards of Chinese and Japanese write wide colons and other quotes. A quote left open ends with the query.
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("「", "」"), ("『", "』"), ("«", "»"))
_QUOTED = "|".join(f"{start}(?P<q{number}>[^{end}]+){end}?" for number, (start, end) in enumerate(_QUOTES))
_TERM = re.compile(
    rf"(?P<minus>[-−－](?=\S))?(?:(?P<where>{_FIELDS})[:：](?=\S))?(?:{_QUOTED}|(?P<word>\S+))", re.IGNORECASE
)


def read_query(text: str) -> tuple[Term, ...]:
    """Return the terms of a query in order, at most `MOST_TERMS`; whatever is typed means something."""
    found = [_term(match) for match in _TERM.finditer(text)]
    return tuple(term for term in found if term.text)[:MOST_TERMS]


def _term(match: re.Match[str]) -> Term:
    groups = match.groupdict()
    words = (groups["word"], *(groups[f"q{number}"] for number in range(len(_QUOTES))))
    where = Where(groups["where"].lower()) if groups["where"] else Where.ANYWHERE
    return Term("".join(filter(None, words)).strip(), where, groups["minus"] is not None)
