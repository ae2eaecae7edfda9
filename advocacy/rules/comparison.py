"""A translation beside its source, item by item, for people who may not read its language.

What stands in both is compared by value, as the checks do it: 30 million is 3000만. A line that says "not the
same" is exactly one of which a check has something to say; the others are what it found in order.
"""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
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


class Aspect(StrEnum):
    """What is compared."""

    NUMBER = "number"
    ADDRESS = "address"
    PLACEHOLDER = "placeholder"
    TAG = "tag"
    TERM = "term"
    LENGTH = "length"


class Line(NamedTuple):
    """An item as the source has it and as the translation has it.

    Where one of them is empty, the item is not there, or, if the line is the `same`, it is there in words.
    """

    aspect: Aspect
    source: str
    found: str
    same: bool


def compare(form: Form) -> tuple[Line, ...]:
    """Return the items of a form and its source side by side, in the order of Aspect."""
    return (
        *_numbers(form),
        *_addresses(form),
        *_placeholders(form),
        *_tags(form),
        *_terms(form),
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
