"""How large a file may be that somebody hands in; far above any catalog that people translate."""

from pathlib import Path

from advocacy.catalogs.errors import CatalogError

LARGEST_FILE = 64_000_000
"""Bytes."""

MOST_ENTRIES = 250_000


def bytes_of(path: Path) -> bytes:
    """Return what the file holds; no more than LARGEST_FILE is ever read. Raises CatalogError."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CatalogError(path.name, str(error)) from None
    return of_fair_size(content, path.name)


def of_fair_size(content: bytes, name: str) -> bytes:
    """Return `content` as it is. Raises CatalogError if it is too large."""
    if len(content) > LARGEST_FILE:
        raise CatalogError(name, f"larger than {LARGEST_FILE:,} bytes")
    return content


def demand_few(count: int, name: str, line: int | None = None) -> None:
    """Raise CatalogError if a file holds more entries than anybody translates."""
    if count > MOST_ENTRIES:
        raise CatalogError(name, f"more than {MOST_ENTRIES:,} entries", line)
