"""Passwords: argon2id (RFC 9106), as OWASP's Password Storage Cheat Sheet has it."""

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1000
"""Characters; length is what makes a password hard to guess, not its ingredients."""

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODYS = _HASHER.hash("nobody has this password")


class PasswordRefusedError(ValueError):
    """A password that is too short, or so long that it is none."""


def password_hash(password: str) -> str:
    """Return what is kept of a password. Raises PasswordRefusedError."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise PasswordRefusedError
    return _HASHER.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Return whether `password` is the one that `kept` is of; takes as long where nothing is kept."""
    try:
        _HASHER.verify(kept or _NOBODYS, password[:LONGEST_PASSWORD])
    except VerificationError:
        return False
    return kept is not None
