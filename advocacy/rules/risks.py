"""Which proposed texts want a closer look: what in them can lead readers astray, and nobody has seen yet."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from rapidfuzz.distance import Indel

from advocacy.rules.checks.base import Entry, Form, normal_tag
from advocacy.rules.checks.markup import Email, Url
from advocacy.rules.checks.numbers import said_numbers
from advocacy.rules.checks.patterns import blank
from advocacy.rules.checks.quantities import Values
from advocacy.rules.dates import Day, dates_in

LIKE_ENOUGH = 0.6
"""Likeness to the approved text, from 0 to 1, below which a change is a large one."""


class Risk(StrEnum):
    """What makes a text worth a closer look."""

    LINK = "link"
    NUMBER = "number"
    NAME = "name"
    DATE = "date"
    DIFFERS = "differs"
    LARGE_CHANGE = "large_change"
    WARNING = "warning"
    NEW_AUTHOR = "new_author"
    NO_REVIEWER = "no_reviewer"
    OLD = "old"

    @property
    def weight(self) -> int:
        """How much it counts where texts are put in order: what readers are led astray by, most."""
        return _WEIGHTS[self]


_WEIGHTS = {
    Risk.LINK: 6,
    Risk.DIFFERS: 5,
    Risk.NUMBER: 3,
    Risk.NAME: 3,
    Risk.DATE: 3,
    Risk.LARGE_CHANGE: 3,
    Risk.WARNING: 2,
    Risk.NEW_AUTHOR: 2,
    Risk.NO_REVIEWER: 1,
    Risk.OLD: 1,
}

FEW_APPROVED = 5
"""Approved texts below which somebody is still new here."""

LONG_WAIT = timedelta(days=7)
"""How long a text waits before that is a reason to look at it."""


class Around(NamedTuple):
    """What is known about a text beside its words.

    `differs` says whether an item is not as in the source, `approved` how many texts of its author were
    approved before (None for the operator), `reviewers` how many people may decide on it, and `waited` since
    when it has been there.
    """

    differs: bool = False
    approved: int | None = None
    reviewers: int = 1
    waited: timedelta = timedelta(0)


NOTHING_KNOWN = Around()


def weight(found: Iterable[Risk]) -> int:
    """Return how much these risks count together."""
    return sum(risk.weight for risk in found)


def risks(
    texts: Sequence[str],
    approved: Sequence[str],
    language: str,
    *,
    warned: bool,
    around: Around = NOTHING_KNOWN,
) -> list[Risk]:
    """Return what speaks for a closer look at `texts`, in the order of Risk; all forms count as one text.

    Links, numbers, names and dates count if the `approved` text, empty if there is none, does not hold the
    very same ones. `warned` says whether a check warns of the text. `language` is a BCP 47 tag.
    """
    new, old = "\n".join(texts), "\n".join(approved)
    found = {
        Risk.LINK: links_in(new) != links_in(old),
        Risk.NUMBER: not _same(numbers_in(new, language), numbers_in(old, language)),
        Risk.NAME: names_in(new) != names_in(old),
        Risk.DATE: not _same(dates_written(new), dates_written(old)),
        Risk.DIFFERS: around.differs,
        Risk.LARGE_CHANGE: bool(old) and Indel.normalized_similarity(old, new) < LIKE_ENOUGH,
        Risk.WARNING: warned,
        Risk.NEW_AUTHOR: around.approved is not None and around.approved < FEW_APPROVED,
        Risk.NO_REVIEWER: around.reviewers < 1,
        Risk.OLD: around.waited >= LONG_WAIT,
    }
    return [risk for risk, there in found.items() if there]


def links_in(text: str) -> frozenset[str]:
    """Return the web and mail addresses in a text."""
    return frozenset(address for check in (Url(), Email()) for address, _ in check.addresses(text))


def _same(numbers: frozenset[frozenset[Any]], others: frozenset[frozenset[Any]]) -> bool:
    """Whether each number, or date, may be one of the others, and each of those one of these."""
    return all(
        any(one & other for other in there)
        for here, there in ((numbers, others), (others, numbers))
        for one in here
    )


def dates_written(text: str) -> frozenset[frozenset[Day]]:
    """Return the dates in a text, each as every day that it may be."""
    return frozenset(date.days for date in dates_in(blank(text)))


def numbers_in(text: str, language: str) -> frozenset[Values]:
    """Return the numbers in a text that are written in digits, each as every value that it may have."""
    form = Form(Entry(None, "", None, (text,)), normal_tag(language), 0)
    return frozenset(number.values for number in said_numbers(form)[0])


# A capitalised word that begins no sentence, or one in Latin letters amid another script.
_LATIN = re.compile(
    r"(?<![.!?:…\n] )(?<!^)(?<![A-Za-z0-9\n.])[A-Z][A-Za-z’'-]+(?: [A-Z][A-Za-z’'-]+)*", re.MULTILINE
)
_TITLES_KO = (
    "씨|님|대통령|주석|총리|장관|대사|의원|대표|위원장|사무총장|교수|박사|목사|신부|기자|배우|감독|여사"
)
_KOREAN = re.compile(rf"[가-힣]{{2,4}}(?= (?:{_TITLES_KO}))|[가-힣]{{3}}(?=씨)")
_TITLES_ZH = (
    "先生|女士|小姐|总统|總統|主席|总理|總理|部长|部長|大使|议员|議員|教授|博士|牧师|牧師|记者|記者|导演|導演"
)
_HAN = re.compile(rf"[\u4e00-\u9fff·]{{2,4}}(?={_TITLES_ZH})|(?<=《)[^《》\n]{{1,40}}(?=》)")


def names_in(text: str) -> frozenset[str]:
    """Return what looks like a name: capitalised words, and what stands before a person's title.

    Names are not found in every text that has one: a name without a title is a word like others in Korean
    and Chinese. The glossary knows those that matter.
    """
    prose = blank(text)
    return frozenset(match[0] for pattern in (_LATIN, _KOREAN, _HAN) for match in pattern.finditer(prose))
