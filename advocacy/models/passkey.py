"""Passkeys: keys that somebody's phone, computer or security key keeps, as a second factor."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.account import Account
from advocacy.models.account_session import AccountSession
from advocacy.models.types import UtcDateTime


class Passkey(Model):
    """The public half of one, under a name of its owner's choice; no kind of device, no maker.

    `sign_count` is how often the device says that it was used, up to 2**32; many always say 0.
    """

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def passkeys_of(session: Session, account_id: int) -> list[Passkey]:
    """Return an account's passkeys, oldest first."""
    return list(session.scalars(select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)))


def passkey_of(session: Session, account_id: int, credential_id: bytes) -> Passkey | None:
    """Return the account's passkey that its device calls `credential_id`, or None; nobody else's."""
    own = Passkey.account_id == account_id
    return session.scalar(select(Passkey).where(own, Passkey.credential_id == credential_id))


def has_second_factor(session: Session, account: Account) -> bool:
    """Return whether the account has any second factor set up: an app, or a passkey."""
    if account.totp_box is not None:
        return True
    return bool(session.scalar(select(exists().where(Passkey.account_id == account.id))))


def owes_factor(session: Session, begun: AccountSession, *, has_passkey: bool | None = None) -> bool:
    """Return whether the account has a second factor that was not shown in this sign-in.

    Whether it `has_passkey` may be known already.
    """
    if begun.factor_at is not None:
        return False
    if has_passkey is None:
        return has_second_factor(session, begun.account)
    return has_passkey or begun.account.totp_box is not None
