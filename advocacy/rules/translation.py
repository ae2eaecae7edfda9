"""Where a unit (a message in one language) stands."""

from collections.abc import Iterable
from enum import StrEnum

from advocacy.rules.review import TranslationState


class UnitStatus(StrEnum):
    """A unit's status, derived from its translations; readers are shown approved text only."""

    UNTRANSLATED = "untranslated"
    DRAFT = "draft"
    NEEDS_REVIEW = "needs_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    OUTDATED = "outdated"


def unit_status(translations: Iterable[tuple[TranslationState, str]], current: str) -> UnitStatus:
    """Return a unit's status from its translations, each with its source's hash; `current` is the message's.

    What somebody should act on comes first: a text for the present source that waits for a review, then an
    approved one, then one that was sent back. Texts for an older source count as what they are: the
    approved one is outdated, the others are drafts to start from.
    """
    known = set(translations)
    for state, status in _CURRENT:
        if (state, current) in known:
            return status
    states = {state for state, _ in known}
    if TranslationState.APPROVED in states:
        return UnitStatus.OUTDATED
    return UnitStatus.DRAFT if states & _UNFINISHED else UnitStatus.UNTRANSLATED


_CURRENT = (
    (TranslationState.SUBMITTED, UnitStatus.NEEDS_REVIEW),
    (TranslationState.APPROVED, UnitStatus.APPROVED),
    (TranslationState.CHANGES_REQUESTED, UnitStatus.CHANGES_REQUESTED),
)
_UNFINISHED = {TranslationState.DRAFT, TranslationState.SUBMITTED, TranslationState.CHANGES_REQUESTED}
