"""Changing a password, by its owner or for her."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.passwords import fits, password_hash
from advocacy.models import Account, AccountSession
from advocacy.models.account_session import end_sessions


class WrongPasswordError(Exception):
    """The present password is another one."""


def change_password(
    session: Session, begun: AccountSession, *, password: str, new_password: str, now: datetime
) -> None:
    """Change the password of whose session it is; her other sessions end.

    Raises WrongPasswordError, PasswordRefusedError.
    """
    account = begun.account
    if not fits(account.password_hash, password):
        raise WrongPasswordError
    account.password_hash = password_hash(new_password)
    end_sessions(session, account.id, but=begun.id)
    record(session, "account.password", f"account:{account.id}", by=f"account:{account.id}", now=now)


def set_password(session: Session, account: Account, password: str, *, by: str, now: datetime) -> None:
    """Give an account another password, for somebody who lost hers; its sessions end.

    Raises PasswordRefusedError.
    """
    account.password_hash = password_hash(password)
    end_sessions(session, account.id)
    record(session, "account.password_set", f"account:{account.id}", by=by, now=now)
