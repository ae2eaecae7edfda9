"""Units and texts by the ten thousand: what is known of each, as plain rows.

Objects that follow every change cost more than all else where a whole domain is read, checked and written.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from advocacy.models.message import Message
from advocacy.models.translation import Origin, Translation
from advocacy.models.unit import Unit
from advocacy.rules.review import TranslationState, content_hash
from advocacy.rules.translation import UnitStatus


class UnitFacts(NamedTuple):
    """A unit, and of its message what checks, files and approvals need."""

    id: int
    status: UnitStatus
    context: str | None
    msgid: str
    msgid_plural: str | None
    flags: list[str]
    comment: str
    places: list[str]
    source_hash: str

    def content_hash(self, texts: Sequence[str]) -> str:
        """Return what an approval of `texts` for this unit binds to."""
        return content_hash(self.context, self.msgid, self.msgid_plural, texts)


class TextFacts(NamedTuple):
    """A translation: its id, texts, the source it was written for, and where it stands."""

    id: int
    texts: list[str]
    source_hash: str
    content_hash: str
    origin: Origin
    state: TranslationState
    msgid: str
    msgid_plural: str | None


class TextOf(NamedTuple):
    """A text that was ever proposed in a unit: by whom (account id; None is the operator), and when."""

    id: int
    texts: list[str]
    author_id: int | None
    origin: Origin
    state: TranslationState
    source_hash: str
    created_at: datetime


_UNIT = (
    Unit.id,
    Unit.status,
    Message.context,
    Message.msgid,
    Message.msgid_plural,
    Message.flags,
    Message.comment,
    Message.places,
    Message.source_hash,
)
_TEXT = (
    Translation.id,
    Translation.texts,
    Translation.source_hash,
    Translation.content_hash,
    Translation.origin,
    Translation.state,
    Translation.msgid,
    Translation.msgid_plural,
)
_TextQuery = Select[*tuple[Any, ...]]
_GONE = (TranslationState.REJECTED, TranslationState.WITHDRAWN, TranslationState.SUPERSEDED)


def unit_facts(session: Session, domain_id: int, language: str) -> list[UnitFacts]:
    """Return every unit of a domain in a language (BCP 47 tag), in order; none whose message is obsolete."""
    query = (
        select(*_UNIT)
        .join(Message, Message.id == Unit.message_id)
        .where(Message.domain_id == domain_id, Message.obsolete.is_(False), Unit.language == language)
        .order_by(Message.position, Message.id)
    )
    return [UnitFacts(*row) for row in session.execute(query)]


def approved_texts(session: Session, domain_id: int, language: str) -> dict[int, TextFacts]:
    """Return the approved texts of a domain in a language, by unit id."""
    query = _texts(domain_id, language).where(Translation.state == TranslationState.APPROVED)
    return {number: TextFacts(*row) for number, *row in session.execute(query)}


def newest_texts(session: Session, domain_id: int, language: str) -> dict[int, TextFacts]:
    """Return the newest text of each unit of a domain in a language, by unit id; none that was refused."""
    query = _texts(domain_id, language).where(Translation.state.not_in(_GONE)).order_by(Translation.id)
    return {number: TextFacts(*row) for number, *row in session.execute(query)}


def all_texts(session: Session, domain_id: int, language: str) -> dict[int, list[TextOf]]:
    """Return every text ever proposed for a domain in a language, newest first, by unit id."""
    query = (
        select(
            Translation.unit_id,
            Translation.id,
            Translation.texts,
            Translation.author_id,
            Translation.origin,
            Translation.state,
            Translation.source_hash,
            Translation.created_at,
        )
        .join(Unit, Unit.id == Translation.unit_id)
        .join(Message, Message.id == Unit.message_id)
        .where(Message.domain_id == domain_id, Message.obsolete.is_(False), Unit.language == language)
        .order_by(Translation.id.desc())
    )
    found: dict[int, list[TextOf]] = {}
    for row in session.execute(query):
        found.setdefault(row.unit_id, []).append(TextOf(*row[1:]))
    return found


def _texts(domain_id: int, language: str) -> _TextQuery:
    return (
        select(Translation.unit_id, *_TEXT)
        .join(Unit, Unit.id == Translation.unit_id)
        .join(Message, Message.id == Unit.message_id)
        .where(Message.domain_id == domain_id, Unit.language == language)
    )
