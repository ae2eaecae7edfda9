"""Placeholders: every one of the source is there, no other is, and percent signs can be filled."""

import re
from collections import Counter
from collections.abc import Iterator

from rapidfuzz import process

from advocacy.rules.checks.base import Check, Example, Finding, Form, Severity
from advocacy.rules.checks.patterns import PLACEHOLDER
from advocacy.rules.words import N_

_NAMED = re.compile(r"%\(\w+\)s")
_PERCENT = re.compile(r"%(?:%|\(\w+\)s)?")
_COUNTS = frozenset({"%(count)s", "%(num)s", "{count}", "{num}"})
_LIKENESS = 60  # of 100; "%(cuont)s" is 89 like "%(count)s", "%(name)s" is 67 like "%(num)s"


class Placeholders(Check):
    """Every placeholder of the source stands in the translation as often as there, and no other does.

    In a form that is used for one number only, gettext's convention lets the number go.
    """

    id = "placeholders"
    name = N_("Placeholders")
    help = N_(
        "Placeholders are filled with a value when the text is shown. Keep each one exactly as it stands in"
        " the source, and add none."
    )
    example = Example(
        "%(count)s people signed", "%(cuont)s명이 서명했습니다", "%(count)s명이 서명했습니다", "ko"
    )
    severity = Severity.BLOCKING

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield one finding per placeholder that is missing, misspelt or not in the source."""
        found = Counter(PLACEHOLDER.findall(form.text))
        required, allowed = expected_placeholders(form)
        missing, extra = required - found, found - allowed
        for token in extra:
            meant = process.extractOne(token, list(missing), score_cutoff=_LIKENESS) if missing else None
            if meant:
                del missing[meant[0]]
            yield self._unexpected(form, token, meant[0] if meant else None, known=token in allowed)
        for token in missing:
            yield self.finding(
                form, N_("The translation lacks a placeholder: %(placeholder)s"), placeholder=token
            )

    def _unexpected(self, form: Form, token: str, meant: str | None, *, known: bool) -> Finding:
        start = form.text.rfind(token) if known else form.text.find(token)
        span = (start, start + len(token))
        if meant:
            message = N_("The placeholder %(placeholder)s is misspelt; the source has %(expected)s.")
            return self.finding(form, message, span, placeholder=token, expected=meant)
        if known:
            message = N_("This placeholder stands more often than in the source: %(placeholder)s")
        else:
            message = N_("The source has no such placeholder: %(placeholder)s")
        return self.finding(form, message, span, placeholder=token)


def expected_placeholders(form: Form) -> tuple[Counter[str], Counter[str]]:
    """Return the placeholders that `form` must hold and those it may hold, with how often."""
    counted = [Counter(PLACEHOLDER.findall(source)) for source in form.sources]
    if form.only is None:
        return counted[-1], counted[0] | counted[-1]
    required = counted[0] & counted[-1]
    return Counter({token: times for token, times in required.items() if token not in _COUNTS}), (
        counted[0] | counted[-1]
    )


class Percent(Check):
    """In a text that is filled, a percent sign is doubled or begins a placeholder.

    A text is filled if its source has a placeholder or the flag `python-format`; not with
    `no-python-format`, and not if its source itself could not be (a stale flag).
    """

    id = "percent"
    name = N_("Percent sign")
    help = N_(
        "With placeholders in it, a text cannot show a single percent sign: readers would get the source."
    )
    example = Example("%(share)s%% signed", "서명 %(share)s%", "서명 %(share)s%%", "ko")
    severity = Severity.BLOCKING

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield every percent sign that cannot be filled."""
        if "%" not in form.text or not _filled(form):
            return
        if any("%%" in source for source in form.sources):
            message = N_("Write a percent sign twice, or complete the placeholder: %(found)s")
        else:
            message = N_("Write the percent sign as a word, or complete the placeholder: %(found)s")
        for match in _PERCENT.finditer(form.text):
            if match[0] == "%":
                found = form.text[match.start() : match.start() + 12]
                yield self.finding(form, message, match.span(), found=found)


def _filled(form: Form) -> bool:
    flags = form.entry.flags
    if "no-python-format" in flags or any("%" in _PERCENT.findall(source) for source in form.sources):
        return False
    return "python-format" in flags or any(_NAMED.search(source) for source in form.sources)
