"""The outbox: mail not yet handed to the SMTP server."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime, words


class MailKind(StrEnum):
    """Which mail it is; each has its templates in templates/email/."""

    CONFIRM = "confirm"
    ALREADY_SIGNED = "already_signed"
    RECOVER = "recover"
    INVITE = "invite"
    ASK = "ask"
    DECLINE = "decline"
    DIGEST = "digest"


class OutgoingMail(Model):
    """One mail to send, to a signer or, without `signature_id`, to somebody who works here.

    `contents` is what it is written from, the address among it, sealed to the mail key.

    `message_id` is the mail's Message-ID header from the first attempt to the last, so that a mail
    sent twice is recognisable as one. `due_at` is when a worker may next take it: taking moves it
    on, so a worker that dies gives the mail back by doing nothing.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int | None] = mapped_column(
        ForeignKey("signatures.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[MailKind] = mapped_column(words(MailKind))
    language: Mapped[str] = mapped_column(String(35))
    contents: Mapped[bytes] = mapped_column(LargeBinary)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def take_due(session: Session, *, now: datetime, until: datetime, most: int) -> list[OutgoingMail]:
    """Take up to `most` mails that are due at `now`, oldest first, and hide them from others until `until`.

    Workers on PostgreSQL pass over each other's rows (SKIP LOCKED); on SQLite they take turns.
    """
    due = (
        select(OutgoingMail.id)
        .where(OutgoingMail.due_at <= now)
        .order_by(OutgoingMail.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")  # so that it is run once: as a plain subquery a planner may repeat it, past the limit
    )
    taken = (
        update(OutgoingMail)
        .where(OutgoingMail.id.in_(select(due.c.id)))
        .values(due_at=until, attempts=OutgoingMail.attempts + 1)
        .returning(OutgoingMail)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return sorted(session.scalars(taken), key=lambda mail: mail.id)
