"""The second factor: a code of an app (TOTP, RFC 6238), or one of the codes kept for when the app is lost.

A passkey is one too: actions.passkeys.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from datetime import datetime

import pyotp
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.models import Account, AccountSession, Passkey, RecoveryCode
from advocacy.models.account_session import end_sessions, hold_account
from advocacy.models.passkey import owes_factor
from advocacy.rules.signing_in import FACTOR_STEP, RECOVERY_CODES
from advocacy.vault.link_boxes import lock, unlock


class WrongCodeError(Exception):
    """A code that is not right, not right now, or was used before."""


class FactorNotShownError(Exception):
    """The account has a second factor, and it was not shown in this session: that takes only a password."""


def hold_to_change(session: Session, begun: AccountSession) -> Account:
    """Return the account of whose session it is, held, once its second factor may be changed from there.

    Held, so that of two who set up the first one the later finds it set up. Raises FactorNotShownError.
    """
    account = hold_account(session, begun)
    if account is None or owes_factor(session, begun):
        raise FactorNotShownError
    return account


def enrol(
    session: Session,
    begun: AccountSession,
    *,
    secret: str,
    code: str,
    key: str,
    now: datetime,
    new_code: Callable[[], str],
) -> list[str]:
    """Make `secret` the account's second factor once a code of it was shown; returns the recovery codes.

    It is kept locked with `key`, which is not in the database. The codes are shown this once. Other
    sessions of the account end. Raises WrongCodeError, FactorNotShownError.
    """
    account = hold_to_change(session, begun)
    counter = _counter_of(secret, code, now)
    if counter is None:
        raise WrongCodeError
    account.totp_box, account.totp_counter = lock(key, {"secret": secret}), counter
    begun.factor_at = now
    codes = new_recovery_codes(session, account, new_code)
    end_sessions(session, account.id, but=begun.id)
    record(session, "account.factor_set", f"account:{account.id}", by=f"account:{account.id}", now=now)
    return codes


def new_recovery_codes(session: Session, account: Account, new_code: Callable[[], str]) -> list[str]:
    """Give an account recovery codes in place of those it had, and return them: this once."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [new_code() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(account_id=account.id, code_hash=_hash(account, code)) for code in codes)
    return codes


def show_code(session: Session, begun: AccountSession, code: str, *, key: str, now: datetime) -> None:
    """Take a code of the app or a recovery code for this session; each serves once. Raises WrongCodeError."""
    account = begun.account
    typed = _as_typed(code)
    if typed.isdecimal() and account.totp_box:
        counter = _counter_of(unlock(key, account.totp_box)["secret"], typed, now)
        if counter is None or not _spend(session, account, counter):
            raise WrongCodeError
    elif not _spend_recovery_code(session, account, typed, now):
        raise WrongCodeError
    begun.factor_at = now


def reset_second_factor(session: Session, account: Account, *, by: str, now: datetime) -> None:
    """Forget an account's second factor, for somebody who lost it and the codes; ends its sessions."""
    account.totp_box = account.totp_counter = None
    for kind in (RecoveryCode, Passkey):
        session.execute(delete(kind).where(kind.account_id == account.id))
    end_sessions(session, account.id)
    record(session, "account.factor_reset", f"account:{account.id}", by=by, now=now)


def _as_typed(code: str) -> str:
    """Return a code without spaces, in small letters; full-width digits are digits."""
    return "".join(unicodedata.normalize("NFKC", code).split()).lower()


def _counter_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the step that a code is of: this one or its neighbours, for clocks that differ; or None."""
    present = int(now.timestamp()) // FACTOR_STEP
    app = pyotp.TOTP(secret, interval=FACTOR_STEP)
    for counter in (present, present - 1, present + 1):
        if hmac.compare_digest(app.generate_otp(counter).encode(), _as_typed(code).encode()):
            return counter
    return None


def _spend(session: Session, account: Account, counter: int) -> bool:
    """Use up a step, in one statement: of two who send the same code one comes too late."""
    newer = (Account.totp_counter.is_(None)) | (Account.totp_counter < counter)
    spent = session.scalars(
        update(Account)
        .where(Account.id == account.id, newer)
        .values(totp_counter=counter)
        .returning(Account.id),
        execution_options={"synchronize_session": False},
    ).all()
    return bool(spent)


def _spend_recovery_code(session: Session, account: Account, code: str, now: datetime) -> bool:
    spent = session.scalars(
        delete(RecoveryCode)
        .where(RecoveryCode.account_id == account.id, RecoveryCode.code_hash == _hash(account, code))
        .returning(RecoveryCode.id),
        execution_options={"synchronize_session": False},
    ).all()
    if spent:
        record(session, "account.recovery_code", f"account:{account.id}", by=f"account:{account.id}", now=now)
    return bool(spent)


def _hash(account: Account, code: str) -> bytes:
    """Return what is kept of a recovery code; they are random and long enough for a plain hash."""
    return hashlib.sha256(f"{account.id} {code}".encode()).digest()
