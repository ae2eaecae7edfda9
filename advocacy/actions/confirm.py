"""Confirming: the moment a signature counts."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.links import locked_behind
from advocacy.models import Signature
from advocacy.models.consent import agreed_to
from advocacy.models.tally import STRIPES, add_to_tally
from advocacy.rules.consents import Consent
from advocacy.rules.signing import Act, Purpose, SignatureState, hour_of, step


class ChangedSinceError(Exception):
    """The form was sent again after its owner opened the page: she has to see the new one first."""


def confirm(session: Session, token: str, *, revision: int | None, now: datetime) -> Signature:
    """Count the signature that the confirmation link `token` belongs to; a second time changes nothing.

    `revision` is the one that the page showed; None stands for the current one. The address is
    erased unless its owner asked for news. Raises UnknownLinkError, ChangedSinceError.
    """
    signature = locked_behind(session, token, Purpose.CONFIRM, now=now)
    if signature.state is SignatureState.CONFIRMED:
        return signature
    if revision is not None and revision != signature.revision:
        raise ChangedSinceError
    signature.state = step(signature.state, Act.CONFIRM)
    signature.confirmed_hour = hour_of(now)
    signature.expires_at = None
    if not agreed_to(session, signature.id, Consent.UPDATES):
        signature.address = None
    add_to_tally(session, signature.appeal_id, signature.language, signature.id % STRIPES, 1)
    return signature
