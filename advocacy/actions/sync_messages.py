"""Bringing a domain's messages and units up to date with its sources."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.actions.notify import tell_of_new_texts, tell_of_outdated_texts
from advocacy.actions.unit_statuses import refresh_status
from advocacy.catalogs.merging import SIMILAR
from advocacy.models import Domain, Message
from advocacy.models.message import messages_of
from advocacy.models.translation import approved_in
from advocacy.models.unit import add_units, hold_units, lock_units, unit_numbers, units_of
from advocacy.rules.languages import Languages
from advocacy.rules.review import source_hash
from advocacy.rules.translation import UnitStatus


@dataclass(frozen=True, slots=True)
class Source:
    """A message as its source has it."""

    context: str | None
    msgid: str
    msgid_plural: str | None = None
    flags: tuple[str, ...] = ()
    comment: str = ""
    places: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of context and source, as rules.review has it."""
        return source_hash(self.context, self.msgid, self.msgid_plural)


@dataclass(slots=True)
class SyncReport:
    """How many messages are new, changed or gone, and what that means for languages (BCP 47 tags).

    `added` counts the units that are new in each, `outdated` the approved texts of each author (account id)
    in each that now have another source.
    """

    new: int = 0
    changed: int = 0
    gone: int = 0
    added: dict[str, int] = field(default_factory=dict)
    outdated: Counter[tuple[int, str]] = field(default_factory=Counter)


def sync_messages(
    session: Session, domain: Domain, sources: Sequence[Source], languages: Languages
) -> SyncReport:
    """Make the domain's messages say what `sources` say, in their order, each with a unit a language.

    A message with a context is known by it and may change its text: what was approved is then outdated.
    One without is known by its text. What is not among the sources stays, marked obsolete.
    """
    report = SyncReport()
    existing = messages_of(session, domain.id)
    by_hash = {message.source_hash: message for message in existing}
    wanted = {source.hash for source in sources}
    # A context may be used by several messages: one whose own source still stands is nobody else's.
    by_context = {
        message.context: message
        for message in existing
        if message.context is not None and message.source_hash not in wanted
    }
    found, new = [], []
    for position, source in enumerate(sources):
        message = by_hash.get(source.hash) or by_context.pop(source.context or "", None)
        if message is None:
            new.append(_new(domain, source, position))
        else:
            found.append((message, _facts(source, position)))
    kept = {message.id for message, _ in found}
    _hold(session, existing, found, kept)
    for message, facts in found:
        changed = message.source_hash != facts["source_hash"]
        _say(message, facts)
        if changed:
            report.changed += 1
            report.outdated += _refresh_units(session, message)
    gone = _retire(session, existing, kept)
    if new:
        session.execute(insert(Message), new)
        _name_predecessors(session, domain, {row["source_hash"] for row in new}, gone)
    report.new, report.gone = len(new), len(gone)
    report.added = add_units(session, domain, [language.tag for language in languages])
    return report


def tell_of_sources(session: Session, domain: Domain, report: SyncReport, *, now: datetime) -> None:
    """Tell translators what there is to do after a sync, and authors which of their texts it outdated."""
    tell_of_new_texts(session, domain, report.added, now=now)
    tell_of_outdated_texts(session, domain, report.outdated, now=now)


def _hold(
    session: Session,
    existing: Sequence[Message],
    found: Sequence[tuple[Message, dict[str, Any]]],
    kept: set[int],
) -> None:
    """Hold the units of what will change: they change with it, and are held in one order by everybody."""
    changing = [message.id for message in existing if message.id not in kept and not message.obsolete]
    changing += [message.id for message, facts in found if message.obsolete or _differs(message, facts)]
    lock_units(session, unit_numbers(session, changing))


def _differs(message: Message, facts: dict[str, Any]) -> bool:
    return any(getattr(message, name) != value for name, value in facts.items())


def _retire(session: Session, existing: Sequence[Message], kept: set[int]) -> list[Message]:
    gone = [message for message in existing if message.id not in kept and not message.obsolete]
    for message in gone:
        message.obsolete = True
    session.flush()
    return gone


def add_messages(session: Session, domain: Domain, sources: Sequence[Source], languages: Languages) -> int:
    """Add those of `sources` that the domain does not have yet, after the others. Returns how many.

    Nothing that is there is changed or retired.
    """
    known = {message.source_hash for message in messages_of(session, domain.id)}
    new = [
        _new(domain, source, len(known) + position)
        for position, source in enumerate(sources)
        if source.hash not in known
    ]
    if new:
        session.execute(insert(Message), new)
    add_units(session, domain, [language.tag for language in languages])
    return len(new)


def _new(domain: Domain, source: Source, position: int) -> dict[str, Any]:
    return {"domain_id": domain.id, "obsolete": False, **_facts(source, position)}


def _facts(source: Source, position: int) -> dict[str, Any]:
    return {
        "source_hash": source.hash,
        "context": source.context,
        "msgid": source.msgid,
        "msgid_plural": source.msgid_plural,
        "flags": list(source.flags),
        "comment": source.comment,
        "places": list(source.places),
        "position": position,
    }


def _say(message: Message, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        if getattr(message, name) != value:
            setattr(message, name, value)
    if message.obsolete:
        message.obsolete = False


def _refresh_units(session: Session, message: Message) -> Counter[tuple[int, str]]:
    """Make the statuses true; returns whose text is outdated now, by account id and language."""
    session.flush()
    units, outdated = units_of(session, message.id), Counter[tuple[int, str]]()
    hold_units(session, *units)
    for unit in units:
        before = unit.status
        now = refresh_status(session, unit)
        if now is UnitStatus.OUTDATED and before is not now:
            approved = approved_in(session, unit.id)
            if approved is not None and approved.author_id is not None:
                outdated[approved.author_id, unit.language] += 1
    return outdated


def _name_predecessors(session: Session, domain: Domain, new: set[str], gone: list[Message]) -> None:
    """Let each new message without a context name the retired one whose place it took, if one is similar."""
    spare = {message.id: message.msgid for message in gone if message.context is None}
    if not spare:
        return
    for message in messages_of(session, domain.id):
        if message.source_hash in new and message.context is None and spare:
            best = process.extractOne(message.msgid, spare, scorer=fuzz.ratio, score_cutoff=SIMILAR)
            if best:
                message.before_id = best[2]
                del spare[best[2]]
    session.flush()
