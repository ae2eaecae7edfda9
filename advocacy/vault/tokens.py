"""The hash that a mailed link's token is kept as."""

import hashlib


def token_hash(token: str) -> bytes:
    """Return the 32 bytes that `token` is kept as. Tokens are long and random: a plain SHA-256 suffices."""
    return hashlib.sha256(token.encode()).digest()
