"""Batches: signatures that were rejected together, by one decision."""

from datetime import datetime
from typing import NamedTuple, Self

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.signature import Signature
from advocacy.models.types import UtcDateTime
from advocacy.rules.batches import Selection
from advocacy.rules.signing import SignatureState


class Batch(Model):
    """One decision to reject: what was looked for, how many it took off the count, and why.

    `since` and `until` (UTC hours) bound the hour of confirmation, `until` not included. A batch that was
    restored keeps the moment when.
    """

    __tablename__ = "batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    language: Mapped[str | None] = mapped_column(String(35))
    domain_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    count: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    restored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @classmethod
    def numbered(cls, session: Session, number: int) -> Self | None:
        """Return the batch with this id, or None."""
        return session.scalar(select(cls).where(cls.id == number))


class Group(NamedTuple):
    """Signatures that agree in all that may be known of them, and how many they are."""

    hour: datetime | None
    language: str
    domain: bytes | None
    held: bool
    size: int


def selected(appeal_id: int, selection: Selection) -> list[ColumnElement[bool]]:
    """Return the conditions that a selection of an appeal's confirmed signatures comes to."""
    where = [Signature.appeal_id == appeal_id, Signature.state == SignatureState.CONFIRMED]
    if selection.since:
        where.append(Signature.confirmed_hour >= selection.since)
    if selection.until:
        where.append(Signature.confirmed_hour < selection.until)
    if selection.language:
        where.append(Signature.language == selection.language)
    if selection.domain:
        where.append(Signature.domain_digest == selection.domain)
    if selection.held:
        where.append(Signature.held.is_(True))
    return where


def groups(session: Session, appeal_id: int, selection: Selection, *, most: int) -> list[Group]:
    """Return up to `most` groups of the selected signatures, the largest first."""
    columns = (Signature.confirmed_hour, Signature.language, Signature.domain_digest, Signature.held)
    query = (
        select(*columns, func.count())
        .where(*selected(appeal_id, selection))
        .group_by(*columns)
        .order_by(func.count().desc(), Signature.confirmed_hour)
        .limit(most)
    )
    return [Group(*row) for row in session.execute(query)]


def size_of(session: Session, appeal_id: int, selection: Selection) -> int:
    """Return how many signatures a selection comes to."""
    query = select(func.count()).select_from(Signature).where(*selected(appeal_id, selection))
    return session.scalar(query) or 0


def batches_of(session: Session, appeal_id: int) -> list[Batch]:
    """Return the decisions taken on an appeal's signatures, newest first."""
    return list(session.scalars(select(Batch).where(Batch.appeal_id == appeal_id).order_by(Batch.id.desc())))
