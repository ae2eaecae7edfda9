"""How long somebody stays signed in, and how often an address can be tried."""

from datetime import datetime, timedelta

STAFF_IDLE, OTHERS_IDLE = timedelta(minutes=30), timedelta(hours=12)
"""How long a session lasts without being used."""

LONGEST_SESSION = timedelta(days=30)
"""How long it lasts however much it is used."""

SEEN_EVERY = timedelta(minutes=1)
"""How finely it is noted that a session was used."""

TRIES, TRIES_WINDOW = 8, 900
"""Passwords that one network can send for one account in so many seconds.

Counted for the pair, so that no stranger can lock anybody out.
"""

RECOVERY_CODES = 10
"""Codes that stand in for a lost second factor, each once."""

FACTOR_STEP = 30
"""Seconds that a code of the second factor lasts (RFC 6238)."""


def has_ended(*, created_at: datetime, seen_at: datetime, now: datetime, staff: bool) -> bool:
    """Return whether a session is over."""
    idle = STAFF_IDLE if staff else OTHERS_IDLE
    return now - seen_at > idle or now - created_at > LONGEST_SESSION
