"""Tokens: the secret half of a mailed link, kept as a hash only."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.signature import Signature
from advocacy.models.types import UtcDateTime, words
from advocacy.rules.signing import Purpose


class Token(Model):
    """A link mailed to a signer, for one purpose. Without `expires_at` it lasts as long as the signature.

    `box` holds what its page shows her of her own data, locked with the link itself. A link that
    was `moved` came with another form than the one that was confirmed: what it knows may be a stranger's.
    """

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("signatures.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose] = mapped_column(words(Purpose))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    moved: Mapped[bool] = mapped_column(default=False)

    signature: Mapped[Signature] = relationship(lazy="joined", innerjoin=True)


def token_by_hash(session: Session, token_hash: bytes, purpose: Purpose, *, now: datetime) -> Token | None:
    """Return the token with this hash if it is for `purpose` and has not expired, or None."""
    token = session.scalar(select(Token).where(Token.token_hash == token_hash, Token.purpose == purpose))
    if token is None or (token.expires_at is not None and token.expires_at <= now):
        return None
    return token
