"""Terms that people suggest for the glossary, and what becomes of them."""

from enum import StrEnum


class SuggestionState(StrEnum):
    """Where a suggestion stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


LONGEST_TERM = 200
"""Characters of a term, and of what it is called in a language."""

LONGEST_WHY = 1_000
"""Characters of a reason, for a term or against it."""
