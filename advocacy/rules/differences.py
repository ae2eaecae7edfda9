"""What changed between two texts: by words, or by characters where a language writes without spaces."""

import re
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz.distance import Indel

from advocacy.rules.checks.base import normal_tag
from advocacy.rules.marks import KEEP


class Kind(StrEnum):
    """What became of a part."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Part(NamedTuple):
    """A stretch of text and what became of it."""

    kind: Kind
    text: str


_WITHOUT_SPACES = frozenset({"zh-Hans", "zh-Hant", "ja", "th", "lo", "km", "my", "bo", "dz"})
# A space goes with the word before it: alone it would be found everywhere, and tear phrases apart.
# What has to be kept as it is, a placeholder or a tag, is one part: half of it says nothing.
_WORDS = re.compile(rf"(?:{KEEP.pattern}|\w+|[^\w\s])\s*|\s+")
_CHARACTERS = re.compile(rf"{KEEP.pattern}|[A-Za-z0-9_]+|.", re.DOTALL)
_MOST_WORK = 16_000_000
"""Parts of one text times parts of the other, beyond which the whole is said to have changed."""


def has_spaces(language: str) -> bool:
    """Return whether a language (BCP 47 tag) puts spaces between words, so that words can be counted."""
    return normal_tag(language) not in _WITHOUT_SPACES


def differences(old: str, new: str, *, language: str) -> list[Part]:
    """Return the parts of both texts in order, what was removed before what was added in its place.

    Two texts (`str`) come in, a list of `Part` (`Kind`, and a `str` that is never empty) goes out; two empty
    texts have no part. `language` (`str`, any BCP 47 spelling) says how a text falls into parts: characters
    where a language writes without spaces, else words. The parts that were kept and removed are, joined, the
    old text, those kept and added the new one; no two neighbours are of the same kind. Nothing is raised.
    """
    pattern = _WORDS if has_spaces(language) else _CHARACTERS
    before, after = pattern.findall(old), pattern.findall(new)
    if len(before) * len(after) > _MOST_WORK:
        return _joined([(Kind.REMOVED, old), (Kind.ADDED, new)])
    numbers = {part: number for number, part in enumerate(dict.fromkeys((*before, *after)))}
    steps = Indel.opcodes([numbers[part] for part in before], [numbers[part] for part in after])
    parts: list[tuple[Kind, str]] = []
    for step in steps:
        if step.tag == "equal":
            parts.append((Kind.KEPT, "".join(before[step.src_start : step.src_end])))
        else:
            parts.append((Kind.REMOVED, "".join(before[step.src_start : step.src_end])))
            parts.append((Kind.ADDED, "".join(after[step.dest_start : step.dest_end])))
    return _joined(parts)


def _joined(parts: list[tuple[Kind, str]]) -> list[Part]:
    """Return the parts without empty ones; between two that were kept, one that was removed and one added."""
    found: list[Part] = []
    for kept, run in groupby((part for part in parts if part[1]), key=lambda part: part[0] is Kind.KEPT):
        stretch = list(run)
        for kind in (Kind.KEPT,) if kept else (Kind.REMOVED, Kind.ADDED):
            text = "".join(map(itemgetter(1), (part for part in stretch if part[0] is kind)))
            if text:
                found.append(Part(kind, text))
    return found
