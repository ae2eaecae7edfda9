"""What happened to a unit while somebody was writing for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from sqlalchemy.orm import Session

from advocacy.actions.propose import EmptyTextError, Proposal, TooLongError, WrongFormsError, propose
from advocacy.models import Translation, Unit
from advocacy.models.translation import waiting_in
from advocacy.models.unit_history import newer_than
from advocacy.rules.review import TranslationState
from advocacy.translate.typed import Typed


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the author of a text has not seen: somebody's newer text, another source, or both.

    `seen` is the newest translation (by id) that she knows once she was shown this; `kept` says that what
    she typed is among the unit's texts, as a draft of hers.
    """

    theirs: Translation | None
    source_changed: bool
    seen: int
    kept: bool = False

    def with_draft(self, draft: Translation) -> Self:
        """Return the same, with what she typed kept as a draft."""
        return replace(self, seen=draft.id, kept=True)


def conflict_with(session: Session, unit: Unit, typed: Typed, *, by: int) -> Conflict | None:
    """Return what the author of `typed`, an account (by id), has not seen, or None."""
    newer = newer_than(session, unit.id, typed.seen)
    same = [text for text in newer if _is(text, unit, typed, by)]
    theirs = next((text for text in newer if text not in same), None)
    changed = unit.message.source_hash != typed.source_hash
    if theirs is None and not changed:
        return None
    return Conflict(theirs, changed, seen=newer[0].id if newer else typed.seen, kept=bool(same))


def is_done_already(session: Session, unit: Unit, typed: Typed, state: TranslationState, *, by: int) -> bool:
    """Whether this very text was taken a moment ago: a button was pressed twice."""
    newer = newer_than(session, unit.id, typed.seen)
    return any(_is(text, unit, typed, by) and text.state is state for text in newer[:1])


def keep_beside(
    session: Session, unit: Unit, typed: Typed, conflict: Conflict, *, by: int, now: datetime
) -> Conflict:
    """Keep what was typed as a draft beside somebody else's text, and return the conflict with it.

    Not if it was written for another source, nor in place of what its author has herself submitted or saved
    since: then it stays in her browser alone until she has decided.
    """
    if conflict.kept or conflict.source_changed or _has_own(session, unit, typed, by):
        return conflict
    try:
        draft = propose(session, unit, Proposal(texts=typed.texts), by=by, now=now)
    except (EmptyTextError, TooLongError, WrongFormsError):
        return conflict
    session.flush()
    return conflict.with_draft(draft)


def _has_own(session: Session, unit: Unit, typed: Typed, by: int) -> bool:
    own: Sequence[Translation] = waiting_in(session, unit.id, author_id=by)
    return any(text.state is TranslationState.SUBMITTED or text.id > typed.seen for text in own)


def _is(text: Translation, unit: Unit, typed: Typed, by: int) -> bool:
    return text.author_id == by and text.content_hash == unit.message.content_hash(typed.texts)
