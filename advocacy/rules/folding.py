"""Texts as a search reads them: case and the way accents are written do not count."""

from unicodedata import normalize

APART = "\x1f"
"""Between texts that are folded together: no search finds what begins in one and ends in the next."""


def folded(*texts: str | None) -> str:
    """Return texts in small letters and NFC, apart from each other; what is None is an empty text."""
    return APART.join(normalize("NFC", (text or "").lower()).replace(APART, " ") for text in texts)
