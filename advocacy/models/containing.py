"""Whether a text stands in a column: what each database does quickest."""

import re
from typing import Any

from sqlalchemy import Boolean, ColumnElement, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

ESCAPE = "/"


class _Contains(FunctionElement[bool]):
    """Of a column, a text, and the same as a pattern."""

    name = "contains"
    type = Boolean()
    inherit_cache = True


def contains(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """Whether `text` stands in a column, letter by letter."""
    return _Contains(column, literal(text), literal(f"%{escaped(text)}%"))


def escaped(text: str) -> str:
    """Return a text as it is written in a pattern with ESCAPE."""
    return re.sub(r"([/%_])", r"/\1", text)


@compiles(_Contains)
def _by_pattern(element: _Contains, compiler: SQLCompiler, **how: Any) -> str:
    column, _text, pattern = element.clauses
    return f"({compiler.process(column, **how)} LIKE {compiler.process(pattern, **how)} ESCAPE '{ESCAPE}')"


@compiles(_Contains, "postgresql")
def _by_place(element: _Contains, compiler: SQLCompiler, **how: Any) -> str:
    # Of a pattern it thinks that next to nothing fits, and reads and sorts a whole list for its first page.
    column, text, _pattern = element.clauses
    return f"(strpos({compiler.process(column, **how)}, {compiler.process(text, **how)}) > 0)"
