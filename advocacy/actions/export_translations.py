"""A domain in one language as entries, for files and for the memory."""

from collections.abc import Callable, Collection
from dataclasses import replace

from sqlalchemy.orm import Session

from advocacy.actions.propose import forms_for
from advocacy.actions.releases import entry_of
from advocacy.catalogs.entries import Entry, Source
from advocacy.catalogs.memory import Memory, Remembered
from advocacy.models import Domain
from advocacy.models.domain import all_domains
from advocacy.models.facts import TextFacts, UnitFacts, approved_texts, newest_texts, unit_facts
from advocacy.rules.review import TranslationState


def approved_entries(session: Session, domain: Domain, language: str) -> list[Entry]:
    """Return every message of the domain, with its text where one is approved for the present source."""
    entries = _entries(session, domain, language, approved_texts)
    return [
        replace(entry, texts=("",) * len(entry.texts), fuzzy=False, previous=None) if entry.fuzzy else entry
        for entry in entries
    ]


def newest_entries(
    session: Session, domain: Domain, language: str, only: Collection[int] | None = None
) -> list[Entry]:
    """Return every message with the newest text that somebody wrote for it; what is not approved is fuzzy.

    With `only`, those of these units (by id).
    """
    return _entries(session, domain, language, newest_texts, only)


def memory_of(session: Session, language: str) -> Memory:
    """Return the approved texts of all domains in a language, to be asked for similar ones."""
    return Memory(
        Remembered(entry.msgid, tuple(entry.texts), domain.name)
        for domain in all_domains(session)
        for entry in approved_entries(session, domain, language)
        if entry.is_done
    )


def _entries(
    session: Session,
    domain: Domain,
    language: str,
    chosen: Callable[[Session, int, str], dict[int, TextFacts]],
    only: Collection[int] | None = None,
) -> list[Entry]:
    translations = chosen(session, domain.id, language)
    entries = []
    for unit in unit_facts(session, domain.id, language):
        if only is not None and unit.id not in only:
            continue
        translation = translations.get(unit.id)
        forms = forms_for(unit.msgid_plural, language)
        entry = entry_of(unit, ("",) * forms)
        if translation is not None:
            entry = _with_text(entry, translation, unit, forms)
        entries.append(entry)
    return entries


def _with_text(entry: Entry, translation: TextFacts, unit: UnitFacts, forms: int) -> Entry:
    """Return the entry with a text; it has as many forms as the language has now, or programs refuse it."""
    current = translation.source_hash == unit.source_hash and translation.state is TranslationState.APPROVED
    texts = (*translation.texts, *("",) * forms)[:forms]
    fits = len(translation.texts) == forms
    before = Source(entry.context, translation.msgid, translation.msgid_plural)
    outdated = translation.source_hash != unit.source_hash
    return replace(
        entry,
        texts=texts,
        fuzzy=any(texts) and not (current and fits),
        previous=before if outdated else None,
    )
