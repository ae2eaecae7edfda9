"""The audit log: what was done, by whom, in an order that cannot be changed unnoticed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime

_LOCK = 4_211_980_117
"""PostgreSQL's advisory lock under which the log grows; any number that nothing else here uses."""


class AuditEntry(Model):
    """One act. `actor` is an account's id or "operator"; no name, no address, no text of a signer's.

    `hash` is over the entry and the `previous` one's hash: vault.chain says how.
    """

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(40))
    act: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(120))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


def last_entry(session: Session) -> AuditEntry | None:
    """Return the newest entry, held against others who would add one, until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":  # on SQLite there is one writer anyhow
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).first()


def entries_after(session: Session, number: int, *, most: int) -> list[AuditEntry]:
    """Return up to `most` entries that follow the one with this id, oldest first."""
    query = select(AuditEntry).where(AuditEntry.id > number).order_by(AuditEntry.id).limit(most)
    return list(session.scalars(query))


def entries_before(session: Session, number: int | None, *, act: str = "", most: int) -> list[AuditEntry]:
    """Return up to `most` entries older than the one with this id, newest first; of one act, if given."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(most)
    if number is not None:
        query = query.where(AuditEntry.id < number)
    if act:
        query = query.where(AuditEntry.act == act)
    return list(session.scalars(query))


def newest_on(session: Session, subject: str, *, act: str) -> AuditEntry | None:
    """Return the newest entry of one act on a subject, or None."""
    query = select(AuditEntry).where(AuditEntry.subject == subject, AuditEntry.act == act)
    return session.scalar(query.order_by(AuditEntry.id.desc()).limit(1))


def acts_known(session: Session) -> list[str]:
    """Return the kinds of acts in the log, in the order of the alphabet."""
    return list(session.scalars(select(AuditEntry.act).distinct().order_by(AuditEntry.act)))


def entries_by(session: Session, actor: str, *, act: str, since: datetime) -> list[AuditEntry]:
    """Return the acts of one kind that an actor did since a moment, oldest first."""
    query = select(AuditEntry).where(AuditEntry.actor == actor, AuditEntry.act == act, AuditEntry.at >= since)
    return list(session.scalars(query.order_by(AuditEntry.id)))
