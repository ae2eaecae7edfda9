"""What reviewers say most often when they send a text back, so that they need not write it each time."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a text cannot be approved as it is."""

    MEANING = "meaning"
    MISSING = "missing"
    ADDED = "added"
    TERMS = "terms"
    LANGUAGE = "language"
    TONE = "tone"
    HARM = "harm"


LONGEST_REASON = 2_000
"""Characters that a reviewer can add in her own words."""
