"""Deleting what has had its time."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from advocacy.actions.attend import forget_attendances
from advocacy.actions.audit import PROGRAM, record
from advocacy.models import (
    Application,
    BlockedAddress,
    Invitation,
    Notice,
    OutgoingMail,
    RecoveryLink,
    Signature,
    SpentChallenge,
    Token,
    Upload,
)
from advocacy.models.appeal import appeals_to_reduce
from advocacy.models.unit_count import put_counts_together
from advocacy.rules.notices import KEPT
from advocacy.rules.signing import SignatureState


def purge(session: Session, *, now: datetime) -> int:
    """Delete what has expired: unconfirmed signatures with all that hangs on them, links, mail, files.

    Closed appeals whose day has come lose their signatures altogether; the tally stays. Returns how
    many unconfirmed signatures went.
    """
    for appeal in appeals_to_reduce(session, now.date()):
        session.execute(delete(Signature).where(Signature.appeal_id == appeal.id))
        session.execute(delete(BlockedAddress).where(BlockedAddress.appeal_id == appeal.id))
        appeal.reduced = True
        record(session, "appeal.reduce", f"appeal:{appeal.id}", by=PROGRAM, now=now)
    for table in (OutgoingMail, Token, SpentChallenge, RecoveryLink, Invitation, Application, Upload):
        session.execute(delete(table).where(table.expires_at <= now))
    forget_attendances(session, now=now)
    put_counts_together(session)
    session.execute(delete(Notice).where(Notice.made_at <= now - KEPT))
    unconfirmed = delete(Signature).where(
        Signature.state == SignatureState.PENDING, Signature.expires_at <= now
    )
    return cast("CursorResult[Any]", session.execute(unconfirmed)).rowcount
