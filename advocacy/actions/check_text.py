"""Running the checks on a text for a unit, with what only the database knows."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from advocacy import models
from advocacy.models.glossary_term import all_terms
from advocacy.rules.checks import Entry, Finding, GlossaryTerm, blocking_findings, run_checks
from advocacy.rules.languages import locale_of


class Checkable(Protocol):
    """What a check needs to know of a message."""

    @property
    def context(self) -> str | None: ...  # noqa: D102
    @property
    def msgid(self) -> str: ...  # noqa: D102
    @property
    def msgid_plural(self) -> str | None: ...  # noqa: D102
    @property
    def flags(self) -> Sequence[str]: ...  # noqa: D102


class BlockedTextError(ValueError):
    """A text that must not be submitted, imported or published; `findings` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(sorted({finding.check for finding in findings})))
        self.findings = tuple(findings)


def glossary_for(session: Session, language: str) -> tuple[GlossaryTerm, ...]:
    """Return the glossary as the checks want it, for one language (BCP 47 tag)."""
    return terms_for(all_terms(session), language)


def terms_for(terms: Iterable[models.GlossaryTerm], language: str) -> tuple[GlossaryTerm, ...]:
    """Return terms of the glossary as the checks want them, for one language (BCP 47 tag)."""
    locale = locale_of(language)
    return tuple(
        GlossaryTerm(term.source, words[0], (*words[1:], *map(_stem, words if term.is_verb else ())))
        for term in terms
        if (words := term.targets.get(locale))
    )


def _stem(verb: str) -> str:
    """Return what stays of a Korean verb in its endings: 서명 of 서명하다; others stay whole."""
    return verb.removesuffix("하다").removesuffix("다") or verb


def findings_of(
    message: Checkable, texts: Sequence[str], language: str, *, glossary: tuple[GlossaryTerm, ...] = ()
) -> list[Finding]:
    """Return what the checks find in `texts` as a translation of `message`, blocking findings first."""
    return run_checks(check_entry(message, texts, glossary), language_tag=language)


def blocking_of(message: Checkable, texts: Sequence[str], language: str) -> list[Finding]:
    """Return the findings that keep `texts` from being published; a form that is missing is one."""
    return blocking_findings(check_entry(message, texts), language_tag=language)


def check_entry(message: Checkable, texts: Sequence[str], glossary: tuple[GlossaryTerm, ...] = ()) -> Entry:
    """Return `texts` as a translation of `message`, as the checks want it."""
    return Entry(
        context=message.context,
        source=message.msgid,
        source_plural=message.msgid_plural,
        targets=tuple(texts),
        flags=tuple(message.flags),
        glossary=glossary,
    )
