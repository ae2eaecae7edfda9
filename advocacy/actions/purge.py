"""Deleting what has had its time."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from advocacy.models import OutgoingMail, Signature, Token
from advocacy.rules.signing import SignatureState


def purge(session: Session, *, now: datetime) -> int:
    """Delete what has expired: unconfirmed signatures with all that hangs on them, links and mail.

    Returns how many signatures went.
    """
    session.execute(delete(OutgoingMail).where(OutgoingMail.expires_at <= now))
    session.execute(delete(Token).where(Token.expires_at <= now))
    unconfirmed = delete(Signature).where(
        Signature.state == SignatureState.PENDING, Signature.expires_at <= now
    )
    return cast("CursorResult[Any]", session.execute(unconfirmed)).rowcount
