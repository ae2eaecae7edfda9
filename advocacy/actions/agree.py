"""Asking whoever works here to agree to a text, and keeping who agreed to which."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.models import Account, Agreement, Consent
from advocacy.models.agreement import agreement_in_force
from advocacy.rules.agreements import SameAgreementError, SourceMissingError, agreement_hash, tidy_texts


def ask_agreement(
    session: Session, texts: Mapping[str, str], *, source: str, by: int, now: datetime
) -> Agreement:
    """Put a new version into force, which everybody is asked for at the next page; no text ends the asking.

    `texts` are by language (BCP 47 tag), that of `source` among them. Raises SourceMissingError,
    SameAgreementError.
    """
    kept = tidy_texts(texts)
    if kept and source not in kept:
        raise SourceMissingError
    before = agreement_in_force(session)
    if kept == (before.texts if before else {}):
        raise SameAgreementError
    agreement = Agreement(texts=kept, text_hash=agreement_hash(kept), made_by=by, made_at=now)
    session.add(agreement)
    session.execute(update(Account).where(Account.erased_at.is_(None)).values(must_agree=bool(kept)))
    session.flush()
    details = {"hash": agreement.text_hash, "languages": list(kept)}
    subject = f"agreement:{agreement.id}"
    record(session, "agreement.ask", subject, by=f"account:{by}", now=now, details=details)
    return agreement


def agree(session: Session, account: Account, text_hash: str, *, language: str, now: datetime) -> bool:
    """Keep that an account agreed to the version with this hash, shown in `language` (BCP 47 tag).

    Returns False if another version is in force by now: it has not agreed to that one.
    """
    agreement = agreement_in_force(session)
    if agreement is not None:
        if agreement.text_hash != text_hash:
            return False
        given = select(Consent.id).where(
            Consent.account_id == account.id, Consent.agreement_id == agreement.id
        )
        if session.scalar(given) is None:
            _keep(session, account, agreement, language, now)
    account.must_agree = False
    session.flush()
    return True


def _keep(session: Session, account: Account, agreement: Agreement, language: str, now: datetime) -> None:
    session.execute(
        insert(Consent).values(
            account_id=account.id,
            agreement_id=agreement.id,
            language=language,
            text_hash=agreement.text_hash,
            made_at=now,
        )
    )
    details = {"hash": agreement.text_hash, "language": language}
    by = f"account:{account.id}"
    record(session, "agreement.accept", f"agreement:{agreement.id}", by=by, now=now, details=details)
