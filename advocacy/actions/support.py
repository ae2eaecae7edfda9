"""Support without a mail address: one more, counted apart, of whom nothing is known."""

from sqlalchemy.orm import Session

from advocacy.models import Appeal, AppealState
from advocacy.models.support import add_support
from advocacy.models.tally import STRIPES


class NoSupportError(Exception):
    """The appeal takes no support without verification, or none any more."""


def support(session: Session, appeal: Appeal, language: str, *, chance: float) -> None:
    """Count one unverified supporter, in one of the stripes by `chance` (0 to 1). Raises NoSupportError."""
    if appeal.state is not AppealState.OPEN or not appeal.takes_unverified:
        raise NoSupportError
    add_support(session, appeal.id, language, int(chance * STRIPES))
