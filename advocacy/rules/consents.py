"""What a signer is asked to agree to, one box each, and the proof of what was agreed.

After GDPR 9(2)(a), Korea's PIPA 15, 22, 23 and 28-8 and China's PIPL 28, 29 and 39: separate, unticked,
granular, with items, purpose, retention and the right to refuse.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from advocacy.rules.words import N_

NOTICE_VERSION = "2026-11"
"""Changes with any change of meaning in the texts below."""


class Consent(StrEnum):
    """A consent; the value is its field in the form."""

    USE = "agree_use"
    SENSITIVE = "agree_sensitive"
    AGE = "agree_age"
    TRANSFER = "agree_transfer"
    DELIVERY = "agree_delivery"
    UPDATES = "updates"


@dataclass(frozen=True, slots=True)
class Term:
    """One consent with its name and wording (message ids) and whether signing needs it."""

    consent: Consent
    name: str
    wording: str
    required: bool


_TERMS = (
    Term(
        Consent.USE,
        N_("collection and use of my information"),
        N_("You may collect and use my name, email address and country to verify and count my signature."),
        required=True,
    ),
    Term(
        Consent.SENSITIVE,
        N_("sensitive information"),
        N_("I understand that signing can reveal my political opinions, and I agree to this use of them."),
        required=True,
    ),
    Term(Consent.AGE, N_("16 or older"), N_("I am 16 or older."), required=True),
    Term(
        Consent.TRANSFER,
        N_("transfer abroad"),
        N_("My information may be transferred to and stored in %(country)s, where this site is hosted."),
        required=True,
    ),
    Term(
        Consent.DELIVERY,
        N_("handing over my name"),
        N_(
            "You may hand my name to those this petition is addressed to. "
            "Otherwise only the count is delivered."
        ),
        required=False,
    ),
    Term(
        Consent.UPDATES,
        N_("news by email"),
        N_("Send me news about this petition by email, in this language."),
        required=False,
    ),
)

NOTICE = (
    (N_("We keep"), N_("Name, email address, country or region, how to be shown, and your consents.")),
    (N_("For"), N_("Verifying and counting signatures.")),
    (
        N_("Until"),
        N_(
            "Unconfirmed signatures are deleted after 48 hours. The email address is deleted once you "
            "confirm, unless you ask for news. The rest is deleted at most six months after the petition "
            "closes."
        ),
    ),
    (
        N_("Your rights"),
        N_(
            "You may refuse; then you cannot sign, and nothing else follows from it. You may take back "
            "your signature and every consent at any time with the link in our email."
        ),
    ),
)
"""What the signer is told beside the boxes: pairs of heading and text (message ids)."""


def terms(*, hosted_abroad: bool) -> tuple[Term, ...]:
    """Return the consents to ask for, in order; the transfer only where the operator hosts abroad."""
    return tuple(term for term in _TERMS if hosted_abroad or term.consent is not Consent.TRANSFER)


def text_digest(texts: Iterable[str]) -> str:
    """Return the SHA-256 (hex) of `texts` in order, each ended by a NUL so that no two lists collide.

    No message holds a NUL: gettext keeps it for itself.
    """
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()
