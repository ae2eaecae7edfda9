"""Signing: from a filled form to a pending signature and a mail that asks to confirm it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from advocacy.models import Appeal, AppealState, ConsentRecord, MailKind, OutgoingMail, Signature, Token
from advocacy.models.token import mails_in_a_day
from advocacy.rules.consents import NOTICE_VERSION, Consent
from advocacy.rules.mail_addresses import host_of, masked, same_owner_key
from advocacy.rules.names import initials
from advocacy.rules.signing import CONFIRMATION_TIME, MAILS_PER_DAY, Display, Purpose, SignatureState, hour_of
from advocacy.vault.link_boxes import lock
from advocacy.vault.safe import Safe
from advocacy.vault.tokens import token_hash


class AppealClosedError(Exception):
    """The appeal takes no more signatures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A valid form: what the signer gave, in the form's own words.

    `language` is a BCP 47 tag; `country` alpha-2 or empty; `title` the appeal's as she was shown it, and
    `text_hash` the SHA-256 of the whole. `consents` maps each ticked consent to the SHA-256 of the
    words she read.
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
    text_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The clock, the chance and the keys that an act is given.

    `new_token` makes unguessable texts; `mail_host` ends Message-IDs.
    """

    now: datetime
    new_token: Callable[[], str]
    safe: Safe
    mail_host: str


def sign(session: Session, appeal: Appeal, submission: Submission, occasion: Occasion) -> None:
    """Record `submission` and queue the mail for its owner. What the caller sees is always the same.

    A new address gives a pending signature. A pending one is filled in anew (its owner confirms what
    the page then shows her). A confirmed one stays as it is, and its owner is told by mail.
    `appeal` may have been read in an earlier transaction: only its state is read again, for a writer should
    not hold others up. Raises AppealClosedError.
    """
    if session.scalar(select(Appeal.state).where(Appeal.id == appeal.id)) is not AppealState.OPEN:
        raise AppealClosedError
    signature = _signature_for(session, appeal, submission, occasion)
    if mails_in_a_day(session, signature.id, now=occasion.now) >= MAILS_PER_DAY:
        return
    if signature.state is SignatureState.PENDING:
        _fill_in(session, signature, appeal.slug, submission, occasion)
        _queue_mail(session, signature, MailKind.CONFIRM, submission, occasion)
    else:
        _queue_mail(session, signature, MailKind.ALREADY_SIGNED, submission, occasion)


def _signature_for(session: Session, appeal: Appeal, submission: Submission, occasion: Occasion) -> Signature:
    """Return the address's signature, locked, adding a pending one if there is none.

    One statement decides who is first, so that a hundred posts at once leave one signature.
    """
    digest = occasion.safe.digest(appeal.slug, "address", same_owner_key(submission.address))
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    session.execute(
        dialect.insert(Signature)
        .values(
            appeal_id=appeal.id,
            reference=token_hash(occasion.new_token())[:16].hex(),
            address_digest=digest,
            language=submission.language,
            expires_at=occasion.now + CONFIRMATION_TIME,
        )
        .on_conflict_do_nothing(index_elements=[Signature.appeal_id, Signature.address_digest])
    )
    return Signature.locked_by_digest(session, appeal.id, digest)


def _fill_in(
    session: Session, signature: Signature, appeal: str, submission: Submission, occasion: Occasion
) -> None:
    """Make the pending signature say what the form says; the same form once more only lasts longer."""
    signature.expires_at = occasion.now + CONFIRMATION_TIME
    signature.discreet = signature.discreet or submission.discreet  # whoever repeats it cannot undo it
    safe = occasion.safe
    contents = repr((submission.name, submission.country, submission.display, submission.public_name))
    ticked = "".join(sorted(submission.consents.values()))
    form_digest = safe.digest(
        appeal, "form", f"{contents}{submission.language}{ticked}{submission.text_hash}"
    )
    if signature.form_digest == form_digest:
        return
    signature.form_digest = form_digest
    signature.revision += 1
    signature.person = safe.seal_person(appeal, signature.reference, {"name": submission.name})
    signature.address = None
    if Consent.UPDATES in submission.consents:
        signature.address = safe.seal_address(appeal, signature.reference, submission.address)
    signature.domain_digest = safe.digest(appeal, "domain", host_of(submission.address))
    signature.language = submission.language
    signature.country = submission.country or None
    signature.display = submission.display
    signature.shown_as = _shown_as(submission)
    signature.text_hash = submission.text_hash
    _record_consents(session, signature, submission, occasion)


def _record_consents(
    session: Session, signature: Signature, submission: Submission, occasion: Occasion
) -> None:
    session.execute(delete(ConsentRecord).where(ConsentRecord.signature_id == signature.id))
    rows = [
        {
            "signature_id": signature.id,
            "consent": consent,
            "notice_version": NOTICE_VERSION,
            "notice_hash": digest,
            "language": submission.language,
            "hour": hour_of(occasion.now),
        }
        for consent, digest in submission.consents.items()
    ]
    if rows:
        session.execute(insert(ConsentRecord), rows)


def _shown_as(submission: Submission) -> str | None:
    match submission.display:
        case Display.NAME:
            return submission.public_name or submission.name
        case Display.INITIALS:
            return initials(submission.name)
        case Display.COUNT:
            return None


def _queue_mail(
    session: Session, signature: Signature, kind: MailKind, submission: Submission, occasion: Occasion
) -> None:
    """Put the mail into the outbox, with fresh links: the old ones are known as hashes only."""
    contents = {
        "address": submission.address,
        "name": submission.name,
        "title": submission.title,
        "discreet": "yes" if submission.discreet or signature.discreet else "",
    }
    shown = {"address": masked(submission.address)}
    if kind is MailKind.CONFIRM:  # else the name is whatever a stranger may have typed
        shown["name"] = submission.name
        contents["confirm"] = _new_link(session, signature, Purpose.CONFIRM, shown, occasion)
    contents["withdraw"] = _new_link(session, signature, Purpose.WITHDRAW, shown, occasion)
    message_id = f"<{occasion.new_token()}@{occasion.mail_host}>"
    session.add(
        OutgoingMail(
            signature_id=signature.id,
            kind=kind,
            language=submission.language,
            contents=occasion.safe.seal_mail(message_id, contents),
            message_id=message_id,
            due_at=occasion.now,
            expires_at=occasion.now + CONFIRMATION_TIME,
        )
    )
    session.flush()


def _new_link(
    session: Session, signature: Signature, purpose: Purpose, shown: dict[str, str], occasion: Occasion
) -> str:
    token = occasion.new_token()
    session.execute(
        insert(Token).values(
            signature_id=signature.id,
            purpose=purpose,
            token_hash=token_hash(token),
            box=lock(token, shown),
            revision=signature.revision,
            created_at=occasion.now,
            expires_at=occasion.now + CONFIRMATION_TIME if purpose is Purpose.CONFIRM else None,
        )
    )
    return token
