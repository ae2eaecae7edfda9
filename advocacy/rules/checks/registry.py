"""Every check there is, and how they are run."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from advocacy.rules.checks import (
    characters,
    chinese,
    consistency,
    endings,
    korean,
    length,
    markup,
    numbers,
    placeholders,
    plurals,
    spacing,
)
from advocacy.rules.checks.base import Check, Entry, Finding, Severity, normal_tag
from advocacy.rules.checks.plain import is_plain
from advocacy.rules.checks.plurals import forms_of

MOST_FINDINGS = 20
"""How many findings of one check are reported; a text with more has been understood by then."""

MOST_READ = 20_000
"""Characters in all forms of a text beyond which only blocking checks are run."""

_ALL: tuple[Check, ...] = (
    plurals.Empty(),
    placeholders.Placeholders(),
    placeholders.Percent(),
    markup.Tags(),
    markup.Entities(),
    markup.Url(),
    markup.Email(),
    numbers.MustMatchNumbers(),
    characters.Controls(),
    spacing.Newline(),
    length.MaxLength(),
    consistency.Same(),
    spacing.BeginSpace(),
    spacing.EndSpace(),
    spacing.DoubleSpace(),
    endings.EndStop(),
    numbers.Numbers(),
    consistency.Duplicate(),
    length.Length(),
    consistency.Glossary(),
    consistency.Inconsistent(),
    korean.Josa(),
    korean.CjkPunctuation(),
    korean.Kana(),
    korean.Hanja(),
    korean.SpeechLevel(),
    chinese.Halfwidth(),
    chinese.SixDots(),
    chinese.Quotes(),
    chinese.ScriptMix(),
)


def all_checks() -> tuple[Check, ...]:
    """Return every check, blocking ones first, in the order in which findings are shown."""
    return _ALL


def checks_for(language_tag: str) -> tuple[Check, ...]:
    """Return the checks that mean anything in a language (any BCP 47 or gettext spelling)."""
    return _serving(normal_tag(language_tag))


@lru_cache(maxsize=256)
def _serving(language: str) -> tuple[Check, ...]:
    return tuple(check for check in _ALL if check.serves(language))


def run_checks(entry: Entry, *, language_tag: str, checks: Iterable[Check] | None = None) -> list[Finding]:
    """Return what is wrong with a translation, blocking findings first; nothing if none is there yet.

    `checks` are those of `checks_for(language_tag)` unless given. Each reports MOST_FINDINGS at most, and
    warnings are left out for a text longer than MOST_READ; of one too long to be a translation nothing but
    that is said. Takes any text and never raises for one.
    """
    if not any(entry.targets):
        return []
    chosen = checks_for(language_tag) if checks is None else checks
    if sum(map(len, (entry.source, entry.source_plural or "", *entry.targets))) > MOST_READ:
        chosen = [check for check in chosen if check.severity is Severity.BLOCKING]
    if length.is_flooded(entry):
        chosen = [check for check in chosen if isinstance(check, length.MaxLength)]
    forms = forms_of(entry, language_tag)
    found = [finding for check in chosen for finding in islice(check.check(forms), MOST_FINDINGS)]
    return sorted(found, key=lambda finding: finding.severity is not Severity.BLOCKING)


def blocking_findings(entry: Entry, *, language_tag: str) -> list[Finding]:
    """Return what keeps a translation from being published: the blocking half of `run_checks`, and faster."""
    if is_plain(entry):
        return []
    return run_checks(entry, language_tag=language_tag, checks=_blocking(normal_tag(language_tag)))


@lru_cache(maxsize=256)
def _blocking(language: str) -> tuple[Check, ...]:
    return tuple(check for check in _serving(language) if check.severity is Severity.BLOCKING)


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether a text with these findings must not be published."""
    return any(finding.severity is Severity.BLOCKING for finding in findings)
