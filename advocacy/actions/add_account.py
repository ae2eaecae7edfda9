"""Adding somebody who works here."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.passwords import SHORTEST_PASSWORD, PasswordRefusedError, password_hash
from advocacy.models import Account, Grant
from advocacy.models.account import account_by_email
from advocacy.rules.mail_addresses import same_owner_key
from advocacy.rules.names import FORMER, LONGEST_NAME
from advocacy.rules.permissions import Role


class AccountRefusedError(ValueError):
    """An account that cannot be added; the message says why."""


def add_account(
    session: Session,
    *,
    name: str,
    email: str,
    password: str,
    roles: Sequence[tuple[Role, str | None]],
    by: str,
    now: datetime,
) -> Account:
    """Add an account with its roles, each with a language where it is one of a language, and return it.

    Raises AccountRefusedError: name or address in use, password too short, a role without its language.
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not _is_name(name):
        raise AccountRefusedError(
            "A name has letters or digits, nothing invisible, no # in front, and at most 80 characters."
        )
    address = same_owner_key(email)
    if account_by_email(session, address) is not None:
        raise AccountRefusedError(f"There is an account with the address {email!r}.")
    if session.scalar(select(Account.id).where(Account.name == name)) is not None:
        raise AccountRefusedError(f"There is an account named {name!r}.")
    try:
        kept = password_hash(password)
    except PasswordRefusedError:
        raise AccountRefusedError(f"A password has at least {SHORTEST_PASSWORD} characters.") from None
    account = Account(name=name, email=address, password_hash=kept, created_at=now)
    account.grants = [Grant(role=role, language=language) for role, language in dict.fromkeys(roles)]
    session.add(account)
    session.flush()
    details = {"roles": [f"{role}:{language}" if language else str(role) for role, language in roles]}
    record(session, "account.add", f"account:{account.id}", by=by, now=now, details=details)
    return account


def _is_name(text: str) -> bool:
    """Whether others can see and tell apart such a name; a pseudonym may well have digits and signs."""
    visible = text.isprintable() and any(map(str.isalnum, text))
    return visible and len(text) <= LONGEST_NAME and not text.startswith(FORMER)
