"""Withdrawing: a signer takes her signature back, or says that it never was hers."""

import hashlib
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from advocacy.actions.links import locked_behind, settled_of
from advocacy.models import Appeal, BlockedAddress, OutgoingMail, Signature, Token
from advocacy.models.tally import STRIPES, add_to_tally
from advocacy.rules.signing import Act, Display, NameState, Purpose, step


def withdraw(session: Session, token: str, purpose: Purpose, *, now: datetime, block: bool = False) -> Appeal:
    """Take back all that the address behind a mailed link has sent for its appeal, which is returned.

    Everything personal is erased at once, with the links and unsent mail. Of a signature that was
    counted the empty row stays, so that counts can be checked; of an unconfirmed one nothing. With `block`
    the address's digest is kept apart, and nobody is written to there about this appeal again.
    Raises UnknownLinkError.
    """
    link, signatures = locked_behind(session, token, purpose, now=now)
    appeal = link.signature.appeal
    if block:
        session.merge(BlockedAddress(appeal_id=appeal.id, address_digest=signatures[0].address_digest))
    settled = settled_of(signatures)
    attempts = [one.id for one in signatures if one is not settled]
    session.execute(delete(Signature).where(Signature.id.in_(attempts)))
    if settled:
        counted = settled.counts
        settled.state = step(settled.state, Act.WITHDRAW)
        if counted:
            add_to_tally(session, settled.appeal_id, settled.language, settled.id % STRIPES, -1)
        _erase(session, settled)
    return appeal


def _erase(session: Session, signature: Signature) -> None:
    signature.person = signature.address = None
    signature.address_digest = signature.domain_digest = None
    signature.shown_as = signature.country = signature.text_hash = None
    signature.release = signature.text_language = signature.batch_id = None
    signature.reference = hashlib.sha256(f"gone {signature.id}".encode()).hexdigest()[:32]  # no longer hers
    signature.language, signature.held = "und", False
    signature.consents = signature.notice_version = signature.consented_hour = None
    signature.display, signature.name_state, signature.discreet = Display.COUNT, NameState.NONE, False
    for table in (OutgoingMail, Token):
        session.execute(delete(table).where(table.signature_id == signature.id))
