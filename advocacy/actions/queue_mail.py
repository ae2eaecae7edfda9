"""Putting a signer's mail into the outbox, with fresh links in it."""

from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.actions.occasion import Occasion
from advocacy.models import MailKind, OutgoingMail, Token
from advocacy.rules.signing import CONFIRMATION_TIME, Purpose
from advocacy.vault.link_boxes import lock
from advocacy.vault.tokens import token_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail says, and what its links' pages will show; `text` names the release that was signed.

    A `decoy` is never sent, and its links are nobody's.
    """

    kind: MailKind
    address: str
    name: str
    title: str
    text: str
    language: str
    discreet: bool
    shown: dict[str, str]
    decoy: bool


_ONE_STATEMENT = {"render_nulls": True}
"""Otherwise rows with and without an end would be two statements, and one where both have an end."""


def queue_mail(session: Session, letter: Letter, occasion: Occasion, *, attempt: int, owner: int) -> None:
    """Add two links and the mail that holds them: old links are known as hashes only.

    The confirmation link belongs to the `attempt` (a signature's id), the other and the mail to `owner`, the
    signature that is to be spoken of. A mail that has nothing to confirm has one link, and one that
    nobody holds beside it.
    """
    confirm, withdraw = occasion.new_token(), occasion.new_token()
    lasting = not letter.decoy
    session.execute(
        insert(Token),
        [
            _row(attempt, Purpose.CONFIRM, confirm, letter, occasion, lasting=False),
            _row(owner, Purpose.WITHDRAW, withdraw, letter, occasion, lasting=lasting),
        ],
        execution_options=_ONE_STATEMENT,
    )
    contents = {
        "address": letter.address,
        "name": letter.name,
        "title": letter.title,
        "text": letter.text,
        "discreet": "yes" if letter.discreet else "",
        "decoy": "yes" if letter.decoy else "",
        "confirm": confirm if letter.kind is MailKind.CONFIRM else "",
        "withdraw": withdraw,
    }
    message_id = f"<{occasion.new_token()}@{occasion.mail_host}>"
    session.execute(
        insert(OutgoingMail).values(
            signature_id=owner,
            kind=letter.kind,
            language=letter.language,
            contents=occasion.safe.seal_mail(message_id, contents),
            message_id=message_id,
            due_at=occasion.now + occasion.mail_delay,
            expires_at=occasion.now + CONFIRMATION_TIME,
        )
    )


def _row(
    signature: int, purpose: Purpose, token: str, letter: Letter, occasion: Occasion, *, lasting: bool
) -> dict[str, object]:
    return {
        "signature_id": signature,
        "purpose": purpose,
        "token_hash": token_hash(token),
        "box": lock(token, letter.shown),
        "moved": False,
        "expires_at": None if lasting else occasion.now + CONFIRMATION_TIME,
    }
