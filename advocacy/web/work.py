"""A small calculation that a sender's device is asked for under pressure (ALTCHA's protocol, version 2).

Finding the answer takes some hundred rounds of PBKDF2, checking it one. Each challenge is signed, bound to
its form, lives for a short while, and serves once.
"""

import base64
import binascii
import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from altcha import create_challenge, verify_solution

from advocacy.web.site import site

_ALGORITHM = "PBKDF2/SHA-256"
_ROUNDS = 3000
"""Iterations a try: about a millisecond on a desktop, some ten on an old phone."""

_PREFIX = "00"
"""What the derived key begins with: 256 tries on average."""

_LIFETIME = timedelta(minutes=20)
_LONGEST_ANSWER = 4096
"""Characters."""


class Spent(NamedTuple):
    """A challenge that was answered: its digest (SHA-256) and until when it could be answered again."""

    digest: bytes
    expires_at: datetime


def new_challenge(form: str, *, now: datetime) -> str:
    """Return a challenge for the form called `form`, as JSON for the page's script."""
    challenge = create_challenge(
        _ALGORITHM,
        _ROUNDS,
        key_prefix=_PREFIX,
        expires_at=int((now + _LIFETIME).timestamp()),
        data={"form": form},
        hmac_secret=_secret(),
    )
    return json.dumps(challenge.to_dict(), separators=(",", ":"))


def answered(answer: str, form: str) -> Spent | None:
    """Return the challenge that `answer` (base64 of it and its solution) solves, or None."""
    if not answer or len(answer) > _LONGEST_ANSWER:
        return None
    try:
        parameters: dict[str, Any] = json.loads(base64.b64decode(answer, validate=True))["challenge"][
            "parameters"
        ]
        if parameters["data"]["form"] != form or not verify_solution(answer, _secret()).verified:
            return None
        expires_at = datetime.fromtimestamp(int(parameters["expiresAt"]), UTC)
        nonce = str(parameters["nonce"])
    except (binascii.Error, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    return Spent(hashlib.sha256(nonce.encode()).digest(), expires_at)


def _secret() -> str:
    """Return the key that challenges are signed with: derived, so that it can sign nothing else of ours."""
    return hashlib.sha256(f"work {site().settings.secret_key}".encode()).hexdigest()
