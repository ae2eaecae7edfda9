"""People's names: what is a name, how it is stored, and its initials.

A name is letters and marks of any script with the few signs that names carry. It is stored in NFC
(Unicode Standard Annex 15); NFKC would change how people spell themselves.
"""

import re
import unicodedata
from enum import StrEnum

LONGEST_NAME = 80
"""Code points, after NFC."""

FORMER = "#"
"""What the name of a deleted account begins with, before its number; nobody else's name does."""

_MOST_MARKS = 4
"""Marks over one letter; Vietnamese, Hebrew and the Indic scripts need up to three or four."""

_SIGNS = frozenset(" ·•‧・･'’‘ʼ`´-‐‑–.,")
_JOINERS = frozenset("\u200c\u200d")  # Persian and Indic names need them
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters by category, but blank on every screen
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPACES = re.compile(r"[\u0020\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
# "J. K." and "J.K." are in names; two letters on either side, as in "example.org", are an address.
_DOT_INSIDE = re.compile(r"[.,](?=[^\s.,]{2})|(?<=[^\s.,]{2})[.,](?=[^\s.,])")

_LEAD_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST_SYLLABLE, _LAST_SYLLABLE, _SYLLABLES_PER_LEAD = 0xAC00, 0xD7A3, 588


class NameFault(StrEnum):
    """Why a text is not accepted as a name."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL = "control"
    BIDI = "bidi"
    INVISIBLE = "invisible"
    SIGN = "sign"
    NO_LETTER = "no_letter"


class NameRefusedError(ValueError):
    """A text that is not a name: the fault and, where one is to blame, the first such character."""

    def __init__(self, fault: NameFault, character: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.character = character


def read_name(text: str) -> str:
    """Return the name in `text` as it is stored: NFC, single spaces, trimmed.

    Raises NameRefusedError with the first fault found.
    """
    name = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")
    if not name:
        raise NameRefusedError(NameFault.EMPTY)
    if len(name) > LONGEST_NAME:
        raise NameRefusedError(NameFault.TOO_LONG)
    for character in name:
        if fault := _fault_of(character):
            raise NameRefusedError(fault, character)
    if piled := _piled_mark(name):
        raise NameRefusedError(NameFault.SIGN, piled)
    if inside := _DOT_INSIDE.search(name):
        raise NameRefusedError(NameFault.SIGN, inside.group())
    if not any(unicodedata.category(character)[0] == "L" for character in name):
        raise NameRefusedError(NameFault.NO_LETTER)
    return name


def _fault_of(character: str) -> NameFault | None:
    if character in _BIDI:
        return NameFault.BIDI
    if character in _FILLERS:
        return NameFault.INVISIBLE
    if character in _SIGNS or character in _JOINERS:
        return None
    category = unicodedata.category(character)
    if category[0] in "LM":
        return None
    if category in ("Cc", "Zl", "Zp"):
        return NameFault.CONTROL
    return NameFault.INVISIBLE if category[0] == "C" else NameFault.SIGN


def _piled_mark(name: str) -> str:
    """Return the first mark that is one too many over its letter, or nothing; piles cover other lines."""
    marks = 0
    for character in name:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks > _MOST_MARKS:
            return character
    return ""


def initials(name: str) -> str:
    """Return what stands for `name` (as `read_name` returns it) when only initials are to be shown.

    Hangul: the leading consonants ("ㄱ. ㅁ. ㅈ."). Han: the first character and a ring for each other
    ("王○○"), as Korean and Chinese papers do, for a Han name has no letters. Else the words' first
    letters ("J. K.").
    """
    letters = [character for character in name if unicodedata.category(character)[0] == "L"]
    if all(_is_syllable(character) for character in letters):
        return " ".join(f"{_lead_consonant(character)}." for character in letters)
    if all(_is_han(character) for character in letters):
        return letters[0] + "○" * (len(letters) - 1)
    firsts = (_first_letter(word) for word in re.split(r"[ \-·]+", name))
    return " ".join(f"{letter}." for letter in firsts if letter)


def _is_syllable(character: str) -> bool:
    return _FIRST_SYLLABLE <= ord(character) <= _LAST_SYLLABLE


def _lead_consonant(syllable: str) -> str:
    return _LEAD_CONSONANTS[(ord(syllable) - _FIRST_SYLLABLE) // _SYLLABLES_PER_LEAD]


def _is_han(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK ")


def _first_letter(word: str) -> str:
    letter = next((c for c in word if unicodedata.category(c)[0] == "L"), "")
    return _lead_consonant(letter) if letter and _is_syllable(letter) else letter.upper()


def is_pseudonym(text: str) -> bool:
    """Return whether others can see and tell apart such a name; it may well have digits and signs."""
    visible = text.isprintable() and any(map(str.isalnum, text))
    return visible and len(text) <= LONGEST_NAME and not text.startswith(FORMER)
