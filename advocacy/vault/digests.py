"""Keyed digests of mail addresses, and the hashes that tokens are kept as."""

import hashlib
import hmac


class AddressDigester:
    """Makes digests that find a second signature of one address without telling which address it is.

    HMAC-SHA-256 (RFC 2104) under a key for each appeal, so that one person's signatures on two
    appeals cannot be linked. The appeals' keys are derived from `secret`, which is not in the database.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def digest(self, appeal: str, address_key: str) -> bytes:
        """Return the 32 bytes for `address_key` (an address as `same_owner_key` spells it) on `appeal`."""
        key = hmac.digest(self._secret, b"address digest\0" + appeal.encode(), "sha256")
        return hmac.digest(key, address_key.encode(), "sha256")


def token_hash(token: str) -> bytes:
    """Return the 32 bytes that `token` is kept as. Tokens are long and random: a plain SHA-256 suffices."""
    return hashlib.sha256(token.encode()).digest()
