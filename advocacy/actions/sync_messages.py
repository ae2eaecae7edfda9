"""Bringing a domain's messages and units up to date with its sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.actions.unit_statuses import refresh_status
from advocacy.catalogs.merging import SIMILAR
from advocacy.models import Domain, Message, Unit
from advocacy.models.message import messages_of
from advocacy.rules.languages import Languages
from advocacy.rules.review import source_hash


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
    """How many messages are new, changed or gone, and the current ones by context."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    by_context: dict[str | None, Message] = field(default_factory=dict)


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
            report.changed += 1
        changed = message.source_hash != source.hash
        _say(message, source, position)
        if changed and message.id is not None:
            _refresh_units(session, message)
        current.append(message)
        report.by_context[source.context] = message
    gone = _retire(existing, current)
    report.gone = len(gone)
    session.flush()
    _name_predecessors([message for message in current if message not in existing], gone)
    _add_units(session, domain, current, languages)
    return report


def _say(message: Message, source: Source, position: int) -> None:
    message.source_hash = source.hash
    message.context, message.msgid, message.msgid_plural = source.context, source.msgid, source.msgid_plural
    message.flags, message.comment, message.places = list(source.flags), source.comment, list(source.places)
    message.position, message.obsolete = position, False


def _refresh_units(session: Session, message: Message) -> None:
    session.flush()
    for unit in session.scalars(select(Unit).where(Unit.message_id == message.id)):
        refresh_status(session, unit)


def _name_predecessors(new: list[Message], gone: list[Message]) -> None:
    """Let each new message without a context name the retired one whose place it took, if one is similar."""
    spare = {message.id: message.msgid for message in gone if message.context is None}
    for message in new:
        if message.context is None and spare:
            best = process.extractOne(message.msgid, spare, scorer=fuzz.ratio, score_cutoff=SIMILAR)
            if best:
                message.before_id = best[2]
                del spare[best[2]]


def _retire(existing: Iterable[Message], current: list[Message]) -> list[Message]:
    kept = {message.id for message in current}
    gone = [message for message in existing if message.id not in kept and not message.obsolete]
    for message in gone:
        message.obsolete = True
    return gone


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
