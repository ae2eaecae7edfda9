"""A corrected sentence that must not wait for its translations: live at once, and everybody is told."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.decide import actor
from advocacy.actions.decide_as_seen import ChangedMeanwhileError
from advocacy.actions.edit_source import SOURCE_EDIT
from advocacy.actions.notify import tell_staff
from advocacy.actions.releases import NotLiveError, demand_settled, demand_whole, go_live, stored
from advocacy.catalogs.builds import build_catalog
from advocacy.catalogs.entries import Entry, entries_of
from advocacy.catalogs.po_files import parse_po
from advocacy.models import Block, Domain, Message, Release, ReleaseCatalog
from advocacy.models.audit_entry import newest_on
from advocacy.models.domain import domain_numbered, hold_domain
from advocacy.models.release import live_of, newest_number
from advocacy.rules.languages import Languages
from advocacy.rules.permissions import Permission
from advocacy.rules.review import SelfConfirmationError, demand_other_person


class NothingToCorrectError(ValueError):
    """What is live says what the source says."""


def correct_urgently(
    session: Session, block: Block, languages: Languages, *, seen: str, reason: str, by: int, now: datetime
) -> Release:
    """Make a block's text, which somebody else has edited, live at once, in its source in every language.

    Returns the release. Nothing else changes for readers: what is approved and not live yet stays so. `seen`
    is the hash of the source that was looked at. Raises SelfConfirmationError, NotSettledError,
    ChangedMeanwhileError, NothingToCorrectError, NotLiveError, CorruptReleaseError.
    """
    domain = domain_numbered(session, block.message.domain_id)
    hold_domain(session, domain.id)
    live = live_of(session, domain.id)
    if live is None or all(one["key"] != block.key for one in live.release.outline or []):
        raise NotLiveError(domain.name)
    demand_whole(live.release)
    session.refresh(block.message)
    text = block.message.msgid
    if block.message.source_hash != seen:
        raise ChangedMeanwhileError
    if any(one["key"] == block.key and one["text"] == text for one in live.release.outline or []):
        raise NothingToCorrectError
    editor = editor_of(session, block.message)
    demand_other_person(editor, by, SelfConfirmationError)
    demand_settled(session, by, Permission.RELEASE_CONFIRM, now=now)
    release = Release(
        domain_id=domain.id,
        number=newest_number(session, domain.id) + 1,
        outline=[
            {**one, "text": text} if one["key"] == block.key else one for one in live.release.outline or []
        ],
        note=reason,
        urgent=True,
        prepared_by=editor,
        prepared_at=now,
        confirmed_by=by,
        confirmed_at=now,
        catalogs=[
            _without(catalog, domain, block.key, text, languages, now=now)
            for catalog in live.release.catalogs
        ],
    )
    session.add(release)
    session.flush()
    details = {
        "number": release.number,
        "catalogs": {c.language: c.mo_hash for c in release.catalogs},
        "block": block.key,
        "reason": reason,
    }
    entry = record(session, "release.urgent", f"release:{release.id}", by=actor(by), now=now, details=details)
    release.log_entry, release.log_hash = entry.id - 1, entry.previous.hex()
    go_live(session, release)
    tell_staff(session, domain, language=None, now=now, but=by)
    return release


def editor_of(session: Session, message: Message) -> int | None:
    """Return the account that gave a message its present text at the desk; None if a file did."""
    entry = newest_on(session, f"message:{message.id}", act=SOURCE_EDIT)
    if entry is None or entry.details.get("after") != message.source_hash:
        return None
    return int(entry.actor.removeprefix("account:"))


def _without(
    catalog: ReleaseCatalog, domain: Domain, key: str, text: str, languages: Languages, *, now: datetime
) -> ReleaseCatalog:
    """Return a live catalog with a block's new source and no translation of it."""
    language = languages.by_tag(catalog.language)
    if language is None:
        raise NotLiveError(catalog.language)
    entries: list[Entry] = [
        replace(entry, msgid=text, texts=("",)) if entry.context == key else entry
        for entry in entries_of(parse_po(catalog.po, domain.name))
    ]
    return stored(catalog.language, build_catalog(domain.name, language, entries, at=now))
