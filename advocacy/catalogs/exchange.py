"""The files that translators exchange with us, whatever their format: PO, XLIFF or CSV."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePath

from advocacy.catalogs.builds import header
from advocacy.catalogs.csv_files import read_csv, write_csv
from advocacy.catalogs.entries import Entry, catalog_of, entries_of
from advocacy.catalogs.errors import CatalogError
from advocacy.catalogs.limits import bytes_of
from advocacy.catalogs.moments import moment_in, moment_said
from advocacy.catalogs.po_files import parse_po
from advocacy.catalogs.po_plurals import in_our_order
from advocacy.catalogs.po_writing import po_bytes
from advocacy.catalogs.xliff import Document, read_xliff, unit_of, write_xliff
from advocacy.rules.languages import Language
from advocacy.rules.plural_samples import form_labels


class Format(StrEnum):
    """A format of file, by the name people call it. XLIFF is 1.2, XLIFF_2 is 2.1; both are read as either."""

    PO = "po"
    XLIFF = "xliff"
    XLIFF_2 = "xliff2"
    CSV = "csv"


_EXPORTED = "X-Exported"
"""A field of a PO file's header. PO-Revision-Date would not do: programs set it to when they last saved."""

_ENDINGS = {
    ".po": Format.PO,
    ".pot": Format.PO,
    ".xlf": Format.XLIFF,
    ".xliff": Format.XLIFF,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".txt": Format.CSV,  # what Excel calls "Unicode Text": tabs, in UTF-16
}


def read_entries(path: Path, *, domain: str, language: str) -> tuple[Entry, ...]:
    """Return the entries of the file at `path`, whose ending says its format.

    `language` is a BCP 47 tag. Raises CatalogError: as the format's reader does, or for an unknown ending.
    """
    found = format_of(path.name)
    if found is None:
        raise CatalogError(path.name, f"its name ends in none of {', '.join(_ENDINGS)}")
    return parse_entries(bytes_of(path), path.name, found, domain=domain, language=language)


def format_of(name: str) -> Format | None:
    """Return the format that a file's name speaks of by its ending, or None."""
    return _ENDINGS.get(PurePath(name).suffix.lower())


def parse_entries(
    content: bytes, name: str, kind: Format, *, domain: str, language: str
) -> tuple[Entry, ...]:
    """Return the entries that the bytes of a file say. Raises CatalogError."""
    match kind:
        case Format.PO:
            catalog = parse_po(content, name, domain=domain, language=language)
            entries = entries_of(in_our_order(catalog, name, language=language))
            return _made_at(moment_in(catalog.metadata.get(_EXPORTED, "")), entries)
        case Format.XLIFF | Format.XLIFF_2:
            document = read_xliff(content, name, domain=domain, language=language)
            return _made_at(document.exported, (unit.entry for unit in document.units))
        case Format.CSV:
            return tuple(read_csv(content, name))


def write_entries(
    entries: Sequence[Entry], kind: Format, *, domain: str, source: str, language: Language, at: datetime
) -> bytes:
    """Return the entries as a file handed out `at`; `source` is the tag they are translated from.

    Raises CatalogError.
    """
    labels = form_labels(language.tag)
    match kind:
        case Format.PO:
            metadata = {**header(domain, language, at), _EXPORTED: moment_said(at)}
            return po_bytes(catalog_of(entries, metadata), f"{domain}.po")
        case Format.XLIFF | Format.XLIFF_2:
            units = tuple(unit_of(entry, final=entry.is_done) for entry in entries)
            document = Document(domain, source, language.tag, units, exported=at)
            return write_xliff(document, "1.2" if kind is Format.XLIFF else "2.1", labels=labels)
        case Format.CSV:
            return write_csv(entries, f"{domain}.csv", labels=labels, exported=at)


def _made_at(exported: datetime | None, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(entries) if exported is None else tuple(replace(one, exported=exported) for one in entries)
