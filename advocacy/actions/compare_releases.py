"""What readers will see change, before anybody says yes to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from advocacy.catalogs.entries import entries_of
from advocacy.catalogs.po_files import parse_po
from advocacy.models import Domain, Release
from advocacy.models.appeal import blocks_of
from advocacy.models.facts import approved_texts, unit_facts
from advocacy.rules.differences import has_spaces
from advocacy.rules.languages import Languages
from advocacy.rules.release_changes import Change, Shown, changes, extent


@dataclass(frozen=True, slots=True)
class LanguageChanges:
    """What changes for readers of a language (BCP 47 tag), and what they will see in the source's language.

    Of the source's own language nothing is translated, and so nothing falls back.
    """

    language: str
    changes: list[Change]
    messages: int
    translated: int
    fallbacks: list[Shown]

    @property
    def extent(self) -> tuple[int, int]:
        """How many words go and come, or characters where the language writes without spaces."""
        return extent(self.changes, language=self.language)

    @property
    def in_words(self) -> bool:
        """Whether `extent` counts words."""
        return has_spaces(self.language)


def changes_to_come(
    session: Session, domain: Domain, languages: Languages, live: Release | None, to: Release | None
) -> list[LanguageChanges]:
    """Return what changes in each language when `to` takes the place of `live`, the source's language last.

    `to` is None for what a build would hold now; `live` is None where nothing is live. Only an appeal's own
    text is part of its releases: of the interface, the source's language is left out.
    """
    found = []
    for language in languages:
        if language.tag != domain.source_language:
            before = _released(live, language.tag) if live else []
            after = _released(to, language.tag) if to else _approved(session, domain, language.tag)
            translated = sum(bool(one.texts) for one in after)
            fallbacks = [one for one in after if not one.texts]
            found.append(
                LanguageChanges(language.tag, changes(before, after), len(after), translated, fallbacks)
            )
    outline = to.outline if to else blocks_of(session, domain.id)
    if outline is not None:
        before, after = _sources(live.outline if live else None), _sources(outline)
        found.append(
            LanguageChanges(domain.source_language, changes(before, after), len(after), len(after), [])
        )
    return found


def _released(release: Release, language: str) -> list[Shown]:
    """Return a language of a release as its readers see it."""
    catalog = next((one for one in release.catalogs if one.language == language), None)
    if catalog is None:
        return []
    entries = entries_of(parse_po(catalog.po, f"release {release.number}"))
    return [
        _shown(entry.context, entry.msgid, entry.msgid_plural, entry.texts if entry.is_done else ())
        for entry in entries
    ]


def _approved(session: Session, domain: Domain, language: str) -> list[Shown]:
    """Return a language as its readers would see it if a release were built now."""
    approved = approved_texts(session, domain.id, language)
    found = []
    for unit in unit_facts(session, domain.id, language):
        text = approved.get(unit.id)
        texts = text.texts if text is not None and text.source_hash == unit.source_hash else ()
        found.append(_shown(unit.context, unit.msgid, unit.msgid_plural, texts))
    return found


def _shown(context: str | None, msgid: str, plural: str | None, texts: Iterable[str]) -> Shown:
    return Shown(context, (msgid,) if plural is None else (msgid, plural), tuple(texts))


def _sources(outline: list[dict[str, str]] | None) -> list[Shown]:
    return [Shown(block["key"], (block["text"],), ()) for block in outline or []]
