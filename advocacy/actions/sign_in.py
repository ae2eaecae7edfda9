"""Signing in and out: by address and password, then by a second factor."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.passwords import fits
from advocacy.models import Account, AccountSession
from advocacy.models.account import account_by_email
from advocacy.models.account_session import end_sessions, session_by_hash
from advocacy.rules.mail_addresses import same_owner_key
from advocacy.rules.signing_in import has_ended
from advocacy.vault.tokens import token_hash


class WrongCredentialsError(Exception):
    """Address and password do not fit. Which is wrong, is nobody's business."""


def sign_in(session: Session, *, email: str, password: str, token: str, now: datetime) -> AccountSession:
    """Begin a session known by `token` for whom address and password fit. Raises WrongCredentialsError.

    It takes as long whether there is such an account or not.
    """
    account = account_by_email(session, same_owner_key(email))
    if not fits(account.password_hash if account else None, password) or account is None:
        raise WrongCredentialsError
    begun = AccountSession(account_id=account.id, token_hash=token_hash(token), created_at=now, seen_at=now)
    session.add(begun)
    session.flush()
    record(session, "account.sign_in", f"account:{account.id}", by=f"account:{account.id}", now=now)
    return begun


def resume(session: Session, token: str, *, now: datetime) -> AccountSession | None:
    """Return the session that `token` belongs to, or None if it is over or unknown."""
    found = session_by_hash(session, token_hash(token))
    if found is None:
        return None
    staff = found.account.is_staff
    over = has_ended(created_at=found.created_at, seen_at=found.seen_at, now=now, staff=staff)
    return None if over else found


def note_use(session: Session, number: int, *, now: datetime) -> None:
    """Note that the session with this id is used, so that it does not end meanwhile."""
    session.execute(update(AccountSession).where(AccountSession.id == number).values(seen_at=now))


def sign_out(session: Session, begun: AccountSession) -> None:
    """End one session."""
    session.delete(begun)


def sign_out_everywhere(
    session: Session, account: Account, *, now: datetime, but: AccountSession | None = None
) -> None:
    """End every session of an account, but for one."""
    end_sessions(session, account.id, but=but.id if but else None)
    record(session, "account.sign_out_all", f"account:{account.id}", by=f"account:{account.id}", now=now)
