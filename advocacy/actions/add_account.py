"""Adding somebody who works here."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.actions.audit import OPERATOR, record
from advocacy.actions.passwords import SHORTEST_PASSWORD, PasswordRefusedError, password_hash
from advocacy.models import Account, Grant
from advocacy.models.account import account_by_email
from advocacy.models.agreement import agreement_in_force
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.mail_addresses import same_owner_key
from advocacy.rules.names import is_pseudonym
from advocacy.rules.permissions import Role


class AccountFault(StrEnum):
    """Why an account cannot be added; the value is the operator's sentence."""

    NAME = "A name has letters or digits, nothing invisible, no # in front, and at most 80 characters."
    NAME_TAKEN = "There is an account with this name."
    ADDRESS_TAKEN = "There is an account with this address."
    PASSWORD = f"A password has at least {SHORTEST_PASSWORD} characters."


class AccountRefusedError(ValueError):
    """An account that cannot be added, with its fault."""

    def __init__(self, fault: AccountFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


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
    if not is_pseudonym(name):
        raise AccountRefusedError(AccountFault.NAME)
    address = same_owner_key(email)
    if account_by_email(session, address) is not None:
        raise AccountRefusedError(AccountFault.ADDRESS_TAKEN)
    if session.scalar(select(Account.id).where(Account.name == name)) is not None:
        raise AccountRefusedError(AccountFault.NAME_TAKEN)
    try:
        kept = password_hash(password)
    except PasswordRefusedError:
        raise AccountRefusedError(AccountFault.PASSWORD) from None
    account = Account(name=name, email=address, password_hash=kept, created_at=now)
    account.mail_language = next((of for _, of in roles if of), LANGUAGES.source.tag)
    account.must_agree = agreement_in_force(session) is not None
    given_at = None if by == OPERATOR else now
    account.grants = [
        Grant(role=role, language=language, given_at=given_at) for role, language in dict.fromkeys(roles)
    ]
    session.add(account)
    session.flush()
    details = {"roles": [f"{role}:{language}" if language else str(role) for role, language in roles]}
    record(session, "account.add", f"account:{account.id}", by=by, now=now, details=details)
    return account
