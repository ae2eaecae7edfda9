"""Telling people what is new for them, in the transaction that makes it new."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, false, insert, literal, or_, select, true
from sqlalchemy.orm import Session

from advocacy.models import Comment, Domain, Grant, Notice, Review, TermSuggestion
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import ALLOWS, Permission, Role
from advocacy.rules.review import Decision

_VERDICTS = {
    Decision.APPROVE: NoticeKind.APPROVED,
    Decision.CHANGES: NoticeKind.CHANGES,
    Decision.REJECT: NoticeKind.REJECTED,
}


def tell_author(session: Session, review: Review, *, unit_id: int, language: str) -> None:
    """Tell whoever wrote a text what was decided about it."""
    if review.author_id is None:
        return
    session.flush()
    session.add(
        Notice(
            account_id=review.author_id,
            kind=_VERDICTS[review.decision],
            language=language,
            unit_id=unit_id,
            review_id=review.id,
            made_at=review.made_at,
        )
    )


def untell(session: Session, review: Review) -> None:
    """Take a decision out of its author's news: it was taken back."""
    session.execute(delete(Notice).where(Notice.review_id == review.id))


def tell_mentioned(session: Session, comment: Comment, account_id: int, *, language: str) -> None:
    """Tell somebody that a comment asks her something."""
    session.flush()
    session.add(
        Notice(
            account_id=account_id,
            kind=NoticeKind.MENTIONED,
            language=language,
            unit_id=comment.unit_id,
            comment_id=comment.id,
            made_at=comment.created_at,
        )
    )


def tell_suggester(session: Session, suggestion: TermSuggestion, kind: NoticeKind, *, now: datetime) -> None:
    """Tell whoever suggested a term what became of it."""
    session.add(
        Notice(
            account_id=suggestion.author_id,
            kind=kind,
            language=suggestion.language,
            suggestion_id=suggestion.id,
            made_at=now,
        )
    )


def tell_of_new_texts(session: Session, domain: Domain, added: Mapping[str, int], *, now: datetime) -> None:
    """Tell the translators of each language (BCP 47 tag) how many texts of a domain were added."""
    for language, amount in added.items():
        if amount:
            translators = Counter(
                dict.fromkeys(_holders(session, Permission.TRANSLATION_WRITE, language), amount)
            )
            _tell_amounts(session, NoticeKind.NEW_TEXTS, domain, language, translators, now)


def tell_of_outdated_texts(
    session: Session, domain: Domain, outdated: Mapping[tuple[int, str], int], *, now: datetime
) -> None:
    """Tell authors how many of their texts in a language have a new source, given by account and language."""
    for language in sorted({language for _, language in outdated}):
        authors = Counter({who: amount for (who, of), amount in outdated.items() if of == language})
        _tell_amounts(session, NoticeKind.OUTDATED, domain, language, authors, now)


def tell_staff(
    session: Session, domain: Domain, *, language: str | None, now: datetime, but: int | None
) -> None:
    """Tell all staff `but` the account that did it what one person alone made readers see of a domain.

    `language` (BCP 47 tag) is the one it was done to, None for all.
    """
    staff = (
        select(Grant.account_id).distinct().where(Grant.role.in_([role for role in Role if role.is_staff]))
    )
    session.add_all(
        Notice(
            account_id=account,
            kind=NoticeKind.EMERGENCY,
            domain_id=domain.id,
            language=language,
            amount=1,
            made_at=now,
        )
        for account in session.scalars(staff.order_by(Grant.account_id))
        if account != but
    )


def call_for(
    session: Session, kind: NoticeKind, *, now: datetime, language: str | None = None, but: int | None = None
) -> None:
    """Call those who may do what waits, all `but` the account that is not to do it; once until mail goes out.

    `language` (BCP 47 tag) is the one that is to be known, where one is.
    """
    if kind.called is None:
        raise ValueError(f"{kind} calls for nobody")
    called = exists().where(
        Notice.account_id == Grant.account_id,
        Notice.kind == kind,
        Notice.mailed.is_(False),
        Notice.language.is_(None) if language is None else Notice.language == language,
    )
    holders = (
        select(
            Grant.account_id,
            literal(kind, Notice.kind.type),
            literal(language, Notice.language.type),
            literal(1),
            literal(now, Notice.made_at.type),
            false(),
        )
        .distinct()
        .where(_may(kind.called, language), ~called, true() if but is None else Grant.account_id != but)
    )
    columns = ["account_id", "kind", "language", "amount", "made_at", "mailed"]
    session.execute(insert(Notice).from_select(columns, holders))


def _tell_amounts(
    session: Session, kind: NoticeKind, domain: Domain, language: str, amounts: Counter[int], now: datetime
) -> None:
    """Add to what each account (by id) was told and has not read yet."""
    unread = select(Notice).where(
        Notice.kind == kind,
        Notice.domain_id == domain.id,
        Notice.language == language,
        Notice.read_at.is_(None),
        Notice.mailed.is_(False),
    )
    for notice in session.scalars(unread.with_for_update()):
        notice.amount += amounts.pop(notice.account_id, 0)
    session.add_all(
        Notice(
            account_id=account, kind=kind, domain_id=domain.id, language=language, amount=amount, made_at=now
        )
        for account, amount in sorted(amounts.items())
    )


def _holders(session: Session, permission: Permission, language: str) -> list[int]:
    query = select(Grant.account_id).distinct().where(_may(permission, language))
    return list(session.scalars(query.order_by(Grant.account_id)))


def _may(permission: Permission, language: str | None) -> ColumnElement[bool]:
    roles = [role for role, allowed in ALLOWS.items() if permission in allowed]
    of = true() if language is None else or_(Grant.language.is_(None), Grant.language == language)
    return and_(Grant.role.in_(roles), of)
