"""Giving a role to somebody, and taking it back."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import OPERATOR, record
from advocacy.models import Account, Grant
from advocacy.models.account_session import end_sessions
from advocacy.rules.permissions import Role


class RoleUnchangedError(ValueError):
    """The account holds the role already, or never did."""


def grant_role(
    session: Session, account: Account, role: Role, language: str | None, *, by: str, now: datetime
) -> None:
    """Give `account` a role, for a language where it is one of a language. Raises RoleUnchangedError."""
    if _held(account, role, language):
        raise RoleUnchangedError
    account.grants.append(Grant(role=role, language=language, given_at=None if by == OPERATOR else now))
    _record(session, "account.grant", account, role, language, by=by, now=now)


def revoke_role(
    session: Session, account: Account, role: Role, language: str | None, *, by: str, now: datetime
) -> None:
    """Take a role back; the account's sessions end. Raises RoleUnchangedError."""
    held = _held(account, role, language)
    if held is None:
        raise RoleUnchangedError
    account.grants.remove(held)
    end_sessions(session, account.id)
    _record(session, "account.revoke", account, role, language, by=by, now=now)


def _held(account: Account, role: Role, language: str | None) -> Grant | None:
    return next((one for one in account.grants if (one.role, one.language) == (role, language)), None)


def _record(
    session: Session, act: str, account: Account, role: Role, language: str | None, *, by: str, now: datetime
) -> None:
    session.flush()
    details = {"role": f"{role}:{language}" if language else str(role)}
    record(session, act, f"account:{account.id}", by=by, now=now, details=details)
