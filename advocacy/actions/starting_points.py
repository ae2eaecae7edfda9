"""What a translator can start from when a source has changed."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy.orm import Session

from advocacy.models import Translation, Unit
from advocacy.models.translation import approved_for, approved_in


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """A text that was approved, with the source it was written for, so that a change can be shown."""

    msgid: str
    msgid_plural: str | None
    texts: tuple[str, ...]

    @classmethod
    def of(cls, translation: Translation) -> Self:
        """Return what a translation is as a text to start from."""
        return cls(translation.msgid, translation.msgid_plural, tuple(translation.texts))


def starting_point(session: Session, unit: Unit) -> StartingPoint | None:
    """Return the text to start from: the unit's own for an older source, or that of the one it replaced."""
    own = approved_in(session, unit.id)
    if own is not None:
        return None if own.source_hash == unit.message.source_hash else StartingPoint.of(own)
    if unit.message.before_id is None:
        return None
    found = approved_for(session, unit.message.before_id, unit.language)
    return StartingPoint.of(found) if found else None
