"""CSV files in and out, for translators who work in a spreadsheet (RFC 4180).

Written in UTF-8 with a byte order mark, which spreadsheets need to know it, every cell quoted. Read with or
without the mark, separated by commas, by semicolons or by tabs (then also in UTF-16), as spreadsheets
save in one country or another. A row is one text: a plural has a row a form, counted in `form`; for which
numbers that is stands in `form_name`, for people alone.

CSV has no place for a state: what is read says nothing of whether a text was fuzzy.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from advocacy.catalogs.csv_cells import guarded, unguarded
from advocacy.catalogs.csv_dialects import rows_of
from advocacy.catalogs.entries import Entry, entry_id
from advocacy.catalogs.errors import CatalogError, ChangedSourceError
from advocacy.catalogs.limits import demand_few
from advocacy.catalogs.moments import moment_in, moment_said
from advocacy.catalogs.po_catalog import Key

COLUMNS = ("id", "context", "source", "source_plural", "form", "form_name", "text", "comment", "exported")
LONGEST_CELL = 32_767
"""Characters; spreadsheets cut what is longer."""

_AT = "at "
"""Stands before a moment, which a spreadsheet would take for a date and write in its own way."""

_LETTER = "u"
"""Stands before an id: a spreadsheet takes `3791052994784167` and `0e76960093379060` for numbers."""

_ID = re.compile(rf"{_LETTER}?[0-9a-f]{{16}}")
_SPOILT = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?:E[+-]?[0-9]+)?", re.IGNORECASE)
"""What a spreadsheet has made of an id without its letter; such a row is known by its source alone."""

_NEEDED = frozenset({"source", "text"})


class _Row(NamedTuple):
    """A row that was read; `form` is None for an entry without a plural."""

    key: Key
    plural: str | None
    form: int | None
    text: str
    comment: str
    exported: datetime | None


def write_csv(
    entries: Iterable[Entry], name: str, *, labels: Sequence[str] = (), exported: datetime | None = None
) -> bytes:
    """Return the entries as a CSV file, without the obsolete ones; `name` is the file's, for complaints.

    `labels` say of each plural form of the language which numbers it is for, `exported` is when the file is
    handed out. Raises CatalogError for what
    a spreadsheet would lose: a cell too long, NUL, a lone surrogate.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    made = f"{_AT}{moment_said(exported)}" if exported else ""
    for entry in entries:
        if not entry.obsolete:
            writer.writerows([_cell(cell, name) for cell in (*row, made)] for row in _rows(entry, labels))
    try:
        return file.getvalue().encode("utf-8-sig")
    except UnicodeEncodeError as error:
        raise CatalogError(name, str(error)) from None


def read_csv(content: bytes, name: str) -> tuple[Entry, ...]:
    """Return the entries that a CSV file says, in its order; `name` is the file's, for complaints.

    Columns are found by their headings, in any order; `source` and `text` are needed, others are passed
    over. Raises CatalogError with line and reason: not in UTF-8 or UTF-16, no such columns, too large,
    forms that do not count up, an entry that stands twice, an id of ours by another source.
    """
    found: dict[Key, list[_Row]] = {}
    for line, cells in rows_of(content, name, _NEEDED):
        row = _read_row({heading: unguarded(cell) for heading, cell in cells.items()}, name, line)
        rows = found.setdefault(row.key, [])
        if (row.form or 0) != len(rows) or (rows and rows[0].plural != row.plural):
            raise CatalogError(
                name, f"{row.key.msgid[:40]!r} stands twice, or its forms do not count up", line
            )
        rows.append(row)
        demand_few(len(found), name, line)
    return tuple(_entry(rows) for rows in found.values())


def _rows(entry: Entry, labels: Sequence[str]) -> Iterator[list[str]]:
    context, plural = entry.context or "", entry.msgid_plural
    comment = "\n".join(filter(None, (entry.comment, entry.translator_comment)))
    for form, text in enumerate(entry.texts):
        number = "" if plural is None else str(form)
        label = labels[form] if plural is not None and len(labels) == len(entry.texts) else ""
        yield [f"{_LETTER}{entry.id}", context, entry.msgid, plural or "", number, label, text, comment]


def _cell(text: str, name: str) -> str:
    cell = guarded(text)
    if len(cell) > LONGEST_CELL:
        raise CatalogError(
            name, f"a cell of {len(cell):,} characters, more than {LONGEST_CELL:,}: {cell[:40]!r}"
        )
    if "\0" in cell:
        raise CatalogError(name, f"a spreadsheet cannot hold NUL, in {cell[:40]!r}")
    return cell


def _read_row(cells: Mapping[str, str], name: str, line: int) -> _Row:
    form = cells.get("form", "").strip()
    if form and not (form.isascii() and form.isdigit() and len(form) < 4):  # noqa: PLR2004
        raise CatalogError(name, f"{form[:20]!r} is not the number of a plural form", line)
    return _Row(
        key=_key(cells, name, line),
        plural=cells.get("source_plural", "") if form else None,
        form=int(form) if form else None,
        text=cells["text"],
        comment=cells.get("comment", ""),
        exported=moment_in(cells.get("exported", "").removeprefix(_AT)),
    )


def _key(cells: Mapping[str, str], name: str, line: int) -> Key:
    """Return the row's key; its id tells an empty context from none, and whether the source was changed."""
    context, source, given = cells.get("context", ""), cells["source"], cells.get("id", "").strip()
    keys = [Key(context, source)] if context else [Key(None, source), Key("", source)]
    for key in keys:
        if given.removeprefix(_LETTER) == entry_id(*key):
            return key
    if not given or _SPOILT.fullmatch(given):
        return keys[0]
    if not _ID.fullmatch(given):
        raise CatalogError(name, f"{given[:20]!r} is not an id that was handed out; leave it as it was", line)
    raise ChangedSourceError(name, f"the source of {given[:20]!r} is not the one that was handed out", line)


def _entry(rows: list[_Row]) -> Entry:
    first = rows[0]
    return Entry(
        context=first.key.context,
        msgid=first.key.msgid,
        msgid_plural=first.plural,
        texts=tuple(row.text for row in rows),
        comment=first.comment,
        exported=first.exported,
        says_state=False,
    )
