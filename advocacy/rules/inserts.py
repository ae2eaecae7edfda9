"""What a translator can put into her text from the source, so that she need not type it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from advocacy.rules.marks import Mark, Stretch


class InsertKind(StrEnum):
    """What it is that goes into the text."""

    PLACEHOLDER = "placeholder"
    TAG = "tag"
    TERM = "term"


class Insert(NamedTuple):
    """What goes in before and after what is selected; of a term, `source` is what it is called there."""

    kind: InsertKind
    before: str
    after: str = ""
    source: str = ""


def inserts(forms: Iterable[Sequence[Stretch]]) -> list[Insert]:
    """Return what the forms of a source offer, each thing once: what has to stay in order, then the terms.

    A tag that is closed later comes with its end, to stand around a text.
    """
    kept: dict[Insert, None] = {}
    terms: dict[str, Insert] = {}
    for stretches in forms:
        texts = [stretch.text for stretch in stretches if stretch.mark is Mark.KEEP]
        kept |= dict.fromkeys(_kept(texts))
        for one in stretches:
            if one.mark is Mark.TERM:
                terms.setdefault(one.preferred, Insert(InsertKind.TERM, one.preferred, source=one.text))
    return [*kept, *terms.values()]


def _kept(texts: Sequence[str]) -> list[Insert]:
    found, closed = [], set[int]()
    for place, text in enumerate(texts):
        if not text.startswith("<"):
            found.append(Insert(InsertKind.PLACEHOLDER, text))
        elif place not in closed:
            end = _end_of(text)
            closes = next((at for at in range(place + 1, len(texts)) if texts[at] == end), None)
            closed.add(closes if closes is not None else -1)
            found.append(Insert(InsertKind.TAG, text, end if closes is not None else ""))
    return found


def _end_of(tag: str) -> str:
    """Return the tag that closes `tag`, for example `</a>` for `<a href="...">`."""
    return f"</{tag.strip('<>').split(maxsplit=1)[0]}>" if tag.strip("<>/ ") else ""
