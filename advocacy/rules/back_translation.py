"""Who may say, in the language of the source, what a translation says, so that others can judge it."""

from collections.abc import Collection

LONGEST_BACK = 10_000
"""Characters; the longest paragraph of an appeal has some thousand."""


class NotBlindError(ValueError):
    """Who wrote a text, or has worked on it, knows the source and cannot do as if she did not."""


class EmptyBackError(ValueError):
    """Nothing is said."""


class LongBackError(ValueError):
    """More than `LONGEST_BACK` characters."""


class SaidAlreadyError(ValueError):
    """Who has said it once may have read the source since."""


def is_blind(writer: int, author: int | None) -> bool:
    """Return whether what `writer` (an account's id) says of a text is blind: its author's own never is."""
    return writer != author


def demand_blind(writer: int, author: int | None, know: Collection[int]) -> None:
    """Raise NotBlindError if `writer` wrote the text, or is among those who `know` its source (by id)."""
    if not is_blind(writer, author) or writer in know:
        raise NotBlindError


def demand_words(text: str) -> None:
    """Raise EmptyBackError or LongBackError if a back-translation cannot be kept as it is."""
    if not text:
        raise EmptyBackError
    if len(text) > LONGEST_BACK:
        raise LongBackError
