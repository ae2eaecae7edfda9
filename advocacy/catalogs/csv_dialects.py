"""Rows of a CSV file, whichever of its dialects a spreadsheet has saved it in."""

import codecs
import csv
import io
from collections.abc import Collection, Iterator

from advocacy.catalogs.errors import CatalogError, MissingColumnsError
from advocacy.catalogs.limits import of_fair_size

_SEPARATORS = ",;\t"


def rows_of(content: bytes, name: str, needed: Collection[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row as its cells by heading, with the line it ends on; empty rows are passed over.

    `name` is the file's, for complaints, `needed` the headings it must have; headings are taken in lower
    case. A row may be short, as spreadsheets leave empty cells at the end away. Raises CatalogError with
    line and reason.
    """
    text = _text_of(of_fair_size(content, name), name)
    for separator in _SEPARATORS:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        headings = _headings(rows)
        if headings is not None and set(needed) <= set(headings):
            break
    else:
        raise MissingColumnsError(name, tuple(sorted(needed)))
    if len(set(headings)) < len(headings):
        raise CatalogError(name, "has two columns of one name", 1)
    yield from _cells(rows, [*headings], name)


def _headings(rows: Iterator[list[str]]) -> list[str] | None:
    try:
        return [heading.strip().lower() for heading in next(rows, [])]
    except csv.Error:
        return None


def _cells(rows: Iterator[list[str]], headings: list[str], name: str) -> Iterator[tuple[int, dict[str, str]]]:
    line = 1
    try:
        for row in rows:
            line = getattr(rows, "line_num", line)
            if len(row) > len(headings):
                raise CatalogError(name, f"has {len(row)} cells in {len(headings)} columns", line)
            if any(row):
                yield line, dict(zip(headings, row + [""] * (len(headings) - len(row)), strict=True))
    except csv.Error as error:
        raise CatalogError(name, str(error), getattr(rows, "line_num", line)) from None


def _text_of(content: bytes, name: str) -> str:
    # Spreadsheets save "Unicode text" in UTF-16, always with its mark.
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogError(name, str(error), content.count(b"\n", 0, error.start) + 1) from None
    if (nul := text.find("\0")) >= 0:
        raise CatalogError(name, "holds a NUL", text.count("\n", 0, nul) + 1)
    return text
