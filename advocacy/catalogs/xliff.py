"""XLIFF files in and out, for translators' own tools: 1.2 and 2.1 written, 1.2 and 2.x read.

No XLIFF library that is kept has a licence we can ship (translate-toolkit is GPL), so the format, which
is small, is written here; XML is parsed by the standard library behind defusedxml's guards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from advocacy.catalogs import xliff_1, xliff_2
from advocacy.catalogs.entries import Fault
from advocacy.catalogs.errors import CatalogError
from advocacy.catalogs.expected import demand_domain, demand_language
from advocacy.catalogs.limits import demand_few
from advocacy.catalogs.po_catalog import Key
from advocacy.catalogs.xliff_document import Document as Document
from advocacy.catalogs.xliff_document import State as State
from advocacy.catalogs.xliff_document import Unit as Unit
from advocacy.catalogs.xliff_document import unit_of as unit_of
from advocacy.catalogs.xml_nodes import read_xml

Version = Literal["1.2", "2.1"]


def write_xliff(document: Document, version: Version = "1.2", *, labels: Sequence[str] = ()) -> bytes:
    """Return the document as an XLIFF file, without its obsolete entries.

    `labels` say of each plural form of the language which numbers it is for. Raises
    CatalogError for a control character, a lone surrogate or another that XML cannot hold.
    """
    living = tuple(unit for unit in document.units if not unit.entry.obsolete)
    kept = replace(document, units=living)
    lines = (xliff_1 if version == "1.2" else xliff_2).lines_of(kept, labels)
    return ("\n".join(lines) + "\n").encode()


def read_xliff(
    content: bytes, name: str, *, domain: str | None = None, language: str | None = None
) -> Document:
    """Return what an XLIFF file says; `name` is the file's, for complaints.

    Where `domain` or `language` (a BCP 47 tag) is given, a file that says it is of another one is refused.
    A text that wants a review by its state is fuzzy. A unit that cannot be read or stands twice has a fault.
    Raises CatalogError with line and reason: not XML, with a document type, not XLIFF, too large.
    """
    root = read_xml(content, name)
    if root.name != "xliff":
        raise CatalogError(name, f"<{root.name}> is not XLIFF", root.line)
    if root.namespace == xliff_1.NAMESPACE:
        document = xliff_1.read(root, name)
    elif root.namespace.startswith(xliff_2.NAMESPACE):
        document = xliff_2.read(root, name)
    else:
        raise CatalogError(name, f"not a version of XLIFF that is read here: {root.namespace!r}", root.line)
    demand_few(len(document.units), name)
    demand_domain(name, document.domain, domain)
    demand_language(name, document.target_language, language)
    return replace(document, units=tuple(_each_once(document.units)))


def _each_once(units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield the units; what stands a second time has that for a fault."""
    seen: set[str | Key] = set()
    for unit in units:
        key = unit.entry.handed or unit.entry.key
        if unit.entry.fault in (Fault.CODES, Fault.UNREADABLE) and not unit.entry.handed:
            yield unit
        elif key in seen:
            yield replace(unit, entry=replace(unit.entry, handed=None, fault=Fault.TWICE))
        else:
            seen.add(key)
            yield unit
