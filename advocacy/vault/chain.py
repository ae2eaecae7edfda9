"""The hash chain of the audit log: each entry's hash is over its own words and the hash before it.

Whoever changes, drops or inserts an entry has to change every hash after it, and the newest is written into
each release and each export's manifest. SHA-256 over canonical JSON (keys sorted, no spaces, UTF-8), after
RFC 8785 in spirit: the values are texts, whole numbers, lists and objects of them only.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

FIRST = bytes(32)
"""What the first entry names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Head:
    """How the log ended at some time: the newest entry's number, 0 if there was none, and its hash (hex)."""

    entry: int
    hash: str

    def __str__(self) -> str:
        return f"{self.entry}:{self.hash}"


def entry_hash(previous: bytes, entry: Mapping[str, object]) -> bytes:
    """Return the hash (32 bytes) of `entry` after `previous`.

    Raises TypeError for what JSON has no word for.
    """
    words = json.dumps(dict(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(previous + words.encode()).digest()
