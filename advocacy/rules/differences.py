"""What changed between two texts, word by word; character by character where words are not set apart."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import Indel

from advocacy.rules.checks.base import CHINESE, normal_tag

_WITHOUT_SPACES = CHINESE | {"ja", "th", "lo", "km", "my"}
_WORDS = re.compile(r"\w+(?:[’'.,]\w+)*|\s+|[^\w\s]")
_CHARACTERS = re.compile(r"[A-Za-z0-9]+(?:[.,][0-9]+)*|\s+|.", re.DOTALL)
_MOST_TOKENS = 5_000  # of each text; the time is their product


class Kind(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """A stretch of text, and what became of it."""

    kind: Kind
    text: str


def differences(old: str, new: str, language: str) -> tuple[Piece, ...]:
    """Return how `old` became `new`, texts in a language (BCP 47 tag).

    What was kept and removed makes `old`, what was kept and added makes `new`. Where words change one
    after the other, the spaces between them count as changed too, because that is how people read it.
    """
    pattern = _CHARACTERS if normal_tag(language) in _WITHOUT_SPACES else _WORDS
    before, after = pattern.findall(old), pattern.findall(new)
    return tuple(_joined(_without_specks(_steps(before, after))))


def likeness(old: str, new: str) -> float:
    """Return how much of two texts is the same, from 0 to 1."""
    return Indel.normalized_similarity(old, new)


def _steps(before: list[str], after: list[str]) -> list[Piece]:
    if max(len(before), len(after)) > _MOST_TOKENS:
        same = before == after
        kinds = [(Kind.KEPT, before)] if same else [(Kind.REMOVED, before), (Kind.ADDED, after)]
        return [Piece(kind, "".join(tokens)) for kind, tokens in kinds]
    found = []
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            found.append(Piece(Kind.KEPT, "".join(before[step.src_start : step.src_end])))
        else:
            found.append(Piece(Kind.REMOVED, "".join(before[step.src_start : step.src_end])))
            found.append(Piece(Kind.ADDED, "".join(after[step.dest_start : step.dest_end])))
    return [piece for piece in found if piece.text]


def _without_specks(pieces: list[Piece]) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        between = 0 < number < len(pieces) - 1
        if between and piece.kind is Kind.KEPT and piece.text.isspace() and "\n" not in piece.text:
            yield Piece(Kind.REMOVED, piece.text)
            yield Piece(Kind.ADDED, piece.text)
        else:
            yield piece


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield one removed and one added piece for each stretch that changed."""
    removed = added = kept = ""
    for kind, text in pieces:
        if kind is Kind.KEPT:
            yield from _pieces((Kind.REMOVED, removed), (Kind.ADDED, added))
            removed, added = "", ""
            kept += text
            continue
        yield from _pieces((Kind.KEPT, kept))
        kept = ""
        removed += text if kind is Kind.REMOVED else ""
        added += text if kind is Kind.ADDED else ""
    yield from _pieces((Kind.KEPT, kept), (Kind.REMOVED, removed), (Kind.ADDED, added))


def _pieces(*found: tuple[Kind, str]) -> Iterator[Piece]:
    return (Piece(kind, text) for kind, text in found if text)
