"""Following a mailed link to the signature it belongs to."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.models import Signature, Token
from advocacy.models.token import token_by_hash
from advocacy.rules.signing import Purpose, SignatureState
from advocacy.vault.link_boxes import unlock
from advocacy.vault.tokens import token_hash


class UnknownLinkError(Exception):
    """A link that is unknown, expired, or for something else. Which, is nobody's business."""


def link_behind(session: Session, token: str, purpose: Purpose, *, now: datetime) -> Token:
    """Return what is known of a mailed link, its signature with it. Raises UnknownLinkError."""
    found = token_by_hash(session, token_hash(token), purpose, now=now)
    if found is None:
        raise UnknownLinkError
    return found


def locked_behind(
    session: Session, token: str, purpose: Purpose, *, now: datetime
) -> tuple[Token, list[Signature]]:
    """Return the link and every signature of its address, held against others until the transaction ends.

    Raises UnknownLinkError.
    """
    link = link_behind(session, token, purpose, now=now)
    digest = link.signature.address_digest
    signatures = Signature.all_locked(session, link.signature.appeal_id, digest) if digest else []
    if not signatures:
        raise UnknownLinkError
    return link, signatures


def settled_of(signatures: list[Signature]) -> Signature | None:
    """Return the one of an address's signatures that has been confirmed, or None."""
    return next((one for one in signatures if one.state is not SignatureState.PENDING), None)


def shown_behind(link: Token, token: str) -> dict[str, str]:
    """Return what the link's page shows its owner: `address`, masked, and `name` if it is surely hers."""
    shown = unlock(token, link.box)
    return {"address": shown["address"]} if link.moved else shown
