"""Passkeys: the site that they are for, what they are called, and how long somebody may take to show one."""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

CHALLENGE_LIFETIME = timedelta(minutes=5)
"""How long a passkey can be made or shown after the page was opened."""

LONGEST_PASSKEY_NAME = 40
"""Code points, after NFC."""

MOST_PASSKEYS = 20
"""Passkeys that one account can have."""

_USUAL_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Party:
    """The site that a passkey is for ("relying party"): domain, origin, and what a device calls it."""

    id: str
    origin: str
    name: str


class PasskeyNameError(ValueError):
    """A text that no passkey can be called: too long, or with something invisible in it."""


def party_at(base_url: str, name: str) -> Party:
    """Return the site at this public address, with its origin as browsers write it (RFC 6454)."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    usual = parts.port is None or parts.port == _USUAL_PORTS.get(parts.scheme)
    return Party(host, f"{parts.scheme}://{host}" + ("" if usual else f":{parts.port}"), name)


def read_passkey_name(text: str) -> str:
    """Return the name in `text` as it is kept: NFC, single spaces; may be empty. Raises PasskeyNameError."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if len(name) > LONGEST_PASSKEY_NAME or not name.isprintable():
        raise PasskeyNameError(text)
    return name
