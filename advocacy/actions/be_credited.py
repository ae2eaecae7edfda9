"""Asking to be named, or not to be any more, among those who translate."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.models import Account


def be_credited(session: Session, account: Account, *, credited: bool, now: datetime) -> None:
    """Name an account under its pseudonym on the public page, or stop doing so."""
    if account.credited is credited:
        return
    account.credited = credited
    details = {"credited": credited}
    record(
        session,
        "account.credit",
        f"account:{account.id}",
        by=f"account:{account.id}",
        now=now,
        details=details,
    )
