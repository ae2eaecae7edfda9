"""Keeping a spreadsheet from taking a text for a formula, so that the text can be had back.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a line break (or a full-width form of one) may be run
as a formula when the file is opened (OWASP, CSV Injection). An apostrophe before it makes it a text. The
same is done inside a cell behind a semicolon, a tab or a line break, where a spreadsheet that expects
another separator would begin a new cell.
"""

import re

_PIECE = re.compile(r"[^;\t\r\n]*[;\t\r\n]|[^;\t\r\n]+")
"""A text cut behind each character that may end a cell for some spreadsheet."""

_RISKY = re.compile(r"""['"\s]*[=+\-@＝＋－＠\t\r\n]""")
_GUARDED = re.compile(rf"(?=')(?:{_RISKY.pattern})")


def guarded(text: str) -> str:
    """Return the text with an apostrophe before all that a spreadsheet could run."""
    return _PIECE.sub(lambda piece: ("'" if _RISKY.match(piece[0]) else "") + piece[0], text)


def unguarded(cell: str) -> str:
    """Return the text that `guarded` was given; a cell without its apostrophes stays as it is."""
    return _PIECE.sub(lambda piece: piece[0][1:] if _GUARDED.match(piece[0]) else piece[0], cell)
