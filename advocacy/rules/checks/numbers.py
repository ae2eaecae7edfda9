"""Numbers: what the source says in digits the translation says too, and it adds none."""

from collections.abc import Iterator
from decimal import Decimal

from advocacy.rules.checks import english_numbers
from advocacy.rules.checks.base import Check, Example, Finding, Form, Severity
from advocacy.rules.checks.patterns import blank
from advocacy.rules.checks.quantities import Quantity, digits_in, scaled_digits_in, spelled_in
from advocacy.rules.words import N_

MUST_MATCH = "must-match-numbers"
_OFTEN_SPELLED = 12  # in a language whose number words are not known here, smaller ones may be in words
_GRAMMARS = {"ko": "ko", "zh-Hans": "zh", "zh-Hant": "zh", "ja": "zh"}


class _Compared(Check):
    """What both checks of numbers do: compare values, not ways of writing them."""

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield a finding per number of the source that is gone, and per number in digits that is new."""
        written, spelled = said_numbers(form)
        said = spelled.union(*(number.values for number in written))
        for number in required_numbers(form):
            if not number.values & said:
                shown = form.source[slice(*number.span)]
                message = N_("A number of the source is missing: %(number)s")
                yield self.finding(form, message, number=shown)
        known = self.known(form)
        for number in written:
            if not number.values & known:
                message = N_("The source has no such number: %(number)s")
                shown = form.text[slice(*number.span)]
                yield self.finding(form, message, number.span, number=shown)

    def known(self, form: Form) -> set[Decimal]:
        """Return every value that the translation may give in digits."""
        stays = form.language not in _GRAMMARS
        known = {Decimal(form.only)} if form.only is not None else set()
        for prose in map(blank, form.sources):
            known |= english_numbers.words_in(prose)
            for number in english_numbers.required_in(prose, scales_may_stay=stays):
                known |= number.values
        return known


class Numbers(_Compared):
    """The numbers of a text that is not flagged `must-match-numbers`. A 1 may always be written out."""

    id = "numbers"
    name = N_("Numbers")
    help = N_("Give the same numbers as the source, in the units of your language.")
    example = Example("30 million people", "3억 명", "3000만 명", "ko")

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield what differs, unless the other check does."""
        return iter(()) if MUST_MATCH in form.entry.flags else super().look(form)

    def known(self, form: Form) -> set[Decimal]:
        """Return what may stand there, a 1 included: many languages have no article and write it."""
        return super().known(form) | {Decimal(1)}


class MustMatchNumbers(_Compared):
    """The numbers of a text that is flagged `must-match-numbers`, where a wrong one does harm."""

    id = "must_match_numbers"
    name = N_("Numbers that must match")
    help = N_("In this text a wrong number does harm. Give exactly the numbers of the source.")
    example = Example("within 48 hours", "24시간 안에", "48시간 안에", "ko", flags=(MUST_MATCH,))
    severity = Severity.BLOCKING

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield what differs, if the text is flagged."""
        return super().look(form) if MUST_MATCH in form.entry.flags else iter(())


def required_numbers(form: Form) -> Iterator[Quantity]:
    """Yield the numbers that the form must give; one that means a single number need give none."""
    if form.only is not None:
        return
    for number in english_numbers.required_in(
        form.source_prose, scales_may_stay=form.language not in _GRAMMARS
    ):
        if form.language in {*_GRAMMARS, "en"} or max(number.values) > _OFTEN_SPELLED:
            yield number


def said_numbers(form: Form) -> tuple[list[Quantity], set[Decimal]]:
    """Return the numbers that the translation gives in digits, and the values it may give in words."""
    grammar = _GRAMMARS.get(form.language)
    if grammar:
        return list(scaled_digits_in(form.prose, grammar)), spelled_in(form.prose, grammar)
    if form.language == "en":
        written = english_numbers.required_in(form.prose, scales_may_stay=False)
        return written, english_numbers.words_in(form.prose)
    return list(digits_in(form.prose)), set()
