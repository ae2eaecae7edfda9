"""The audit log's verbs: add to it, and find out whether it is whole.

What is written is in the caller's transaction, so that no act happens without its entry, and no entry without
its act.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from advocacy.models import AuditEntry
from advocacy.models.audit_entry import entries_after, last_entry
from advocacy.models.publication import published_manifests
from advocacy.models.release import logs_behind_releases
from advocacy.vault.chain import FIRST, Head, entry_hash
from advocacy.vault.manifests import log_in

OPERATOR = "operator"
"""Who acts at the command line, and needs no account for it."""

PROGRAM = "program"
"""What happens by itself, on the day that somebody set."""

_PAGE = 1000


class BrokenLogError(Exception):
    """The log is not what was written: the message says from which entry on."""


def record(
    session: Session,
    act: str,
    subject: str,
    *,
    by: str,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry: `act` done to `subject` ("appeal:3") by an actor. No personal data in any of it."""
    last = last_entry(session)
    entry = AuditEntry(
        id=last.id + 1 if last else 1,
        at=now.replace(microsecond=0),
        actor=by,
        act=act,
        subject=subject,
        details=dict(details or {}),
        previous=last.hash if last else FIRST,
    )
    entry.hash = entry_hash(entry.previous, _words(entry))
    session.add(entry)
    session.flush()
    return entry


def head(session: Session) -> Head:
    """Return the newest entry, held against others who would add one, until the transaction ends."""
    last = last_entry(session)
    return Head(last.id, last.hash.hex()) if last else Head(0, FIRST.hex())


def verify(session: Session, kept: Iterable[Head] = ()) -> Head:
    """Return the newest entry. Raises BrokenLogError.

    Finds every entry changed, taken out or put in. That the end was cut off and written anew shows beside
    newest entries kept elsewhere: those in `kept`, and those in releases and published manifests.
    """
    number, newest = 0, FIRST
    remembered = {*kept, *_remembered(session)}
    places = {each.entry for each in remembered}
    found = {Head(0, FIRST.hex())}
    while page := entries_after(session, number, most=_PAGE):
        for entry in page:
            fits = entry.id == number + 1 and entry.previous == newest
            if not fits or entry.hash != entry_hash(newest, _words(entry)):
                raise BrokenLogError(f"The audit log is broken from entry {number + 1} on.")
            number, newest = entry.id, entry.hash
            if number in places:
                found.add(Head(number, newest.hex()))
    if lost := remembered - found:
        first = min(lost, key=lambda each: each.entry)
        raise BrokenLogError(f"The audit log is not the one that entry {first.entry} was kept of.")
    return Head(number, newest.hex())


def _remembered(session: Session) -> list[Head]:
    releases = [Head(*each) for each in logs_behind_releases(session)]
    return releases + [log for text in published_manifests(session) if (log := log_in(text))]


def _words(entry: AuditEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "act": entry.act,
        "subject": entry.subject,
        "details": entry.details,
    }
