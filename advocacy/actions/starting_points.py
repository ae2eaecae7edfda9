"""What a translator can start from when a source has changed."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from advocacy.models import Translation, Unit
from advocacy.models.translation import approved_for, approved_in


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """A text that was approved, with the source it was written for, so that a change can be shown."""

    msgid: str
    msgid_plural: str | None
    texts: tuple[str, ...]


def starting_point(session: Session, unit: Unit) -> StartingPoint | None:
    """Return the text to start from: the unit's own for an older source, or that of the one it replaced."""
    own = approved_in(session, unit.id)
    if own is not None:
        return None if own.source_hash == unit.message.source_hash else _from(own)
    if unit.message.before_id is None:
        return None
    found = approved_for(session, unit.message.before_id, unit.language)
    return _from(found) if found else None


def _from(translation: Translation) -> StartingPoint:
    return StartingPoint(translation.msgid, translation.msgid_plural, tuple(translation.texts))
