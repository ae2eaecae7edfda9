"""Whether a column says something, asked so that a database goes through a list in order until it has enough.

Whatever is asked by LIKE, PostgreSQL takes for rare: it would read and sort all to find the first few.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute

Says = Callable[[InstrumentedAttribute[str], str | ColumnElement[str]], ColumnElement[bool]]


def saying(dialect: str) -> Says:
    """Return how to ask a database, by its dialect's name, whether a text stands somewhere in a column."""
    place = func.strpos if dialect == "postgresql" else func.instr
    return lambda column, text: place(column, text) > 0
