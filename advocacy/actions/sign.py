"""Signing: from a filled form to a pending signature and a mail that asks to confirm it.

Nobody who waits for the answer may learn what is known of an address. So every form does the same work: one
look at what is known, everything sealed, one attempt added with two links and one mail. Where nothing is to
be kept or sent, what is added is a decoy: an attempt of nobody's address, links that nobody holds, a mail
that the worker drops.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from advocacy.actions.occasion import Occasion
from advocacy.actions.queue_mail import Letter, queue_mail
from advocacy.models import Appeal, AppealState, BlockedAddress, MailKind, Signature
from advocacy.models.signature import KnownAddress, known_of
from advocacy.rules.consents import NOTICE_VERSION, Consent
from advocacy.rules.mail_addresses import host_of, masked, same_owner_key
from advocacy.rules.names import initials
from advocacy.rules.signing import CONFIRMATION_TIME, MAILS_PER_DAY, Display, SignatureState, hour_of
from advocacy.vault.tokens import token_hash


class AppealClosedError(Exception):
    """The appeal takes no more signatures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A valid form: what the signer gave, in the form's own words.

    `language` is a BCP 47 tag; `country` alpha-2 or empty; `title` the appeal's as she was shown it,
    `release` its number, `text_language` the language it was shown in and `text_hash` the SHA-256 of the
    whole. `consents` maps each ticked consent to the SHA-256 of the words she read.
    """

    name: str
    address: str
    language: str
    country: str = ""
    display: Display = Display.COUNT
    public_name: str = ""
    title: str = ""
    discreet: bool = False
    consents: dict[Consent, str] = field(default_factory=dict)
    release: int | None = None
    text_language: str | None = None
    text_hash: str | None = None


class _Outcome(Enum):
    """What a form comes to; nobody but the address's owner learns which."""

    TAKEN = auto()
    SIGNED_BEFORE = auto()
    SILENT = auto()


def sign(session: Session, appeal: Appeal, submission: Submission, occasion: Occasion) -> None:
    """Record `submission` and queue the mail for its owner. What the caller sees is always the same.

    The owner of an address confirms one of the forms sent with it, each by a link of its own. If she has
    confirmed one before, nothing changes, and she is told by mail. An address that is blocked, or had its
    mails for today, gets no mail. `appeal` may have been read in an earlier transaction: only its state is
    read again, for a writer should not hold others up. Raises AppealClosedError.
    """
    if session.scalar(select(Appeal.state).where(Appeal.id == appeal.id)) is not AppealState.OPEN:
        raise AppealClosedError
    digest = occasion.safe.digest(appeal.slug, "address", same_owner_key(submission.address))
    a_day_old = occasion.now - timedelta(days=1) + CONFIRMATION_TIME
    known = known_of(session, appeal.id, digest, expiring_after=a_day_old)
    outcome = _outcome(known, blocked=_is_blocked(session, appeal, digest))
    nobody = token_hash(occasion.new_token())
    values = _values(appeal, nobody if outcome is _Outcome.SILENT else digest, submission, occasion)
    attempt = session.scalars(insert(Signature).returning(Signature.id), [values]).one()
    settled = known.settled if outcome is _Outcome.SIGNED_BEFORE and known.settled else attempt
    queue_mail(session, _letter(appeal, outcome, known, submission), occasion, attempt=attempt, owner=settled)


def _is_blocked(session: Session, appeal: Appeal, digest: bytes) -> bool:
    """Whether the address's owner wants no mail about this appeal."""
    found = exists().where(BlockedAddress.appeal_id == appeal.id, BlockedAddress.address_digest == digest)
    return bool(session.scalar(select(found)))


def _outcome(known: KnownAddress, *, blocked: bool) -> _Outcome:
    if blocked or known.attempts >= MAILS_PER_DAY:
        return _Outcome.SILENT
    return _Outcome.SIGNED_BEFORE if known.settled else _Outcome.TAKEN


def _values(appeal: Appeal, digest: bytes, submission: Submission, occasion: Occasion) -> dict[str, Any]:
    """Return the row of an attempt."""
    safe, reference = occasion.safe, token_hash(occasion.new_token())[:16].hex()
    address = safe.seal_address(appeal.slug, reference, submission.address)
    return {
        "appeal_id": appeal.id,
        "state": SignatureState.PENDING,
        "reference": reference,
        "address_digest": digest,
        "domain_digest": safe.digest(appeal.slug, "domain", host_of(submission.address)),
        "person": safe.seal_person(appeal.slug, reference, {"name": submission.name}),
        "address": address if Consent.UPDATES in submission.consents else None,
        "language": submission.language,
        "country": submission.country or None,
        "display": submission.display,
        "discreet": submission.discreet,
        "held": occasion.held,
        "release": submission.release,
        "text_language": submission.text_language or submission.language,
        "text_hash": submission.text_hash,
        "consents": {str(consent): digest for consent, digest in submission.consents.items()},
        "notice_version": NOTICE_VERSION,
        "consented_hour": hour_of(occasion.now),
        "expires_at": occasion.now + CONFIRMATION_TIME,
    }


def _letter(appeal: Appeal, outcome: _Outcome, known: KnownAddress, submission: Submission) -> Letter:
    shown = {"address": masked(submission.address)}
    taken = outcome is not _Outcome.SIGNED_BEFORE
    if taken:  # else the name is whatever a stranger may have typed
        shown |= {"name": submission.name, "shown_as": _shown_as(submission)}
    return Letter(
        kind=MailKind.CONFIRM if taken else MailKind.ALREADY_SIGNED,
        address=submission.address,
        name=submission.name,
        title=submission.title,
        language=submission.language,
        text=_text_signed(appeal, submission),
        discreet=submission.discreet or known.discreet,  # whoever repeats it cannot undo it
        shown=shown,
        decoy=outcome is _Outcome.SILENT,
    )


def _text_signed(appeal: Appeal, submission: Submission) -> str:
    """Return where the very text can be read: slug, release and language; nothing where that is not known."""
    language = submission.text_language or submission.language
    return f"{appeal.slug} {submission.release} {language}" if submission.release else ""


def _shown_as(submission: Submission) -> str:
    match submission.display:
        case Display.NAME:
            return submission.public_name or submission.name
        case Display.INITIALS:
            return initials(submission.name)
        case Display.COUNT:
            return ""
