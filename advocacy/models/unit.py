"""Units: messages in one language."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    false,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, aliased, contains_eager, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.appeal import title_in, with_title
from advocacy.models.domain import Domain
from advocacy.models.message import Message
from advocacy.models.types import UtcDateTime, words
from advocacy.models.unit_count import put_counts_together
from advocacy.rules.translation import UnitStatus

HAS_FINDINGS = text("findings <> ''")
"""As an index has it, which serves whoever asks in the same words."""


class Unit(Model):
    """One message in one language (BCP 47 tag) and where its translation stands.

    The database itself keeps the columns after the status: what its message says of place and source, and, as
    a search reads them, what is said in its translations but for those that are gone. Lists read them, nobody
    writes. So it is with `changed_at`: when the source came or changed, a text was written or its state
    changed, or somebody commented or was answered.
    `findings` is what the checks say of the newest text, as `models/unit_findings.py` writes it, if
    `checked_with` says so: the database empties that when text, source or what was dismissed has changed.
    """

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("message_id", "language"),
        Index("ix_units_place", "domain_id", "language", "obsolete", "position", "message_id"),
        Index("ix_units_status", "domain_id", "language", "obsolete", "status", "position", "message_id"),
        Index("ix_units_checked", "domain_id", "language", "checked_with"),
        Index(
            "ix_units_found",
            "domain_id",
            "language",
            "obsolete",
            "position",
            "message_id",
            sqlite_where=HAS_FINDINGS,
            postgresql_where=HAS_FINDINGS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(35))
    status: Mapped[UnitStatus] = mapped_column(words(UnitStatus), default=UnitStatus.UNTRANSLATED)
    domain_id: Mapped[int] = mapped_column(server_default="0", deferred=True)
    position: Mapped[int] = mapped_column(server_default="0", deferred=True)
    obsolete: Mapped[bool] = mapped_column(server_default=false(), deferred=True)
    source_folded: Mapped[str] = mapped_column(Text, server_default="", deferred=True)
    texts_folded: Mapped[str] = mapped_column(Text, server_default="", deferred=True)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, deferred=True)
    findings: Mapped[str] = mapped_column(Text, server_default="", deferred=True)
    checked_with: Mapped[str] = mapped_column(String(40), server_default="", deferred=True)

    message: Mapped[Message] = relationship(lazy="joined", innerjoin=True)


def units_in(session: Session, domain_id: int, language: str) -> list[Unit]:
    """Return a domain's units in a language, messages with them, in order; none that is obsolete."""
    query = (
        select(Unit)
        .where(Unit.domain_id == domain_id, Unit.language == language, Unit.obsolete.is_(False))
        .order_by(Unit.position, Unit.message_id)
    )
    return list(session.scalars(query))


def unit_at(
    session: Session, number: int, *, domain: str, language: str
) -> tuple[Unit, Domain, tuple[str, str] | None] | None:
    """Return the unit with this id if it is of this domain (by name) and language; it may be obsolete.

    With the domain, and its appeal's slug and title if it is an appeal's.
    """
    found = session.execute(_unit(), {"id": number, "domain": domain, "language": language}).one_or_none()
    return (found[0], found[1], title_in(found)) if found else None


@cache
def _unit() -> Select[Any]:
    source = aliased(Message)
    return with_title(
        select(Unit, Domain)
        .join(Unit.message.of_type(source))
        .join(Domain, Domain.id == source.domain_id)
        .options(contains_eager(Unit.message.of_type(source)))
        .where(
            Unit.id == bindparam("id"),
            Domain.name == bindparam("domain"),
            Unit.language == bindparam("language"),
        )
    )


def units_numbered(
    session: Session, numbers: Collection[int], *, domain_id: int, language: str
) -> list[Unit]:
    """Return those of these units (by id; a page of them) that are of a domain and language, in order."""
    query = (
        select(Unit)
        .join(Unit.message)
        .options(contains_eager(Unit.message))
        .where(Unit.id.in_(numbers), Message.domain_id == domain_id, Unit.language == language)
        .order_by(Message.position, Message.id)
    )
    return list(session.scalars(query))


def unit_of(session: Session, message_id: int, language: str) -> Unit | None:
    """Return the unit of a message in a language, or None."""
    return session.scalar(select(Unit).where(Unit.message_id == message_id, Unit.language == language))


def units_of(session: Session, message_id: int) -> list[Unit]:
    """Return a message's units, one a language."""
    return list(session.scalars(select(Unit).where(Unit.message_id == message_id).order_by(Unit.language)))


def unit_numbers(session: Session, messages: Sequence[int]) -> list[int]:
    """Return the units (by id) of messages (by id), in all languages."""
    found: list[int] = []
    for start in range(0, len(messages), _MOST_PARAMETERS):
        part = messages[start : start + _MOST_PARAMETERS]
        found += session.scalars(select(Unit.id).where(Unit.message_id.in_(part)))
    return found


def add_units(session: Session, domain: Domain, languages: Iterable[str]) -> dict[str, int]:
    """Add what is missing: a unit for each living message in each language but the source's.

    Returns how many were missing, by language.
    """
    added = {}
    for language in languages:
        if language == domain.source_language:
            continue
        known = select(Unit.message_id).where(Unit.message_id == Message.id, Unit.language == language)
        missing = select(
            Message.id, literal(language), literal(UnitStatus.UNTRANSLATED, Unit.status.type)
        ).where(Message.domain_id == domain.id, Message.obsolete.is_(False), ~known.exists())
        statement = insert(Unit).from_select(["message_id", "language", "status"], missing)
        done = session.execute(statement.execution_options(preserve_rowcount=True))
        added[language] = cast("CursorResult[Any]", done).rowcount
    put_counts_together(session)
    return added


def hold_units(session: Session, *units: Unit) -> None:
    """Hold units against other writers until the transaction ends, and read them and their messages anew.

    What was read before may be what somebody has changed since.
    """
    lock_units(session, [unit.id for unit in units])
    for unit in units:
        session.refresh(unit)
        session.refresh(unit.message)


def hold_units_in(session: Session, domain_id: int, language: str) -> None:
    """Hold a domain's units in a language against other writers until the transaction ends."""
    query = select(Unit.id).where(Unit.domain_id == domain_id, Unit.language == language).order_by(Unit.id)
    session.execute(query.with_for_update(of=Unit)).all()


def lock_units(session: Session, numbers: Sequence[int]) -> None:
    """Hold units (by id) against other writers until the transaction ends, always in one order."""
    in_order = sorted(numbers)
    for start in range(0, len(in_order), _MOST_PARAMETERS):
        part = in_order[start : start + _MOST_PARAMETERS]
        session.execute(
            select(Unit.id).where(Unit.id.in_(part)).order_by(Unit.id).with_for_update(of=Unit)
        ).all()


_MOST_PARAMETERS = 500
