"""How many sentences a text has: one that a translation lost shows even to who cannot read it."""

import re

from advocacy.rules.checks.base import normal_tag

_WITHOUT_MARKS = frozenset({"th", "lo"})
"""Languages that end a sentence with a space, or with nothing."""

_CLOSING = r"[\"'”’»」』）)\]》】]*+"
_END = re.compile(rf"[。！？｡।॥።။។؟۔]+{_CLOSING}|(?<![.!?…])[.!?…]++{_CLOSING}(?=\s|$)|\n")
_NO_END = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Gen|Col|Sen|Rep|Gov|St|No|vs|cf|e\.g|i\.e|approx)\."
    r"|(?<![^\W_])[^\W\d_]\.(?=[^\n])"  # U.S., an initial
)


def sentences_in(text: str, language: str) -> int | None:
    """Return how many sentences a text has; lines count apart. None where the language (BCP 47) sets no end.

    An estimate: what is quoted within a sentence can count as one of its own.
    """
    if normal_tag(language) in _WITHOUT_MARKS:
        return None
    parts = _END.split(_NO_END.sub("x", text))
    return sum(any(character.isalnum() for character in part) for part in parts)
