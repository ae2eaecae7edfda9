"""Closing an appeal: no more signatures, and a day on which the given ones become a number."""

from datetime import date

from advocacy.models import Appeal, AppealState
from advocacy.rules.signing import LONGEST_RETENTION


class RetentionError(ValueError):
    """A day for reducing signatures to counts that was promised to nobody."""


def close_appeal(appeal: Appeal, *, today: date, reduce_on: date | None = None) -> None:
    """Close `appeal` today; its signatures are reduced to counts on `reduce_on`, else six months later.

    An appeal that is closed already keeps its day of closing, and the day that was promised can only come
    nearer. Raises RetentionError for a day before the closing or after the promise, and for an appeal that is
    reduced.
    """
    closed_on = appeal.closed_on or today
    latest = appeal.reduce_on or closed_on + LONGEST_RETENTION
    reduce_on = reduce_on or latest
    if appeal.reduced:
        raise RetentionError("Its signatures have been deleted; only their number is left.")
    if not closed_on <= reduce_on <= latest:
        raise RetentionError(f"Signatures are kept until a day between {closed_on} and {latest}.")
    appeal.state, appeal.closed_on, appeal.reduce_on = AppealState.CLOSED, closed_on, reduce_on
