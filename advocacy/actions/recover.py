"""Coming back after a password was lost: a mailed link that serves once, and soon."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.occasion import Occasion
from advocacy.actions.passwords import password_hash
from advocacy.actions.write_mail import Note, write_mail
from advocacy.models import Account, MailKind, RecoveryLink
from advocacy.models.account import account_by_email
from advocacy.models.account_session import end_sessions
from advocacy.models.recovery_link import account_behind, spend_recovery_links
from advocacy.rules.joining import RECOVERY_TIME
from advocacy.rules.mail_addresses import same_owner_key
from advocacy.vault.tokens import token_hash


class UnknownLinkError(LookupError):
    """A link that is not one, was used, was replaced by a newer one, or is too old."""


def ask_recovery(session: Session, email: str, occasion: Occasion, *, language: str) -> None:
    """Mail a link to whoever has an account with this address, in place of earlier ones.

    Does the same, and tells nothing, where there is no such account.
    """
    account, token = account_by_email(session, same_owner_key(email)), occasion.new_token()
    number = account.id if account else None
    spend_recovery_links(session, number)
    expires_at = occasion.now + RECOVERY_TIME
    session.add(RecoveryLink(account_id=number, token_hash=token_hash(token), expires_at=expires_at))
    session.flush()
    note = Note(
        kind=MailKind.RECOVER,
        address=account.email or "" if account else email,
        language=language,
        contents={"token": token},
        lasts=RECOVERY_TIME,
        decoy=account is None,
    )
    write_mail(session, note, occasion)


def leads_to_recovery(session: Session, token: str, *, now: datetime) -> bool:
    """Return whether a link still serves."""
    return account_behind(session, token_hash(token), now=now) is not None


def recover(session: Session, token: str, *, new_password: str, now: datetime) -> Account:
    """Give the account behind a link another password; its sessions and links end. Returns it.

    The second factor stays. Raises UnknownLinkError, PasswordRefusedError.
    """
    number = account_behind(session, token_hash(token), now=now)
    account = session.get(Account, number) if number else None
    if account is None:
        raise UnknownLinkError
    account.password_hash = password_hash(new_password)
    spend_recovery_links(session, account.id)
    end_sessions(session, account.id)
    record(session, "account.recover", f"account:{account.id}", by=f"account:{account.id}", now=now)
    return account
