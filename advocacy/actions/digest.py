"""Writing the mail that tells people what is new: how many of what, and no word of what it is about."""

import json
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from advocacy.actions.occasion import Occasion
from advocacy.actions.tasks import tasks_of
from advocacy.actions.write_mail import Note, write_mail
from advocacy.models import Account, MailKind, Notice
from advocacy.rules.notices import NEWS, TASKS, Rhythm, due_at

_LASTS = timedelta(days=3)
"""How long a digest is worth sending."""


def write_digests(session: Session, occasion: Occasion) -> int:
    """Put the digests that are due into the outbox. Returns how many.

    An account that somebody else is busy with is left for the next time.
    """
    written = 0
    for number in _due(session, occasion.now):
        query = select(Account).where(Account.id == number)
        held = query.with_for_update(skip_locked=True, of=Account).execution_options(populate_existing=True)
        account = session.scalar(held)
        if account is not None and _is_due(session, account, occasion.now):
            written += _write(session, account, occasion)
    return written


def set_rhythm(session: Session, account: Account, rhythm: Rhythm, *, language: str | None = None) -> None:
    """Say how often an account wants mail and, where given, in which language (BCP 47 tag)."""
    account.rhythm = rhythm
    account.mail_language = language or account.mail_language
    session.flush()


def _due(session: Session, now: datetime) -> list[int]:
    query = (
        select(Account.id, Account.rhythm, Account.digest_at, func.min(Notice.made_at).label("oldest"))
        .join(Notice, Notice.account_id == Account.id)
        .where(Account.rhythm != Rhythm.OFF, Account.email.is_not(None), Notice.mailed.is_(False))
        .group_by(Account.id, Account.rhythm, Account.digest_at)
        .order_by(Account.id)
    )
    return [
        number
        for number, rhythm, last, oldest in session.execute(query)
        if _has_come(due_at(rhythm, oldest=oldest, last=last), now)
    ]


def _is_due(session: Session, account: Account, now: datetime) -> bool:
    """Whether it still is, now that nobody else can write to it."""
    oldest = session.scalar(
        select(func.min(Notice.made_at)).where(Notice.account_id == account.id, Notice.mailed.is_(False))
    )
    if oldest is None or account.email is None:
        return False
    return _has_come(due_at(account.rhythm, oldest=oldest, last=account.digest_at), now)


def _has_come(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _write(session: Session, account: Account, occasion: Occasion) -> bool:
    """Write the digest, unless all that called was done by others; what it tells of is not mailed again."""
    mine = Notice.account_id == account.id, Notice.mailed.is_(False)
    amounts: Counter[str] = Counter()
    unread = select(Notice.kind, Notice.amount).where(*mine, Notice.kind.in_(NEWS), Notice.read_at.is_(None))
    for kind, amount in session.execute(unread):
        amounts[kind] += amount
    for task in tasks_of(session, account):
        amounts[task.kind] += task.amount
    session.execute(delete(Notice).where(*mine, Notice.kind.in_(TASKS)))
    session.execute(update(Notice).where(*mine).values(mailed=True))
    if not amounts:
        return False
    account.digest_at = occasion.now
    note = Note(
        kind=MailKind.DIGEST,
        address=account.email or "",
        language=account.mail_language,
        contents={"amounts": json.dumps(amounts), "account": str(account.id)},
        lasts=_LASTS,
    )
    write_mail(session, note, occasion)
    return True
