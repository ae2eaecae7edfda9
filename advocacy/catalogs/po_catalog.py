"""A catalog in memory: polib's, which also keeps all that its header entry says."""

from typing import NamedTuple

import polib

from advocacy.catalogs.errors import CatalogError

WIDTH = 100
"""Column at which long texts are wrapped in files."""


class Key(NamedTuple):
    """What makes two entries the same one for gettext, obsolete or not."""

    context: str | None
    msgid: str


class Catalog(polib.POFile):
    """A catalog that was read; `header_entry` holds the header's flags, places and extracted comments."""

    def __init__(self) -> None:
        super().__init__(wrapwidth=WIDTH)
        self.header_entry = polib.POEntry(msgid="", occurrences=[], flags=[])

    def metadata_as_entry(self) -> polib.POEntry:
        """Return the header as an entry, without the comment that stands at the head of the file."""
        entry = super().metadata_as_entry()
        entry.comment, entry.occurrences = self.header_entry.comment, self.header_entry.occurrences
        entry.flags = entry.flags + [flag for flag in self.header_entry.flags if flag != "fuzzy"]
        return entry


def key_of(entry: polib.POEntry) -> Key:
    """Return the entry's key."""
    return Key(entry.msgctxt, entry.msgid)


def read_header(entry: polib.POEntry, catalog: Catalog, name: str) -> None:
    """Fill the catalog's header fields and comments from its header entry.

    A line without a colon continues the field before it. Raises CatalogError for a header that is
    obsolete or has a plural, and for a field that stands twice or has no name.
    """
    if entry.obsolete or entry.msgid_plural:
        raise CatalogError(name, "a header that is obsolete or has a plural", entry.linenum)
    fields: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in entry.msgstr.rstrip("\n").split("\n") if entry.msgstr else []:
        before, colon, value = line.partition(":")
        if colon and before in fields:
            raise CatalogError(name, f"the header field {before!r} stands twice", entry.linenum)
        if colon:
            last = fields[before] = [value.strip()]
        elif last is None:
            raise CatalogError(name, f"the header does not begin with a field: {line!r}", entry.linenum)
        else:
            last.append(line.strip())
    catalog.metadata = {field: "\n".join(lines) for field, lines in fields.items()}
    catalog.header = entry.tcomment
    catalog.metadata_is_fuzzy = entry.fuzzy
    catalog.header_entry = entry
