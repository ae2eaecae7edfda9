"""Confirming: the moment a signature counts."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from advocacy.actions.links import UnknownLinkError, locked_behind, settled_of, shown_behind
from advocacy.actions.notify import call_for
from advocacy.models import Signature, Token
from advocacy.models.tally import STRIPES, add_to_tally
from advocacy.rules.notices import NoticeKind
from advocacy.rules.signing import Act, NameState, Purpose, hour_of, name_state_for, step


def confirm(session: Session, token: str, *, now: datetime) -> Signature:
    """Count the attempt that the confirmation link `token` belongs to; a second time changes nothing.

    Only what the link's own page shows is ever confirmed; the name to show is written here, from the link,
    and nowhere before. Other attempts of the address end, and their links lead to this one. Returns the
    signature of the address that counts. Raises UnknownLinkError.
    """
    link, signatures = locked_behind(session, token, Purpose.CONFIRM, now=now)
    if settled := settled_of(signatures):
        return settled
    signature = next((one for one in signatures if one.id == link.signature_id), None)
    if signature is None:
        raise UnknownLinkError
    _end_others(session, signature, signatures)
    signature.state = step(signature.state, Act.CONFIRM)
    signature.confirmed_hour = hour_of(now)
    signature.expires_at = None
    if shown_as := shown_behind(link, token).get("shown_as"):
        signature.shown_as, signature.name_state = shown_as, name_state_for(signature.display)
        if signature.name_state is NameState.WAITING:
            call_for(session, NoticeKind.NAME, now=hour_of(now))  # no moment of a signature is kept
    if signature.counts:
        add_to_tally(session, signature.appeal_id, signature.language, signature.id % STRIPES, 1)
    return signature


def _end_others(session: Session, signature: Signature, signatures: list[Signature]) -> None:
    others = [one.id for one in signatures if one is not signature]
    if others:
        moved = (
            update(Token).where(Token.signature_id.in_(others)).values(signature_id=signature.id, moved=True)
        )
        session.execute(moved)
        session.execute(delete(Signature).where(Signature.id.in_(others)))
