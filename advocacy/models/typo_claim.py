"""Claims that a change of a source mended a typo and changed no meaning: one says it, another confirms it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.account import Account
from advocacy.models.appeal import Block
from advocacy.models.message import Message
from advocacy.models.types import UtcDateTime


class TypoClaim(Model):
    """What somebody said about a message whose source was `before` and has `after_hash` now.

    The hashes are rules.review.source_hash. `confirmed` is empty while it waits for a second person; a claim
    that another change overtook is settled by who made that, and not confirmed.
    """

    __tablename__ = "typo_claims"
    __table_args__ = (CheckConstraint("said_by <> settled_by OR NOT confirmed", name="two_people"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    before: Mapped[str] = mapped_column(Text)
    before_hash: Mapped[str] = mapped_column(String(64))
    after_hash: Mapped[str] = mapped_column(String(64))
    said_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed: Mapped[bool | None]

    message: Mapped[Message] = relationship(lazy="joined", innerjoin=True)
    sayer: Mapped[Account] = relationship(foreign_keys=[said_by], lazy="joined", innerjoin=True)


def claim_waiting(session: Session, message_id: int) -> TypoClaim | None:
    """Return the claim about a message that waits for a second person, or None."""
    query = select(TypoClaim).where(TypoClaim.message_id == message_id, TypoClaim.settled_at.is_(None))
    return session.scalar(query.execution_options(populate_existing=True))


def claims_waiting(session: Session, appeal_id: int) -> list[TypoClaim]:
    """Return the claims about an appeal that wait for a second person, oldest first."""
    query = (
        select(TypoClaim)
        .join(Block, Block.message_id == TypoClaim.message_id)
        .where(Block.appeal_id == appeal_id, TypoClaim.settled_at.is_(None))
    )
    return list(session.scalars(query.order_by(TypoClaim.id)))


def count_claims(session: Session, *, but: int) -> int:
    """Return how many claims of others than the account `but` wait for a second person."""
    query = select(func.count()).where(TypoClaim.settled_at.is_(None), TypoClaim.said_by != but)
    return session.scalar(query) or 0


def has_claims(session: Session, domain_id: int) -> bool:
    """Whether a claim about a domain waits, whose translations a release built now would not hold."""
    waiting = exists().where(
        TypoClaim.message_id == Message.id, Message.domain_id == domain_id, TypoClaim.settled_at.is_(None)
    )
    return bool(session.scalar(select(waiting)))
