"""The regular forms of English words; irregular ones (children, wrote) are left out."""

import re

_HISSING = re.compile(r"(?:s|x|z|ch|sh)$", re.IGNORECASE)
_CONSONANT_Y = re.compile(r"[^aeiou]y$", re.IGNORECASE)
_SILENT_E = re.compile(r"[^aeoy]e$", re.IGNORECASE)
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]$", re.IGNORECASE)
"""One syllable that ends in one vowel and one consonant: stop, stopped."""


def noun_forms(word: str) -> list[str]:
    """Return the noun and its plural; the possessive is the same for all, and not among them."""
    return [word, _with_s(word)]


def verb_forms(word: str) -> list[str]:
    """Return the verb and its forms in -s, -ed and -ing."""
    if _SILENT_E.search(word):
        past, going = f"{word}d", f"{word[:-1]}ing"
    elif word.lower().endswith("e"):
        past, going = f"{word}d", f"{word}ing"
    elif _CONSONANT_Y.search(word):
        past, going = f"{word[:-1]}ied", f"{word}ing"
    elif _DOUBLED.fullmatch(word):
        past, going = f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"
    else:
        past, going = f"{word}ed", f"{word}ing"
    return [word, _with_s(word), past, going]


def _with_s(word: str) -> str:
    if _HISSING.search(word):
        return f"{word}es"
    return f"{word[:-1]}ies" if _CONSONANT_Y.search(word) else f"{word}s"
