"""Links by which somebody who lost her password sets another."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime


class RecoveryLink(Model):
    """A mailed link, known by the hash of its token; it serves once. One without an account is a decoy."""

    __tablename__ = "recovery_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def account_behind(session: Session, token_hash: bytes, *, now: datetime) -> int | None:
    """Return the id of the account that a link is for, or None if it is unknown, used or over."""
    query = select(RecoveryLink.account_id)
    return session.scalar(query.where(RecoveryLink.token_hash == token_hash, RecoveryLink.expires_at > now))


def spend_recovery_links(session: Session, account_id: int | None) -> None:
    """Delete every link of an account; of None, that is nothing."""
    session.execute(delete(RecoveryLink).where(RecoveryLink.account_id == account_id))
