"""Bringing a domain's messages and units up to date with its sources."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.models import Domain, Message, Unit
from advocacy.models.message import messages_of
from advocacy.rules.languages import Languages
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
        """SHA-256 (hex) of context and source, NUL between them."""
        parts = (self.context or "", self.msgid, self.msgid_plural or "")
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(slots=True)
class SyncReport:
    """How many messages are new, changed or gone, and the current ones by context."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    by_context: dict[str | None, Message] = field(default_factory=dict)


def sync_messages(
    session: Session, domain: Domain, sources: Sequence[Source], languages: Languages
) -> SyncReport:
    """Make the domain's messages say what `sources` say, in their order, each with a unit a language.

    A message with a context is known by it and may change its text: its approved units become outdated.
    One without is known by its text. What is not among the sources stays, marked obsolete.
    """
    report = SyncReport()
    existing = messages_of(session, domain.id)
    by_hash = {message.source_hash: message for message in existing}
    by_context: dict[str | None, Message] = {
        message.context: message for message in existing if message.context is not None
    }
    current = []
    for position, source in enumerate(sources):
        message = by_hash.get(source.hash) or by_context.get(source.context)
        if message is None:
            message = Message(domain_id=domain.id)
            session.add(message)
            report.new += 1
        elif message.source_hash != source.hash:
            _outdate(session, message)
            report.changed += 1
        _say(message, source, position)
        current.append(message)
        report.by_context[source.context] = message
    report.gone = _retire(existing, current)
    session.flush()
    _add_units(session, domain, current, languages)
    return report


def record_shipped(
    session: Session, domain: Domain, language: str, done: Collection[tuple[str | None, str]]
) -> None:
    """Mark what the shipped catalog of `language` holds as approved: it was reviewed before it shipped.

    `done` holds (context, msgid) of the catalog's finished entries. A unit without one is
    untranslated, or stays outdated if it had a translation of an older source.
    """
    query = (
        select(Unit, Message)
        .join(Message, Message.id == Unit.message_id)
        .where(Message.domain_id == domain.id, Unit.language == language)
    )
    for unit, message in session.execute(query):
        if (message.context, message.msgid) in done:
            unit.status = UnitStatus.APPROVED
        elif unit.status is UnitStatus.APPROVED:
            unit.status = UnitStatus.UNTRANSLATED


def _say(message: Message, source: Source, position: int) -> None:
    message.source_hash = source.hash
    message.context, message.msgid, message.msgid_plural = source.context, source.msgid, source.msgid_plural
    message.flags, message.comment, message.places = list(source.flags), source.comment, list(source.places)
    message.position, message.obsolete = position, False


def _outdate(session: Session, message: Message) -> None:
    approved = select(Unit).where(Unit.message_id == message.id, Unit.status == UnitStatus.APPROVED)
    for unit in session.scalars(approved):
        unit.status = UnitStatus.OUTDATED


def _retire(existing: Iterable[Message], current: list[Message]) -> int:
    kept = {message.id for message in current}
    gone = [message for message in existing if message.id not in kept and not message.obsolete]
    for message in gone:
        message.obsolete = True
    return len(gone)


def _add_units(session: Session, domain: Domain, messages: list[Message], languages: Languages) -> None:
    numbers = [message.id for message in messages]
    known = session.execute(select(Unit.message_id, Unit.language).where(Unit.message_id.in_(numbers)))
    have = {(number, language) for number, language in known}
    session.add_all(
        Unit(message_id=number, language=language.tag)
        for language in languages
        if language.tag != domain.source_language
        for number in numbers
        if (number, language.tag) not in have
    )
    session.flush()
