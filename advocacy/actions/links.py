"""Following a mailed link to the signature it belongs to."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.sign import context_of
from advocacy.models import Signature
from advocacy.models.token import token_by_hash
from advocacy.rules.signing import Purpose
from advocacy.vault.digests import token_hash
from advocacy.vault.personal import unpack


class UnknownLinkError(Exception):
    """A link that is unknown, expired, or for something else. Which, is nobody's business."""


def signature_behind(session: Session, token: str, purpose: Purpose, *, now: datetime) -> Signature:
    """Return the signature that a mailed link belongs to. Raises UnknownLinkError."""
    found = token_by_hash(session, token_hash(token), purpose, now=now)
    if found is None:
        raise UnknownLinkError
    return found.signature


def locked_behind(session: Session, token: str, purpose: Purpose, *, now: datetime) -> Signature:
    """Return the same, held against other writers until the transaction ends. Raises UnknownLinkError."""
    signature = Signature.locked(session, signature_behind(session, token, purpose, now=now).id)
    if signature is None:
        raise UnknownLinkError
    return signature


def personal_data(signature: Signature) -> dict[str, str]:
    """Return what the signature's owner may see of her own data: `name`, and `address` while it is kept."""
    context = context_of(signature.address_digest or b"")
    data: dict[str, str] = {}
    for box in (signature.person, signature.address):
        data |= unpack(context, box) if box else {}
    return data
