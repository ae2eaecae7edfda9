"""What happened to a unit while somebody was writing for it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from advocacy.models import Translation, Unit
from advocacy.models.unit_history import newer_than
from advocacy.rules.review import TranslationState
from advocacy.translate.typed import Typed


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody's newer text, or another source, or both."""

    theirs: Translation | None
    source_changed: bool


class OvertakenError(Exception):
    """What was typed was written before something that its author has not seen."""


def conflict_with(session: Session, unit: Unit, typed: Typed) -> Conflict | None:
    """Return what the author of `typed` has not seen, or None."""
    theirs = newer_than(session, unit.id, typed.seen)
    changed = unit.message.source_hash != typed.source_hash
    return Conflict(theirs, changed) if theirs or changed else None


def is_done_already(session: Session, unit: Unit, typed: Typed, state: TranslationState, by: int) -> bool:
    """Whether this very text was taken a moment ago: a button was pressed twice."""
    newest = newer_than(session, unit.id, typed.seen)
    if newest is None or newest.author_id != by or newest.state is not state:
        return False
    return newest.content_hash == unit.message.content_hash(typed.texts)
