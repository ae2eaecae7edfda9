"""Reading and writing PO files with polib, around its traps.

polib takes a text for a path if such a file exists and cuts texts at U+2028 and its like, so
files are read from disk only; it lets duplicates pass and writes in place, so both are done here.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import polib

WIDTH = 100
"""Column at which long texts are wrapped in files."""


class CatalogError(ValueError):
    """A catalog file that cannot be used; the message says which and why."""


class Key(NamedTuple):
    """What makes two entries the same one for gettext."""

    context: str | None
    msgid: str
    msgid_plural: str | None


def key_of(entry: polib.POEntry) -> Key:
    """Return the entry's key."""
    return Key(entry.msgctxt, entry.msgid, entry.msgid_plural or None)


def read_po(path: Path) -> polib.POFile:
    """Return the catalog in the file at `path`. Raises CatalogError, also for an entry that stands twice."""
    try:
        catalog = polib.pofile(str(path), encoding="utf-8", wrapwidth=WIDTH)
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path.name}: {error}") from None
    seen: set[tuple[str | None, str]] = set()
    for entry in catalog:
        if not entry.obsolete and (entry.msgctxt, entry.msgid) in seen:
            raise CatalogError(f"{path.name}: line {entry.linenum}: {entry.msgid!r} stands twice")
        seen.add((entry.msgctxt, entry.msgid))
    return catalog


def is_done(entry: polib.POEntry) -> bool:
    """Whether the entry holds a translation that may be shown: not fuzzy, no form empty."""
    if entry.obsolete or entry.fuzzy:
        return False
    forms: Iterable[str] = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return all(forms)


def compile_mo(catalog: polib.POFile) -> bytes:
    """Return the catalog as MO bytes: finished entries only, so that nothing fuzzy is ever served."""
    return bytes(catalog.to_binary())


def write_po(catalog: polib.POFile, path: Path) -> bool:
    """Write the catalog to `path` and return True, or leave an identical file alone and return False.

    The file is whole at every moment: written beside, synced, then moved into place. An OSError
    (disk full, no permission) leaves the old file as it was.
    """
    content = str(catalog).rstrip("\n") + "\n"
    if path.exists() and path.read_text("utf-8") == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return True


def finished(catalog: polib.POFile) -> set[tuple[str | None, str]]:
    """Return (context, msgid) of every entry whose translation may be shown."""
    return {(entry.msgctxt, entry.msgid) for entry in catalog if is_done(entry)}
