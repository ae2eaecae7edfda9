"""Merkle trees over record digests, after RFC 9162 (Certificate Transparency), section 2.1.

A root published with the count binds every record. An inclusion proof shows one signer that her record is
under the root without showing anybody else's.
"""

import hashlib
from collections.abc import Sequence

_LEAF, _NODE = b"\x00", b"\x01"  # so that a node can never be passed off as a leaf


def leaf_hash(record: bytes) -> bytes:
    """Return the hash (SHA-256, 32 bytes) of one record as a leaf."""
    return hashlib.sha256(_LEAF + record).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over `leaves` (leaf hashes, in order); that of no leaves is the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        level = _next_level(level)
    return level[0]


def proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the hashes that lead from the leaf at `index` to the root, nearest first."""
    path = []
    level = list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        index //= 2
        level = _next_level(level)
    return path


def proves(path: Sequence[bytes], *, leaf: bytes, index: int, size: int, top: bytes) -> bool:
    """Return whether `path` leads from `leaf`, at `index` of `size` leaves, to the root `top`."""
    if not 0 <= index < size:
        return False
    rest = list(path)
    current, last = leaf, size - 1
    while last > 0:
        if index % 2 or index < last:  # a last node without sibling is carried up as it is
            if not rest:
                return False
            sibling = rest.pop(0)
            current = _node(sibling, current) if index % 2 else _node(current, sibling)
        index //= 2
        last //= 2
    return not rest and current == top


def _next_level(level: list[bytes]) -> list[bytes]:
    pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + level[len(level) - len(level) % 2 :]


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()
