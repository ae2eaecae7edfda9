"""What the owner of a mailed link may see, locked with the link itself.

A web process cannot open what is sealed, yet the confirmation page has to show a signer what she is about to
confirm. So a copy is encrypted under a key derived from the link's token. The database holds the token
as a hash only: whoever has the database alone cannot open the copy, and whoever has the link could
see the page anyway. ChaCha20-Poly1305 (RFC 8439) under a key by HKDF-SHA256 (RFC 5869).
"""

import json
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from advocacy.vault.sealing import UnreadableBoxError

_NONCE = 12
_PADDING = 128


def lock(token: str, data: Mapping[str, str]) -> bytes:
    """Return `data` (texts by field) as bytes that only `token` opens."""
    body = json.dumps(dict(data), ensure_ascii=False, separators=(",", ":")).encode()
    body += b" " * (-len(body) % _PADDING)
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(token).encrypt(nonce, body, None)


def unlock(token: str, box: bytes) -> dict[str, str]:
    """Return what `lock` put into `box`. Raises UnreadableBoxError."""
    try:
        body = _cipher(token).decrypt(box[:_NONCE], box[_NONCE:], None)
    except (InvalidTag, ValueError):
        raise UnreadableBoxError("another link's, or damaged") from None
    return {str(field): str(text) for field, text in json.loads(body).items()}


def _cipher(token: str) -> ChaCha20Poly1305:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"advocacy link box 1").derive(token.encode())
    return ChaCha20Poly1305(key)
