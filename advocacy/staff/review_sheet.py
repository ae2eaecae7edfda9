"""A proposed text with everything that a reviewer wants beside it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.check_text import check_entry, findings_of, glossary_for
from advocacy.actions.decide_as_seen import sight_of
from advocacy.models import Assignment, Dismissal, Domain, Review, Translation
from advocacy.models.assignment import assigned_among
from advocacy.models.domain import domain_numbered
from advocacy.models.remark import dismissals_of
from advocacy.models.review import reviews_in
from advocacy.models.review_queue import approved_among, approved_by_author, reviewers_by_language
from advocacy.models.translation import translations_of
from advocacy.rules.checks import Finding, GlossaryTerm
from advocacy.rules.checks.plurals import forms_of
from advocacy.rules.comparison import Line, compare
from advocacy.rules.differences import Part, differences
from advocacy.rules.review import TranslationState
from advocacy.rules.risks import Around, Risk, risks

_PUBLIC = (TranslationState.SUBMITTED, TranslationState.APPROVED)


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One form of a text: its source, the approved text or "", the proposal, and how they compare."""

    number: int
    source: str
    approved: str
    text: str
    parts: list[Part]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A proposal to decide on. `approved` is what it would replace, `seen` what the form carries."""

    translation: Translation
    domain: Domain
    approved: Translation | None
    forms: tuple[FormSheet, ...]
    findings: list[Finding]
    risks: list[Risk]
    seen: str
    assigned: Assignment | None = None

    @property
    def language(self) -> str:
        """The language of the text, a BCP 47 tag."""
        return self.translation.unit.language

    @property
    def waits(self) -> bool:
        """Whether it can be decided on: submitted, for a source that is still the same."""
        return self.translation.state is TranslationState.SUBMITTED and not self.outdated

    @property
    def is_faultless(self) -> bool:
        """Whether no check finds anything, and every item is as in the source."""
        return not self.findings and all(line.same for form in self.forms for line in form.lines)

    @property
    def outdated(self) -> bool:
        """Whether the source has changed, or gone, since the text was written."""
        message = self.translation.unit.message
        return message.obsolete or message.source_hash != self.translation.source_hash

    @property
    def source_change(self) -> list[Part]:
        """How the source has changed since the approved text was written; empty if it has not."""
        message = self.translation.unit.message
        if self.approved is None or self.approved.source_hash == message.source_hash:
            return []
        return differences(self.approved.msgid, message.msgid, language=self.domain.source_language)


def sheets_of(session: Session, translations: list[Translation], *, now: datetime) -> list[Sheet]:
    """Return the sheets of a page of translations, each with its unit and message."""
    known = _known(session, translations, now)
    return [_sheet(session, translation, known) for translation in translations]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is looked up once for a page of translations."""

    approved: dict[int, Translation]
    glossaries: dict[str, tuple[GlossaryTerm, ...]]
    by_author: dict[int, int]
    reviewers: dict[str, set[int]]
    assigned: dict[int, Assignment]
    now: datetime

    def around(self, translation: Translation, *, differs: bool) -> Around:
        """Return what is known about a text beside its words."""
        author = translation.author_id
        return Around(
            differs=differs,
            approved=None if author is None else self.by_author.get(author, 0),
            reviewers=len(self.reviewers.get(translation.unit.language, set()) - {author}),
            waited=self.now - translation.created_at,
        )


def _known(session: Session, translations: list[Translation], now: datetime) -> _Known:
    languages = {translation.unit.language for translation in translations}
    authors = {one.author_id for one in translations if one.author_id is not None}
    return _Known(
        approved=approved_among(session, [translation.unit_id for translation in translations]),
        glossaries={language: glossary_for(session, language) for language in languages},
        by_author=approved_by_author(session, authors),
        reviewers=reviewers_by_language(session, languages),
        assigned=assigned_among(session, [translation.id for translation in translations]),
        now=now,
    )


def _sheet(session: Session, translation: Translation, known: _Known) -> Sheet:
    unit = translation.unit
    domain = domain_numbered(session, unit.message.domain_id)
    approved, glossary = known.approved.get(translation.unit_id), known.glossaries[unit.language]
    old = approved.texts if approved is not None and approved.id != translation.id else []
    findings = findings_of(unit.message, translation.texts, unit.language, glossary=glossary)
    forms = tuple(
        FormSheet(
            number=form.index + 1,
            source=form.source,
            approved=(before := old[form.index] if form.index < len(old) else ""),
            text=form.text,
            parts=differences(before, form.text, language=unit.language),
            lines=compare(form, domain.source_language),
        )
        for form in forms_of(check_entry(unit.message, translation.texts, glossary), unit.language)
    )
    differs = any(not line.same for form in forms for line in form.lines)
    around = known.around(translation, differs=differs)
    return Sheet(
        translation=translation,
        domain=domain,
        approved=approved if old else None,
        forms=forms,
        findings=findings,
        risks=risks(translation.texts, old, unit.language, warned=bool(findings), around=around),
        seen=sight_of(session, translation),
        assigned=known.assigned.get(translation.id),
    )


@dataclass(frozen=True, slots=True)
class Past:
    """A text that was proposed before or beside, with what was decided on it."""

    translation: Translation
    reviews: list[Review]


def history_of(session: Session, translation: Translation) -> list[Past]:
    """Return the texts of the same unit that others have seen, newest first, this one among them.

    A draft is its writer's alone, also one that gave way to a later draft.
    """
    decided: dict[int, list[Review]] = {}
    for review in reviews_in(session, translation.unit_id):
        decided.setdefault(review.translation_id, []).append(review)
    return [
        Past(one, decided.get(one.id, []))
        for one in translations_of(session, translation.unit_id)
        if one.id == translation.id or one.state in _PUBLIC or one.id in decided
    ]


def dismissed(session: Session, translation: Translation) -> dict[str, Dismissal]:
    """Return who found which warning about this text unfounded, by the check's id."""
    found = dismissals_of(session, translation.unit_id, translation.content_hash)
    return {dismissal.check: dismissal for dismissal in found}
