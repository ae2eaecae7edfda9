"""Deleting an account: who it was is forgotten; what was written stays, so that decisions can be traced."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.change_password import WrongPasswordError
from advocacy.actions.passwords import fits
from advocacy.models import Account, AccountSession, Attendance, Notice, Passkey, RecoveryCode
from advocacy.models.account_session import end_sessions
from advocacy.models.recovery_link import spend_recovery_links
from advocacy.rules.names import FORMER


def delete_own_account(session: Session, begun: AccountSession, *, password: str, now: datetime) -> None:
    """Delete the account of whose session it is. Raises WrongPasswordError."""
    account = begun.account
    if not fits(account.password_hash, password):
        raise WrongPasswordError
    delete_account(session, account, by=f"account:{account.id}", now=now)


def delete_account(session: Session, account: Account, *, by: str, now: datetime) -> None:
    """Forget an account's name, address, password, second factor and roles, and sign it out.

    Its translations, reviews and decisions stay, under "former translator".
    """
    number = account.id
    account.name, account.erased_at = f"{FORMER}{number}", now
    account.email = account.password_hash = account.totp_box = account.totp_counter = None
    account.must_agree = account.credited = False
    account.grants = []
    for kind in (RecoveryCode, Passkey, Notice, Attendance):
        session.execute(delete(kind).where(kind.account_id == number))
    spend_recovery_links(session, number)
    end_sessions(session, number)
    session.flush()
    record(session, "account.delete", f"account:{number}", by=by, now=now)
