"""What a change of a source does to the texts that were approved for it."""

import unicodedata
from enum import StrEnum

LONGEST_SOURCE = 20_000
"""Characters."""


class Effect(StrEnum):
    """What becomes of the approved text of one language."""

    STAYS = "stays"
    CARRIED = "carried"
    OUTDATED = "outdated"
    NOTHING = "nothing"


class SourceRefusedError(ValueError):
    """A text that cannot be a source: empty, too long, with characters that do not show, or as it was."""


def read_source(text: str) -> str:
    """Return a source as it is kept: NFC, one kind of line end, nothing around it.

    Raises SourceRefusedError.
    """
    found = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    hidden = any(unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Cn") for one in found if one != "\n")
    if not found or len(found) > LONGEST_SOURCE or hidden:
        raise SourceRefusedError
    return found


def effect(approved_for: str | None, *, before: str, after: str, meaning_changed: bool, fits: bool) -> Effect:
    """Return what becomes of a text approved for the source `approved_for`, None if no text is approved.

    All three are rules.review.source_hash; `before` is the source that the change begins from, and `fits`
    says whether the text passes the checks beside the new one.
    """
    if approved_for == after:
        return Effect.STAYS
    if approved_for != before:
        return Effect.NOTHING
    return Effect.OUTDATED if meaning_changed or not fits else Effect.CARRIED
