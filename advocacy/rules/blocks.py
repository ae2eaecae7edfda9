"""The parts that an appeal's text is made of."""

from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is, and so how it is set. Each block is one message."""

    TITLE = "title"
    PARAGRAPH = "paragraph"
    ASK = "ask"
    PLEA = "plea"
    QUOTE = "quote"
    ROLE = "role"
    SIGNER = "signer"
    JOIN = "join"


ONCE_ONLY = frozenset({BlockKind.TITLE, BlockKind.ROLE, BlockKind.SIGNER, BlockKind.JOIN})
"""Kinds that an appeal has at most once."""
