"""Taking in the translations that ship with the software: they were reviewed before they shipped."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.actions.audit import OPERATOR, record
from advocacy.actions.propose import forms_for
from advocacy.actions.releases import build_release, go_live
from advocacy.actions.unit_statuses import refresh_statuses
from advocacy.catalogs.entries import Entry
from advocacy.catalogs.po_catalog import Key
from advocacy.models import Domain, Origin, Release, Translation
from advocacy.models.appeal import blocks_of, is_edited_here
from advocacy.models.facts import TextFacts, UnitFacts, approved_texts, unit_facts
from advocacy.models.release import has_own_work, live_now
from advocacy.models.translation import supersede
from advocacy.models.unit import hold_units_in
from advocacy.rules.languages import Languages
from advocacy.rules.review import TranslationState

Shipped = Mapping[str, Mapping[Key, Entry]]
"""Finished entries by language (BCP 47 tag) and key."""


def take_baseline(
    session: Session, domain: Domain, shipped: Shipped, languages: Languages, *, now: datetime
) -> Release | None:
    """Approve what ships, and make it live where nobody here had a hand in it; returns the release, or None.

    What somebody here approved for the present source stays. Once there is such a text, an edited
    source, or a release that
    people here confirmed, what is new waits for them to publish it. Raises BuildRefusedError, and then what
    ships is taken in, and what was live stays live.
    """
    changed = [_take(session, domain, tag, entries, now) for tag, entries in shipped.items()]
    live = live_now(session, domain.id)
    if has_own_work(session, domain.id) or is_edited_here(session, domain.id):
        return None
    if live is not None and not any(changed) and not _outline_differs(session, live.release):
        return None
    release = build_release(session, domain, languages, by=None, now=now, note="Shipped with the software.")
    release.baseline, release.confirmed_at = True, now
    go_live(session, release)
    details = {"number": release.number, "catalogs": {c.language: c.mo_hash for c in release.catalogs}}
    record(session, "release.baseline", f"release:{release.id}", by=OPERATOR, now=now, details=details)
    return release


def _take(
    session: Session, domain: Domain, language: str, entries: Mapping[Key, Entry], now: datetime
) -> bool:
    hold_units_in(session, domain.id, language)
    approved = approved_texts(session, domain.id, language)
    rows, units = [], []
    for unit in unit_facts(session, domain.id, language):
        entry = entries.get(Key(unit.context, unit.msgid))
        before = approved.get(unit.id)
        if entry is None or not _is_news(language, unit, entry, before):
            continue
        rows.append(_row(unit, entry, now))
        units.append(unit)
    if rows:
        numbers = [unit.id for unit in units]
        supersede(session, numbers, Translation.state == TranslationState.APPROVED)
        session.execute(insert(Translation), rows)
        refresh_statuses(session, units)
    return bool(rows)


def _is_news(language: str, unit: UnitFacts, entry: Entry, before: TextFacts | None) -> bool:
    if (entry.msgid_plural or None) != unit.msgid_plural or len(entry.texts) != forms_for(
        unit.msgid_plural, language
    ):
        return False
    if before is None or before.source_hash != unit.source_hash:
        return True
    return before.origin is Origin.BASELINE and before.texts != list(entry.texts)


def _row(unit: UnitFacts, entry: Entry, now: datetime) -> dict[str, object]:
    return {
        "unit_id": unit.id,
        "texts": list(entry.texts),
        "author_id": None,
        "origin": Origin.BASELINE,
        "state": TranslationState.APPROVED,
        "msgid": unit.msgid,
        "msgid_plural": unit.msgid_plural,
        "source_hash": unit.source_hash,
        "content_hash": unit.content_hash(entry.texts),
        "created_at": now,
    }


def _outline_differs(session: Session, release: Release) -> bool:
    return blocks_of(session, release.domain_id) != release.outline
