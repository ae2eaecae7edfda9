"""The moment at which a release goes live: read from a form, and held to what makes sense."""

from datetime import UTC, datetime, timedelta

LONGEST_WAIT = timedelta(days=90)
"""A release that waits longer is forgotten before it comes."""


class MomentError(ValueError):
    """No moment, one that has passed, or one too far ahead."""


def read_moment(text: str) -> datetime:
    """Return the moment (UTC) in what a browser sends for a date and a time. Raises MomentError."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise MomentError from None
    if found.tzinfo is not None:
        raise MomentError
    return found.replace(tzinfo=UTC)


def demand_moment(at: datetime, *, now: datetime) -> None:
    """Raise MomentError unless `at` is to come, and within LONGEST_WAIT."""
    if not now < at <= now + LONGEST_WAIT:
        raise MomentError
