"""Noting on which page messages were seen, so that their translators can go and look."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from advocacy.models import Sighting
from advocacy.models.sighting import sightings_of

_STANDS = timedelta(days=1)
"""How long a sighting stands before another takes its place: looking at pages must not write all the time."""


def unnoted(session: Session, messages: Collection[int], *, now: datetime) -> list[int]:
    """Return those of `messages` (by id) that were not seen for a while."""
    known = sightings_of(session, messages)
    return [one for one in messages if one not in known or now - known[one].seen_at >= _STANDS]


def note_seen(session: Session, messages: Collection[int], path: str, *, now: datetime) -> None:
    """Note that messages (by id), none twice, were seen at `path`, which names no language."""
    known = sightings_of(session, messages)
    for one in messages:
        if one in known:
            known[one].path, known[one].seen_at = path, now
        else:
            session.add(Sighting(message_id=one, path=path, seen_at=now))
