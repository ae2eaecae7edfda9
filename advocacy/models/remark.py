"""What people write beside a unit: comments, and warnings they dismissed with a reason."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.account import Account, naming
from advocacy.models.types import UtcDateTime


class Comment(Model):
    """A remark on a unit, until somebody resolves it; `about_source` asks those who edit the source."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    text: Mapped[str] = mapped_column(Text)
    about_source: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    author: Mapped[Account | None] = relationship(foreign_keys=author_id, lazy="raise")


class Dismissal(Model):
    """A warning of one check that somebody found unfounded, for the very text with this `content_hash`."""

    __tablename__ = "dismissals"
    __table_args__ = (UniqueConstraint("unit_id", "check", "content_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    check: Mapped[str] = mapped_column(String(40))
    content_hash: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    author: Mapped[Account | None] = relationship()


def dismissed_in(session: Session, units: Collection[int]) -> set[tuple[int, str, str]]:
    """Return unit, check and content hash of every warning dismissed in a page of units (by id)."""
    query = select(Dismissal.unit_id, Dismissal.check, Dismissal.content_hash)
    return {
        (unit, check, text)
        for unit, check, text in session.execute(query.where(Dismissal.unit_id.in_(units)))
    }


def dismissed_checks(session: Session, unit_id: int, content_hash: str) -> set[str]:
    """Return the checks whose warnings were dismissed for this text."""
    return {dismissal.check for dismissal in dismissals_of(session, unit_id, content_hash)}


def dismissals_of(session: Session, unit_id: int, content_hash: str) -> list[Dismissal]:
    """Return the dismissals of warnings about this text, oldest first, each with who did it."""
    query = (
        select(Dismissal)
        .where(Dismissal.unit_id == unit_id, Dismissal.content_hash == content_hash)
        .options(joinedload(Dismissal.author).options(*naming()))
        .order_by(Dismissal.id)
    )
    return list(session.scalars(query))
