"""Withdrawing: a signer takes her signature back, or says that it never was hers."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from advocacy.actions.links import locked_behind
from advocacy.models import Appeal, ConsentRecord, OutgoingMail, Signature, Token
from advocacy.models.tally import STRIPES, add_to_tally
from advocacy.rules.signing import Act, Display, Purpose, SignatureState, step


def withdraw(session: Session, token: str, purpose: Purpose, *, now: datetime) -> Appeal:
    """Take back the signature that a mailed link belongs to and return its appeal.

    Everything personal is erased at once, with the links and unsent mail. Of a signature that was
    counted the empty row stays, so that counts can be checked; of an unconfirmed one nothing.
    Raises UnknownLinkError.
    """
    _, signature = locked_behind(session, token, purpose, now=now)
    appeal = signature.appeal
    if signature.state is SignatureState.PENDING:
        session.delete(signature)
        return appeal
    signature.state = step(signature.state, Act.WITHDRAW)
    add_to_tally(session, signature.appeal_id, signature.language, signature.id % STRIPES, -1)
    _erase(session, signature)
    return appeal


def _erase(session: Session, signature: Signature) -> None:
    signature.person = signature.address = None
    signature.address_digest = signature.domain_digest = signature.form_digest = None
    signature.shown_as = signature.country = signature.text_hash = None
    signature.display, signature.discreet = Display.COUNT, False
    for table in (ConsentRecord, OutgoingMail, Token):
        session.execute(delete(table).where(table.signature_id == signature.id))
