"""Taking an appeal from its file into the database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.actions.sync_messages import Source, SyncReport, sync_messages, tell_of_sources
from advocacy.catalogs.outline import Outline, OutlineBlock
from advocacy.models import Appeal, Block, Domain, Message
from advocacy.models.message import messages_of
from advocacy.rules.languages import Languages


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: whether the appeal is new, and what became of its messages.

    `kept` are the keys of blocks that were edited here, whose text is not the file's.
    """

    created: bool
    messages: SyncReport
    kept: tuple[str, ...] = ()


def import_appeal(
    session: Session, outline: Outline, languages: Languages, *, now: datetime, over_edits: bool = False
) -> ImportReport:
    """Make the appeal in the database say what `outline` says; a second time changes nothing.

    A block whose text changed keeps its message, whose translations are then of an older source.
    A block that was edited here keeps that text, unless the file goes `over_edits`. A closed appeal stays
    closed. Translators are told.
    """
    domain = Domain.named(session, outline.domain, source_language=outline.source_language)
    kept = {} if over_edits else _edited(session, outline)
    sources = [
        Source(block.key, kept.get(block.key, block.text), comment=block.note) for block in outline.blocks
    ]
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
    return ImportReport(created, report, tuple(kept))


def _edited(session: Session, outline: Outline) -> dict[str, str]:
    """Return the texts that blocks were given here, by key, where the file has another."""
    appeal = session.scalar(select(Appeal).where(Appeal.slug == outline.slug))
    wanted = {block.key: block.text for block in outline.blocks}
    return {
        block.key: block.message.msgid
        for block in (appeal.blocks if appeal else [])
        if block.filed_text not in (None, block.message.msgid)
        and wanted.get(block.key, block.message.msgid) != block.message.msgid
    }


def _arrange(appeal: Appeal, outline: Outline, messages: dict[str | None, Message]) -> None:
    blocks = {block.key: block for block in appeal.blocks}
    arranged = []
    for position, wanted in enumerate(outline.blocks):
        block = blocks.get(wanted.key) or Block(key=wanted.key, message_id=messages[wanted.key].id)
        block.kind, block.position, block.filed_text = wanted.kind, position, wanted.text
        arranged.append(block)
    appeal.blocks = arranged


def outline_of(appeal: Appeal) -> Outline:
    """Return an appeal as its file would describe it now."""
    blocks = (
        OutlineBlock(block.key, block.kind, block.message.msgid, block.message.comment)
        for block in appeal.blocks
    )
    return Outline(
        appeal.slug,
        appeal.domain.source_language,
        appeal.posted_on,
        appeal.goal,
        tuple(blocks),
        appeal.takes_unverified,
    )
