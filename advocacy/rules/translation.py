"""Where a unit (a message in one language) stands."""

from enum import StrEnum


class UnitStatus(StrEnum):
    """A unit's status, derived from its translations; readers are shown approved text only."""

    UNTRANSLATED = "untranslated"
    DRAFT = "draft"
    NEEDS_REVIEW = "needs_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    OUTDATED = "outdated"
