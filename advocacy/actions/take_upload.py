"""Taking in a file that a translator worked on elsewhere: what would happen, and, once she agrees, that."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.import_translations import import_translations
from advocacy.actions.notify import call_for
from advocacy.actions.plan_import import Conflict, ImportReport, Outcome, TakeAs, plan_import
from advocacy.catalogs.entries import Entry
from advocacy.catalogs.exchange import Format, parse_entries
from advocacy.models import Domain, Upload
from advocacy.rules.notices import NoticeKind

LARGEST_UPLOAD = 4 * 1024 * 1024
"""Bytes."""

FROM_PEOPLE = (TakeAs.DRAFT, TakeAs.SUBMITTED)
"""What a translator's texts can become: approving is for somebody else."""


class ChangedSinceError(Exception):
    """Something else would happen now than what the sender has seen."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of every entry of a file."""

    upload: Upload
    report: ImportReport

    @property
    def stamp(self) -> str:
        """What tells this plan from another one: SHA-256 (hex) of every text and what happens to it."""
        digest = hashlib.sha256()
        for line in self.report.lines:
            there = "" if line.there is None else str(line.there.id)
            said = (line.entry.id, *line.entry.texts, line.outcome.value, line.reason, there)
            digest.update("\0".join(said).encode("utf-8", "surrogatepass") + b"\0\n")
        return digest.hexdigest()


def entries_in(content: bytes, kind: Format, *, domain: Domain, language: str) -> tuple[Entry, ...]:
    """Return what a file says, which came without a name of ours. Raises CatalogError."""
    return parse_entries(content, "file", kind, domain=domain.name, language=language)


def plan_upload(session: Session, upload: Upload, domain: Domain) -> Plan:
    """Return what would become of a file's entries; the units are held until the transaction ends."""
    entries = entries_in(upload.content, Format(upload.kind), domain=domain, language=upload.language)
    return Plan(upload, _planned(session, upload, domain, entries))


def take_upload(session: Session, upload: Upload, domain: Domain, *, stamp: str, now: datetime) -> int:
    """Do what the plan with this stamp says, in its sender's name, and forget the file. Returns how many.

    Raises ChangedSinceError if something else would happen than what she saw.
    """
    plan = plan_upload(session, upload, domain)
    if plan.stamp != stamp:
        raise ChangedSinceError
    take_as = TakeAs(upload.take_as)
    import_translations(session, plan.report, take_as=take_as, by=upload.account_id, now=now)
    taken = plan.report.count(Outcome.TAKEN)
    if taken and take_as is TakeAs.SUBMITTED:
        call_for(session, NoticeKind.REVIEW, now=now, language=upload.language, but=upload.account_id)
    session.delete(upload)
    session.flush()
    return taken


def _planned(session: Session, upload: Upload, domain: Domain, entries: Iterable[Entry]) -> ImportReport:
    take_as = TakeAs(upload.take_as)
    if take_as not in FROM_PEOPLE:
        raise AssertionError("nobody approves by a file")
    return plan_import(
        session,
        domain,
        upload.language,
        entries,
        take_as=take_as,
        conflict=Conflict(upload.conflict),
        by=upload.account_id,
    )
