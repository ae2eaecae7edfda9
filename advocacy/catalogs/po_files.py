"""Reading and writing PO files with polib, around its traps.

polib takes a text for a path if such a file exists, cuts texts at U+2028 and its like, passes over the
previous source of an obsolete entry (`#~|`), lets duplicates pass and writes in place. Not so here.
"""

import os
import re
import tempfile
from pathlib import Path
from typing import NamedTuple

import polib

WIDTH = 100
"""Column at which long texts are wrapped in files."""

_OBSOLETE_PREVIOUS = re.compile(r"^#~\|", re.MULTILINE)


class CatalogError(ValueError):
    """A catalog file that cannot be used; the message says which and why."""


class Key(NamedTuple):
    """What makes two entries the same one for gettext, obsolete or not."""

    context: str | None
    msgid: str


class _Lines(str):
    """A text that is cut into lines where a file is."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: ARG002, FBT001, FBT002  as str has it
        return self.split("\n")


def key_of(entry: polib.POEntry) -> Key:
    """Return the entry's key."""
    return Key(entry.msgctxt, entry.msgid)


def read_po(path: Path) -> polib.POFile:
    """Return the catalog in the file at `path`. Raises CatalogError, also for an entry that stands twice."""
    try:
        text = _OBSOLETE_PREVIOUS.sub("#|", path.read_text("utf-8"))
        catalog = polib.pofile(_Lines(text + "\n"), encoding="utf-8", wrapwidth=WIDTH)
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path.name}: {error}") from None
    seen = {Key(None, "")}  # the header, which polib has taken out
    for entry in catalog:
        if key_of(entry) in seen:
            raise CatalogError(f"{path.name}: line {entry.linenum}: {entry.msgid!r} stands twice")
        seen.add(key_of(entry))
    return catalog


def is_done(entry: polib.POEntry) -> bool:
    """Whether the entry holds a translation that may be shown: not fuzzy, no form empty."""
    if entry.obsolete or entry.fuzzy:
        return False
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return bool(forms) and all(forms)


def compile_mo(catalog: polib.POFile) -> bytes:
    """Return the catalog as MO bytes: finished entries only, so that nothing fuzzy is ever served."""
    ready = polib.POFile()
    ready.metadata = catalog.metadata
    ready.extend(entry for entry in catalog if is_done(entry))
    return bytes(ready.to_binary())


def write_po(catalog: polib.POFile, path: Path) -> bool:
    """Write the catalog to `path` and return True, or leave an identical file alone and return False.

    The file is whole at every moment: written beside, synced, then moved into place. An OSError
    (disk full, no permission) leaves the old file as it was.
    """
    content = str(catalog).rstrip("\n").encode() + b"\n"
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
