"""Sessions of people who are signed in, kept here so that they can be ended from here."""

from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, LargeBinary, Select, bindparam, column, delete, exists, select, table
from sqlalchemy.orm import (
    Mapped,
    Session,
    joinedload,
    mapped_column,
    query_expression,
    relationship,
    with_expression,
)

from advocacy.extensions import Model
from advocacy.models.account import Account
from advocacy.models.notice import unread_of
from advocacy.models.types import UtcDateTime


class AccountSession(Model):
    """One sign-in, known by the hash of its token; no address of a machine, no kind of browser.

    `factor_at` is when the second factor was shown in it. `has_passkey` and `unread`, how many news of the
    account are so, are None where nobody asked for them.
    """

    __tablename__ = "account_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    factor_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    has_passkey: Mapped[bool | None] = query_expression()
    unread: Mapped[int | None] = query_expression()

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class RecoveryCode(Model):
    """A code that stands in for a lost second factor, as a hash, until it is used."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))


def session_by_hash(session: Session, token_hash: bytes) -> AccountSession | None:
    """Return the sign-in with this token hash, all that opening a page asks of it with it, or None.

    One question, since every page asks it.
    """
    return session.scalars(_by_hash(), {"token_hash": token_hash}).unique().one_or_none()


@cache
def _by_hash() -> Select[AccountSession]:
    passkeys = table("passkeys", column("account_id"))
    has_passkey = exists().where(passkeys.c.account_id == AccountSession.account_id)
    return (
        select(AccountSession)
        .where(AccountSession.token_hash == bindparam("token_hash"))
        .options(
            joinedload(AccountSession.account).joinedload(Account.grants),
            with_expression(AccountSession.has_passkey, has_passkey),
            with_expression(AccountSession.unread, unread_of(AccountSession.account_id)),
        )
    )


def hold_account(session: Session, begun: AccountSession) -> Account | None:
    """Return the account of a sign-in, both read anew, and hold it until the transaction ends.

    None if the sign-in was ended meanwhile.
    """
    # NO KEY UPDATE: whoever adds a row that names the account, with the log held, does not wait for us.
    held = select(Account).where(Account.id == begun.account_id).with_for_update(key_share=True)
    account = session.scalars(held.execution_options(populate_existing=True)).one()
    anew = select(AccountSession).where(AccountSession.id == begun.id)
    still = session.scalars(anew.execution_options(populate_existing=True)).one_or_none()
    return account if still else None


def end_sessions(session: Session, account_id: int, *, but: int | None = None) -> None:
    """End every sign-in of an account, but for the one with this id."""
    query = delete(AccountSession).where(AccountSession.account_id == account_id)
    if but is not None:
        query = query.where(AccountSession.id != but)
    session.execute(query)


def sessions_of(session: Session, account_id: int) -> list[AccountSession]:
    """Return an account's sign-ins, the last used first."""
    query = select(AccountSession).where(AccountSession.account_id == account_id)
    return list(session.scalars(query.order_by(AccountSession.seen_at.desc(), AccountSession.id.desc())))
