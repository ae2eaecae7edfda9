"""Spending a calculation: what was solved once serves once."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from advocacy.models import SpentChallenge


class SpentChallengeError(Exception):
    """The calculation has been sent with a form before."""


def spend_challenge(session: Session, digest: bytes, *, expires_at: datetime) -> None:
    """Note that the challenge with this digest is used up. Raises SpentChallengeError if it was before."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    added = session.execute(
        dialect.insert(SpentChallenge)
        .values(digest=digest, expires_at=expires_at)
        .on_conflict_do_nothing()
        .returning(SpentChallenge.digest)
    ).all()
    if not added:
        raise SpentChallengeError
