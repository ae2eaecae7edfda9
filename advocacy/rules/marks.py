"""What a translator has to notice in a source: placeholders and tags to keep, terms of the glossary."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from advocacy.rules.checks.patterns import PLACEHOLDER, TAG


class Mark(StrEnum):
    """Why a stretch stands out, if it does."""

    PLAIN = "plain"
    KEEP = "keep"
    TERM = "term"


class Stretch(NamedTuple):
    """A stretch of a text; of a term, `preferred` is what the glossary calls it."""

    mark: Mark
    text: str
    preferred: str = ""


class TermSpan(NamedTuple):
    """Where a term stands in a text, from `start` to before `end`, and what the glossary calls it."""

    start: int
    end: int
    preferred: str


KEEP = re.compile(f"{PLACEHOLDER.pattern}|{TAG.pattern}")
"""What stays as it is in every language."""


def marked(text: str, terms: Iterable[TermSpan] = ()) -> list[Stretch]:
    """Return `text` in stretches, in order, none of them empty; a term inside a placeholder is none."""
    spans = [(*match.span(), Mark.KEEP, "") for match in KEEP.finditer(text)]
    spans += [(term.start, term.end, Mark.TERM, term.preferred) for term in terms]
    spans.sort(key=lambda span: (span[0], span[2] is not Mark.KEEP))
    stretches, place = [], 0
    for start, end, mark, preferred in spans:
        if start < place or start == end:
            continue
        stretches += [Stretch(Mark.PLAIN, text[place:start]), Stretch(mark, text[start:end], preferred)]
        place = end
    return [stretch for stretch in (*stretches, Stretch(Mark.PLAIN, text[place:])) if stretch.text]
