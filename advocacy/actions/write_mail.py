"""Putting mail to people who work here, or would like to, into the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.actions.occasion import Occasion
from advocacy.models import MailKind, OutgoingMail


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A mail to write: what it is made of, its language (BCP 47 tag), and for how long it is worth sending.

    A `decoy` is never sent: it only makes one history as long as the other.
    """

    kind: MailKind
    address: str
    language: str
    contents: Mapping[str, str]
    lasts: timedelta
    decoy: bool = False


def write_mail(session: Session, note: Note, occasion: Occasion) -> None:
    """Queue a mail, sealed to the mail key."""
    message_id = f"<{occasion.new_token()}@{occasion.mail_host}>"
    sealed = {"address": note.address, "decoy": "yes" if note.decoy else "", **note.contents}
    session.execute(
        insert(OutgoingMail).values(
            kind=note.kind,
            language=note.language,
            contents=occasion.safe.seal_mail(message_id, sealed),
            message_id=message_id,
            due_at=occasion.now,
            expires_at=occasion.now + note.lasts,
        )
    )
