"""Looking at the names that signers chose to show: nothing is shown that nobody has looked at."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.models import Signature
from advocacy.rules.signing import NameState, SignatureState


def show_name(session: Session, signature: Signature, *, by: str, now: datetime) -> bool:
    """Show a name that waits. Returns False if it no longer does, or its owner has taken it back."""
    return _decide(session, signature, NameState.SHOWN, by=by, now=now)


def refuse_name(session: Session, signature: Signature, *, by: str, now: datetime) -> bool:
    """Leave a name out, before or after it was shown; its signature counts as before."""
    return _decide(session, signature, NameState.REFUSED, by=by, now=now)


_FROM = {
    NameState.SHOWN: (NameState.WAITING, NameState.REFUSED),
    NameState.REFUSED: (NameState.WAITING, NameState.SHOWN),
}
"""The states that a decision can be taken from; each can be taken back by the other."""


def _decide(session: Session, signature: Signature, to: NameState, *, by: str, now: datetime) -> bool:
    changed = session.execute(
        update(Signature)
        .where(
            Signature.id == signature.id,
            Signature.state == SignatureState.CONFIRMED,
            Signature.name_state.in_(_FROM[to]),
            Signature.shown_as.is_not(None),
        )
        .values(name_state=to)
        .returning(Signature.id)
    ).all()
    if not changed:
        return False
    record(session, f"names.{to}", f"signature:{signature.id}", by=by, now=now)
    return True
