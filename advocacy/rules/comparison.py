"""A translation beside its source, item by item, for people who may not read its language.

What stands in both is compared by value, as the checks do it: 30 million is 3000만. A line that says "not the
same" is exactly one of which a check has something to say; the others are what it found in order. No check
judges dates, sentences and negations: there a difference is a hint, for a good translation may have one.
"""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from advocacy.rules.checks.base import Form
from advocacy.rules.checks.consistency import terms_used
from advocacy.rules.checks.length import Length
from advocacy.rules.checks.markup import Email, Url
from advocacy.rules.checks.numbers import (
    MUST_MATCH,
    MustMatchNumbers,
    Numbers,
    required_numbers,
    said_numbers,
)
from advocacy.rules.checks.patterns import PLACEHOLDER, TAG
from advocacy.rules.checks.placeholders import expected_placeholders
from advocacy.rules.checks.quantities import Quantity
from advocacy.rules.dates import WrittenDate, dates_in
from advocacy.rules.negations import negations_in
from advocacy.rules.sentences import sentences_in


class Aspect(StrEnum):
    """What is compared."""

    NUMBER = "number"
    ADDRESS = "address"
    DATE = "date"
    PLACEHOLDER = "placeholder"
    TAG = "tag"
    TERM = "term"
    SENTENCES = "sentences"
    NEGATION = "negation"
    LENGTH = "length"

    @property
    def is_hint(self) -> bool:
        """Whether a difference is no fault, but something to look at."""
        return self in _HINTS


_HINTS = (Aspect.DATE, Aspect.SENTENCES, Aspect.NEGATION, Aspect.LENGTH)


class Line(NamedTuple):
    """An item as the source has it and as the translation has it.

    Where one of them is empty, the item is not there, or, if the line is the `same`, it is there in words.
    """

    aspect: Aspect
    source: str
    found: str
    same: bool


def compare(form: Form, source_language: str) -> tuple[Line, ...]:
    """Return the items of a form and its source side by side, in the order of Aspect.

    `source_language` is a BCP 47 tag. What cannot be told of one of the two languages is left out.
    """
    return (
        *_numbers(form),
        *_addresses(form),
        *_dates(form),
        *_placeholders(form),
        *_tags(form),
        *_terms(form),
        *_sentences(form, source_language),
        *_negations(form, source_language),
        _length(form),
    )


def _numbers(form: Form) -> Iterator[Line]:
    written, spelled = said_numbers(form)
    rest = list(written)
    lines: dict[Line, None] = {}
    for number in required_numbers(form):
        match = next((other for other in written if other.values & number.values), None)
        rest = [other for other in rest if not other.values & number.values]
        in_digits = form.text[slice(*match.span)] if match else ""
        same = match is not None or bool(number.values & spelled)
        lines[Line(Aspect.NUMBER, form.source[slice(*number.span)], in_digits, same)] = None
    known = (MustMatchNumbers() if MUST_MATCH in form.entry.flags else Numbers()).known(form)
    for number in rest:
        lines[_new_number(form, number, known=bool(number.values & known))] = None
    yield from lines


def _new_number(form: Form, number: Quantity, *, known: bool) -> Line:
    return Line(Aspect.NUMBER, "", form.text[slice(*number.span)], known)


def _addresses(form: Form) -> Iterator[Line]:
    for check in (Url(), Email()):
        known = [address for source in form.sources for address, _ in check.addresses(source)]
        wanted = dict.fromkeys(address for address, _ in check.addresses(form.source))
        found = dict.fromkeys(address for address, _ in check.addresses(form.text))
        for address in wanted:
            yield Line(Aspect.ADDRESS, address, address if address in found else "", address in found)
        for address in found:
            if address not in wanted:
                yield Line(Aspect.ADDRESS, address if address in known else "", address, address in known)


def _dates(form: Form) -> Iterator[Line]:
    """Yield the dates: those that both texts have, then the others, one beside the other as they come."""
    wanted, found = dates_in(form.source_prose), dates_in(form.prose)
    missing = []
    for date in wanted:
        match = next((other for other in found if other.days & date.days), None)
        if match is None:
            missing.append(date)
        else:
            found.remove(match)
            yield _dated(form, date, match, same=True)
    for date, other in zip_longest(missing, found):
        yield _dated(form, date, other, same=False)


def _dated(form: Form, date: WrittenDate | None, other: WrittenDate | None, *, same: bool) -> Line:
    source = form.source[slice(*date.span)] if date else ""
    return Line(Aspect.DATE, source, form.text[slice(*other.span)] if other else "", same)


def _sentences(form: Form, source_language: str) -> Iterator[Line]:
    wanted = sentences_in(form.source_prose, source_language)
    found = sentences_in(form.prose, form.language)
    if wanted is not None and found is not None:
        yield Line(Aspect.SENTENCES, str(wanted), str(found), wanted == found)


def _negations(form: Form, source_language: str) -> Iterator[Line]:
    wanted = negations_in(form.source_prose, source_language)
    found = negations_in(form.prose, form.language)
    if wanted is not None and found is not None and (wanted or found):
        same = len(wanted) == len(found)
        yield Line(Aspect.NEGATION, ", ".join(wanted), ", ".join(found), same)


def _placeholders(form: Form) -> Iterator[Line]:
    required, allowed = expected_placeholders(form)
    found = Counter(PLACEHOLDER.findall(form.text))
    for token in dict.fromkeys([*allowed, *found]):
        same = required[token] <= found[token] <= allowed[token]
        yield _counted(
            Aspect.PLACEHOLDER, token, max(required[token], allowed[token]), found[token], same=same
        )


def _tags(form: Form) -> Iterator[Line]:
    wanted, found = Counter(TAG.findall(form.source)), Counter(TAG.findall(form.text))
    for tag in dict.fromkeys([*wanted, *found]):
        yield _counted(Aspect.TAG, tag, wanted[tag], found[tag], same=wanted[tag] == found[tag])


def _counted(aspect: Aspect, token: str, wanted: int, found: int, *, same: bool) -> Line:
    return Line(aspect, _times(token, wanted), _times(token, found), same)


def _times(token: str, times: int) -> str:
    return token if times == 1 else f"{token} × {times}" if times else ""


def _terms(form: Form) -> Iterator[Line]:
    for term, wording in terms_used(form):
        yield Line(Aspect.TERM, term.source, wording or "", wording is not None)


def _length(form: Form) -> Line:
    usual = not any(Length().look(form))
    return Line(Aspect.LENGTH, str(len(form.source.strip())), str(len(form.text.strip())), usual)
