"""Writing MO files, as GNU gettext lays them out (gettext manual, "The Format of GNU MO Files").

Little-endian, without the optional hash table: readers search the sorted originals.
"""

import struct
from collections.abc import Iterable, Mapping

from advocacy.catalogs.entries import Entry

_MAGIC, _REVISION = 0x950412DE, 0
_HEADER = struct.Struct("<7I")


def mo_bytes(entries: Iterable[Entry], metadata: Mapping[str, str]) -> bytes:
    """Return the finished ones of `entries` as an MO file; `metadata` are the header's fields.

    What is fuzzy, obsolete or lacks a form is left out: it is never shown.
    """
    head = "".join(f"{field}: {value}\n" for field, value in metadata.items())
    pairs = [(b"", head.encode())]
    pairs += [(_original(entry), "\0".join(entry.texts).encode()) for entry in entries if entry.is_done]
    pairs.sort()
    originals, translations = bytearray(), bytearray()
    spans = []
    for original, translation in pairs:
        spans.append((len(original), len(originals), len(translation), len(translations)))
        originals += original + b"\0"
        translations += translation + b"\0"
    return _laid_out(spans, bytes(originals), bytes(translations))


def _original(entry: Entry) -> bytes:
    context = "" if entry.context is None else f"{entry.context}\x04"
    plural = "" if entry.msgid_plural is None else f"\0{entry.msgid_plural}"
    return f"{context}{entry.msgid}{plural}".encode()


def _laid_out(spans: list[tuple[int, int, int, int]], originals: bytes, translations: bytes) -> bytes:
    count, first = len(spans), _HEADER.size
    second = first + 8 * count
    texts = second + 8 * count
    header = _HEADER.pack(_MAGIC, _REVISION, count, first, second, 0, texts)
    table = [number for length, at, _, _ in spans for number in (length, texts + at)]
    table += [number for _, _, length, at in spans for number in (length, texts + len(originals) + at)]
    return header + struct.pack(f"<{4 * count}I", *table) + originals + translations
