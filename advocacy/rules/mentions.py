"""Names that a comment calls, as in "@Dandelion, is this right?"."""

from collections.abc import Iterable

_AT = "@＠"
"""Korean and Chinese keyboards write the second."""


def mentioned(text: str, names: Iterable[str]) -> set[str]:
    """Return those of `names` that `text` calls with an @, wide or not; where several fit, the longest.

    No space has to follow: in Korean a title or a particle is written on, and Chinese has no spaces.
    """
    by_length = sorted(names, key=len, reverse=True)
    plain = text.casefold()
    starts = [place + 1 for place, letter in enumerate(plain) if letter in _AT]
    found = set()
    for start in starts:
        called = (name for name in by_length if name and plain.startswith(name.casefold(), start))
        found |= {name for name in (next(called, None),) if name is not None}
    return found
