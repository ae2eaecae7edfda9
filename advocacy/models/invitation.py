"""Invitations to work here, until they are taken."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime
from advocacy.rules.permissions import Role


class Invitation(Model):
    """A mailed link, known by the hash of its token, to the roles that whoever takes it will hold.

    `grants` is a list of pairs: a role, and a language (BCP 47 tag) or null.
    """

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(80), default="")
    grants: Mapped[list[list[str | None]]] = mapped_column(JSON)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    @property
    def roles(self) -> list[tuple[Role, str | None]]:
        """The roles, each with its language or None."""
        return [(Role(role), language) for role, language in self.grants if role]


def invitation_by_hash(session: Session, token_hash: bytes, *, now: datetime) -> Invitation | None:
    """Return the invitation with this token hash, or None if it is unknown, taken or over."""
    return session.scalar(
        select(Invitation).where(Invitation.token_hash == token_hash, Invitation.expires_at > now)
    )


def open_invitations(session: Session, *, now: datetime) -> list[Invitation]:
    """Return the invitations that can still be taken, newest first."""
    query = select(Invitation).where(Invitation.expires_at > now).order_by(Invitation.id.desc())
    return list(session.scalars(query))
