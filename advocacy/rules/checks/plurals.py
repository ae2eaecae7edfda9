"""Plural forms: none empty, and which of them stand for one number alone."""

from collections.abc import Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from advocacy.rules.checks.base import Check, Entry, Example, Finding, Form, Severity, normal_tag
from advocacy.rules.words import N_

_ORDER = ("zero", "one", "two", "few", "many", "other")
_EVERYDAY = range(200)
_LARGE = (1_000, 1_000_000, 2_000_000)  # French and Spanish count millions in a form of their own


def forms_of(entry: Entry, language_tag: str) -> tuple[Form, ...]:
    """Return the entry's forms, each knowing its language and the one number it is for, if it is."""
    language = normal_tag(language_tag)
    if entry.source_plural is None:
        return tuple(Form(entry, language, index) for index in range(len(entry.targets)))
    only = single_numbers(language, len(entry.targets))
    return tuple(Form(entry, language, index, only[index]) for index in range(len(entry.targets)))


@lru_cache(maxsize=256)
def single_numbers(language_tag: str, forms: int) -> tuple[int | None, ...]:
    """Return for each of a language's plural forms the only number that it is used for, or None.

    The forms are CLDR's, in its order. Where gettext's forms are fewer, those that only large numbers or
    fractions take are left out. In an unknown language, or with another number of forms, all are None.
    """
    try:
        rule = Locale.parse(language_tag.replace("-", "_")).plural_form
    except (UnknownLocaleError, ValueError):
        return (None,) * forms
    for numbers in (_EVERYDAY, (*_EVERYDAY, *_LARGE)):
        of_form: dict[str, list[int]] = {}
        for number in numbers:
            of_form.setdefault(rule(number), []).append(number)
        if len(of_form) == forms:
            ordered = [of_form[form] for form in _ORDER if form in of_form]
            return tuple(form[0] if len(form) == 1 else None for form in ordered)
    return (None,) * forms


class Empty(Check):
    """Every plural form has a text once one has, and no translation consists of spaces."""

    id = "empty"
    name = N_("Empty text")
    help = N_("Fill in every plural form of your language; none may be left empty.")
    example = Example("Sign now", "  ", "지금 서명", "ko")
    severity = Severity.BLOCKING

    def check(self, forms: tuple[Form, ...]) -> Iterator[Finding]:
        """Yield a finding per empty form, unless nothing is translated yet or there is nothing to."""
        if not any(form.text for form in forms):
            return
        for form in forms:
            if not form.text.strip() and form.source.strip():
                yield from self.look(form)

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield the finding for one form that is known to be empty."""
        if form.entry.source_plural is None:
            yield self.finding(form, N_("The translation has nothing but spaces."))
        else:
            yield self.finding(form, N_("A plural form is empty, number %(number)s."), number=form.index + 1)
