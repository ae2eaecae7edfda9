"""PO files in and out: read to the letter or refused, written whole or not at all."""

import os
import re
import tempfile
from pathlib import Path

import polib

from advocacy.catalogs.errors import CatalogError as CatalogError
from advocacy.catalogs.expected import demand_domain, demand_language
from advocacy.catalogs.limits import bytes_of, of_fair_size
from advocacy.catalogs.po_catalog import WIDTH as WIDTH
from advocacy.catalogs.po_catalog import Catalog
from advocacy.catalogs.po_catalog import Key as Key
from advocacy.catalogs.po_catalog import key_of as key_of
from advocacy.catalogs.po_charset import UTF_8, codec_of, demand_truth, text_of
from advocacy.catalogs.po_parsing import catalog_from
from advocacy.catalogs.po_writing import po_bytes


def read_po(path: Path, *, domain: str | None = None, language: str | None = None) -> Catalog:
    """Return the catalog in the file at `path`. Raises CatalogError, as `parse_po` does."""
    return parse_po(bytes_of(path), path.name, domain=domain, language=language)


def parse_po(content: bytes, name: str, *, domain: str | None = None, language: str | None = None) -> Catalog:
    """Return the catalog that the bytes of a PO file say, exactly as GNU gettext reads them.

    `name` is the file's, for complaints. Where `domain` or `language` (a BCP 47 tag) is given, a file that
    says it is of another one is refused; one that does not say is taken. The header of a file in
    another charset says UTF-8 afterwards, which is what is written.

    Raises CatalogError with line and reason: too large, not of its charset, not a PO file, an entry that
    stands twice, another domain or language.
    """
    of_fair_size(content, name)
    codec = codec_of(content, name)
    catalog = catalog_from(text_of(content, codec, name), codec, name, domain=domain)
    demand_truth(catalog.metadata_as_entry().msgstr, codec, name)
    demand_domain(name, catalog.metadata.get("X-Domain"), domain)
    demand_language(name, catalog.metadata.get("Language"), language)
    if codec != UTF_8:
        catalog.metadata = {
            field: re.sub(r"(?<=charset=)\S+", "UTF-8", value) for field, value in catalog.metadata.items()
        }
    return catalog


def is_done(entry: polib.POEntry) -> bool:
    """Whether the entry holds a translation that may be shown: not fuzzy, no form empty."""
    if entry.obsolete or entry.fuzzy:
        return False
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return bool(forms) and all(forms)


def clear_fuzzy(entry: polib.POEntry) -> None:
    """Make the entry's text one for its present source: no longer fuzzy, its previous source forgotten.

    `entry.fuzzy = False` alone would leave the previous source, which then is shown as a change.
    """
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None


def compile_mo(catalog: polib.POFile) -> bytes:
    """Return the catalog as MO bytes: finished entries only, so that nothing fuzzy is ever served."""
    ready = polib.POFile()
    ready.metadata = catalog.metadata
    ready.extend(entry for entry in catalog if is_done(entry))
    return bytes(ready.to_binary())


def write_po(catalog: polib.POFile, path: Path) -> bool:
    """Write the catalog to `path` and return True, or leave an identical file alone and return False.

    The file is whole at every moment: written beside, synced, then moved into place. An OSError
    (disk full, no permission) leaves the old file as it was, and so does a CatalogError for what a
    PO file cannot hold.
    """
    content = po_bytes(catalog, path.name)
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return True


def finished(catalog: polib.POFile) -> set[Key]:
    """Return the key of every entry whose translation may be shown."""
    return {key_of(entry) for entry in catalog if is_done(entry)}
