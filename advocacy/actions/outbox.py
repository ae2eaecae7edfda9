"""The outbox's verbs: take mail to send, and settle what became of it.

A mail is sent at least once. Whoever takes it hides it from others for LEASE; it is deleted once the server
has it. A worker killed in between leaves it to be sent again, with the same Message-ID.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from advocacy.models import OutgoingMail
from advocacy.models.outgoing_mail import take_due

LEASE = timedelta(minutes=2)
"""How long a taken mail is left to its worker; longer than an SMTP conversation may take."""

_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(hours=1)


def take(session: Session, *, now: datetime, most: int, lease: timedelta = LEASE) -> list[OutgoingMail]:
    """Take up to `most` mails that are due."""
    return take_due(session, now=now, until=now + lease, most=most)


def sent(session: Session, number: int) -> None:
    """Erase a mail that the server has accepted, or has refused for good."""
    session.execute(delete(OutgoingMail).where(OutgoingMail.id == number))


def put_off(session: Session, number: int, *, attempts: int, now: datetime, chance: float) -> None:
    """Leave a mail that could not be sent for a later attempt.

    The wait doubles with each attempt up to an hour, times 0.5 to 1.5 by `chance` (0 to 1), so
    that many mails do not come back at one moment.
    """
    due = now + wait_after(attempts, chance)
    session.execute(update(OutgoingMail).where(OutgoingMail.id == number).values(due_at=due))


def wait_after(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after this many attempts."""
    doubled: timedelta = _FIRST_WAIT * 2 ** min(attempts - 1, 10)
    return min(doubled, _LONGEST_WAIT) * (0.5 + chance)
