"""Splitting a private key among people, so that no one of them can open a petition.

Shamir's scheme as SLIP-0039 writes it down: each share is a list of English words with a checksum, to be
kept on paper. Fewer shares than the threshold tell nothing about the key.
"""

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

MOST_SHARES = 16
"""What SLIP-0039 allows."""


class SharesError(ValueError):
    """Shares that do not fit together, or a split that makes no sense; the message says why."""


def split(key: X25519PrivateKey, *, threshold: int, shares: int) -> list[str]:
    """Return `shares` lists of words, any `threshold` of which give the key back. Raises SharesError."""
    if not 1 < threshold <= shares <= MOST_SHARES:
        raise SharesError(f"Split among 2 to {MOST_SHARES} people, with a threshold of at least 2 of them.")
    return list(generate_mnemonics(1, [(threshold, shares)], key.private_bytes_raw())[0])


def join(shares: Sequence[str]) -> X25519PrivateKey:
    """Return the key that `shares` give. Raises SharesError for too few, mistyped or mixed shares."""
    try:
        return X25519PrivateKey.from_private_bytes(combine_mnemonics(shares))
    except MnemonicError as error:
        raise SharesError(str(error)) from None
