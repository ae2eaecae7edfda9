"""Agreements that whoever works here is asked for, and who agreed to which."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime


class Agreement(Model):
    """One version: its `texts` by language (BCP 47 tag) and their hash. One without texts asks for nothing.

    Versions are added, never changed; the newest is in force.
    """

    __tablename__ = "agreements"

    id: Mapped[int] = mapped_column(primary_key=True)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    text_hash: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Consent(Model):
    """That an account agreed to a version, and in which language it was shown."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("account_id", "agreement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(35))
    text_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


def agreement_in_force(session: Session) -> Agreement | None:
    """Return the agreement that everybody here is asked for, or None."""
    newest = session.scalar(select(Agreement).order_by(Agreement.id.desc()).limit(1))
    return newest if newest is not None and newest.texts else None


def consents_by_agreement(session: Session) -> list[tuple[Agreement, int]]:
    """Return every version, newest first, with how many agreed to it."""
    agreed = select(func.count()).where(Consent.agreement_id == Agreement.id).scalar_subquery()
    query = select(Agreement, agreed).order_by(Agreement.id.desc())
    return [(agreement, count) for agreement, count in session.execute(query)]
