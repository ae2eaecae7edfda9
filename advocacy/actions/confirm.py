"""Confirming: the moment a signature counts."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.links import is_superseded, locked_behind
from advocacy.models import Signature
from advocacy.models.tally import STRIPES, add_to_tally
from advocacy.rules.signing import Act, Purpose, SignatureState, hour_of, step


class SupersededLinkError(Exception):
    """The form was sent again after this link was mailed: the newest mail holds the one that counts."""


def confirm(session: Session, token: str, *, now: datetime) -> Signature:
    """Count the signature that the confirmation link `token` belongs to; a second time changes nothing.

    Only what the link's own page shows is ever confirmed. Raises UnknownLinkError, SupersededLinkError.
    """
    link, signature = locked_behind(session, token, Purpose.CONFIRM, now=now)
    if signature.state is SignatureState.CONFIRMED:
        return signature
    if is_superseded(link, signature):
        raise SupersededLinkError
    signature.state = step(signature.state, Act.CONFIRM)
    signature.confirmed_hour = hour_of(now)
    signature.expires_at = signature.form_digest = None
    add_to_tally(session, signature.appeal_id, signature.language, signature.id % STRIPES, 1)
    return signature
