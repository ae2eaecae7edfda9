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
) -> tuple[Token, Signature]:
    """Return the link and its signature, held against other writers until the transaction ends.

    Raises UnknownLinkError.
    """
    link = link_behind(session, token, purpose, now=now)
    signature = Signature.locked(session, link.signature_id)
    if signature is None:
        raise UnknownLinkError
    return link, signature


def shown_behind(link: Token, token: str) -> dict[str, str]:
    """Return what the link's page shows its owner: `address`, masked, and `name` if it is surely hers."""
    return unlock(token, link.box)


def is_superseded(link: Token, signature: Signature) -> bool:
    """Return whether the form was sent again, with other contents, after this link was mailed."""
    return signature.state is SignatureState.PENDING and link.revision != signature.revision
