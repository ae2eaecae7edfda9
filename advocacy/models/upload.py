"""Files that translators have handed in and not yet confirmed: kept for an hour at most."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary, String, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime

KEPT = timedelta(hours=1)


class Upload(Model):
    """What a file held, until its sender has looked at what will become of it; its name is not kept.

    `kind` is the file's format, `take_as` what its texts are to become, `conflict` what happens where another
    text is approved.
    """

    __tablename__ = "uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), unique=True)
    domain_id: Mapped[int] = mapped_column(ForeignKey("domains.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(35))
    kind: Mapped[str] = mapped_column(String(10))
    take_as: Mapped[str] = mapped_column(String(10))
    conflict: Mapped[str] = mapped_column(String(10))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def keep_upload(session: Session, upload: Upload, *, now: datetime) -> None:
    """Keep a file; whatever its sender handed in before it goes, and what has had its hour."""
    gone = or_(Upload.account_id == upload.account_id, Upload.expires_at <= now)
    session.execute(delete(Upload).where(gone))
    session.add(upload)
    session.flush()


def upload_kept(session: Session, *, account_id: int, now: datetime) -> Upload | None:
    """Return the file that this account handed in last, if it is still kept, or None."""
    query = select(Upload).where(Upload.account_id == account_id, Upload.expires_at > now)
    return session.scalar(query.with_for_update())


def upload_of(session: Session, number: int, *, account_id: int, now: datetime) -> Upload | None:
    """Return a file (by id) if this account handed it in and it is still kept, or None."""
    query = select(Upload).where(
        Upload.id == number, Upload.account_id == account_id, Upload.expires_at > now
    )
    return session.scalar(query.with_for_update())
