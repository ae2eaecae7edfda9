"""Taking an appeal from its file into the database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.actions.sync_messages import Source, SyncReport, sync_messages, tell_of_sources
from advocacy.catalogs.outline import Outline
from advocacy.models import Appeal, Block, Domain, Message
from advocacy.models.message import messages_of
from advocacy.rules.languages import Languages


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: whether the appeal is new, and what became of its messages."""

    created: bool
    messages: SyncReport


def import_appeal(session: Session, outline: Outline, languages: Languages, *, now: datetime) -> ImportReport:
    """Make the appeal in the database say what `outline` says; a second time changes nothing.

    A block whose text changed keeps its message, whose translations are then of an older source.
    A closed appeal stays closed. Translators are told.
    """
    domain = Domain.named(session, outline.domain, source_language=outline.source_language)
    sources = [Source(block.key, block.text, comment=block.note) for block in outline.blocks]
    report = sync_messages(session, domain, sources, languages)
    messages = {message.context: message for message in messages_of(session, domain.id)}
    appeal = session.scalar(select(Appeal).where(Appeal.slug == outline.slug))
    created = appeal is None
    if appeal is None:
        appeal = Appeal(slug=outline.slug, domain_id=domain.id, goal=outline.goal)
        session.add(appeal)
    appeal.goal, appeal.posted_on = outline.goal, outline.posted_on
    appeal.takes_unverified = outline.unverified
    _arrange(appeal, outline, messages)
    session.flush()
    tell_of_sources(session, domain, report, now=now)
    return ImportReport(created, report)


def _arrange(appeal: Appeal, outline: Outline, messages: dict[str | None, Message]) -> None:
    blocks = {block.key: block for block in appeal.blocks}
    arranged = []
    for position, wanted in enumerate(outline.blocks):
        block = blocks.get(wanted.key) or Block(key=wanted.key, message_id=messages[wanted.key].id)
        block.kind, block.position = wanted.kind, position
        arranged.append(block)
    appeal.blocks = arranged
