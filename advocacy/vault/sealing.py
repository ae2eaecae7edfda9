"""Sealed boxes: whoever has the public key can close one, only the private key opens it.

HPKE in base mode (RFC 9180): X25519, HKDF-SHA256, ChaCha20-Poly1305, by the `cryptography` library. A box is

    version (1 byte) | key id (8 bytes) | HPKE encapsulated key and ciphertext

The plain text is padded, so that a box's length does not tell how long a name is. `context` names the
record a box belongs to and is bound into it: moved to another record, it does not open.
"""

import hashlib
import json
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_VERSION = b"\x01"
_ID_BYTES = 8
_PADDING = 128
"""Plain texts are padded to a multiple of this many bytes."""


class UnreadableBoxError(Exception):
    """A box that does not open: unknown version, other key, damaged, or moved from another record."""


def key_id(key: X25519PublicKey) -> bytes:
    """Return the 8 bytes that a box names its key by: the start of the public key's SHA-256."""
    return hashlib.sha256(key.public_bytes_raw()).digest()[:_ID_BYTES]


def seal(key: X25519PublicKey, context: str, data: Mapping[str, str]) -> bytes:
    """Return `data` (texts by field) sealed to `key` for the record that `context` names."""
    body = json.dumps(dict(data), ensure_ascii=False, separators=(",", ":")).encode()
    body += b" " * (-len(body) % _PADDING)
    return _VERSION + key_id(key) + _SUITE.encrypt(body, key, info=_info(context))


def sealed_to(box: bytes) -> bytes:
    """Return the id of the key that opens `box`. Raises UnreadableBoxError for an unknown version."""
    if box[:1] != _VERSION:
        raise UnreadableBoxError("unknown version")
    return box[1 : 1 + _ID_BYTES]


def unseal(key: X25519PrivateKey, context: str, box: bytes) -> dict[str, str]:
    """Return the data that `seal` put into `box` for `context`. Raises UnreadableBoxError."""
    if sealed_to(box) != key_id(key.public_key()):
        raise UnreadableBoxError("sealed to another key")
    try:
        body = _SUITE.decrypt(box[1 + _ID_BYTES :], key, info=_info(context))
    except (InvalidTag, ValueError):
        raise UnreadableBoxError("damaged, or moved from another record") from None
    return {str(field): str(text) for field, text in json.loads(body).items()}


def _info(context: str) -> bytes:
    return b"advocacy sealed box 1\0" + context.encode()
