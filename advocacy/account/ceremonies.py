"""What passkeys need of a visitor's session: challenges, each for one page, kept in her signed cookie."""

import hmac
from datetime import UTC, datetime
from secrets import token_bytes

from flask import session as cookie

from advocacy.actions.passkeys import (
    Ceremony,
    Challenge,
    KnownPasskeyError,
    LateError,
    NotRecognisedError,
    PasskeyRefusedError,
    TooManyPasskeysError,
)
from advocacy.extensions import db
from advocacy.models import Account
from advocacy.models.passkey import owes_factor
from advocacy.rules.passkeys import MOST_PASSKEYS, Party, party_at
from advocacy.rules.signing_in import TRIES, TRIES_WINDOW
from advocacy.rules.words import N_
from advocacy.web.people import sign_in_here
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import plain
from advocacy.web.site import site

ADD, SHOW = "passkey to add", "passkey to show"
"""What a challenge is for: the names that it has in the cookie."""

_BYTES = 32

_WORDS: dict[type[PasskeyRefusedError], str] = {
    LateError: N_("That took too long. Please try again."),
    KnownPasskeyError: N_("This passkey is already registered."),
    TooManyPasskeysError: N_("You have %(most)s passkeys. First remove one that you no longer use."),
    NotRecognisedError: N_("This passkey was not recognised. Try again, or use another one."),
}


def party() -> Party:
    """Return this site, as the settings name it: never as the request does."""
    return party_at(site().settings.base_url, plain(_("Open Letter")))


def new_challenge(purpose: str) -> Challenge:
    """Return a new challenge, remembered as the one that the next answer has to be to."""
    challenge = Challenge(token_bytes(_BYTES), datetime.now(UTC))
    cookie[purpose] = (challenge.value, challenge.made_at)
    return challenge


def answered(purpose: str, answer: str) -> Ceremony:
    """Return an answer with the challenge that it has to be to, which is forgotten. Raises LateError."""
    value, made_at = cookie.pop(purpose, (b"", None))
    if made_at is None:
        raise LateError
    return Ceremony(answer, Challenge(value, made_at), party())


def handle_of(account: Account) -> bytes:
    """Return what devices know an account by: always the same, and to nobody else its number."""
    return hmac.digest(site().settings.secret_key.encode(), f"passkeys of {account.id}".encode(), "sha256")


def has_to_show() -> bool:
    """Return whether whoever asks has a second factor and did not show it yet."""
    begun = sign_in_here()
    return begun is not None and owes_factor(db.session(), begun)


def may_try(what: str) -> bool:
    """Count a try of `what` for the account; return whether she has not tried too often."""
    begun = sign_in_here()
    key = str(begun.account_id) if begun else ""
    return site().limits.allows_try(what, key, most=TRIES, seconds=TRIES_WINDOW)


def words_for(refused: PasskeyRefusedError) -> str:
    """Return what somebody whose passkey was refused is told."""
    words: str = _(_WORDS[type(refused)], most=MOST_PASSKEYS)
    return words
