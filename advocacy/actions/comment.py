"""Talking about a unit: comments, whom they call, and questions about the source."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advocacy.actions.notify import call_for, tell_mentioned
from advocacy.models import Account, Comment, Grant, Translation, Unit
from advocacy.models.unit import hold_units
from advocacy.rules.mentions import mentioned
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Role
from advocacy.rules.review import TranslationState

LONGEST_COMMENT = 2000
"""Characters."""


class EmptyCommentError(ValueError):
    """There is nothing in the comment."""


class LongCommentError(ValueError):
    """More than LONGEST_COMMENT characters."""


def add_comment(
    session: Session, unit: Unit, text: str, *, by: int, about_source: bool, now: datetime
) -> Comment:
    """Add a comment to a unit, and tell whoever is called in it and whoever wrote the newest text.

    One `about_source` calls those who edit the source. Raises EmptyCommentError, LongCommentError.
    """
    text = text.strip()
    if not text:
        raise EmptyCommentError
    if len(text) > LONGEST_COMMENT:
        raise LongCommentError
    hold_units(session, unit)
    comment = Comment(unit_id=unit.id, author_id=by, text=text, about_source=about_source, created_at=now)
    session.add(comment)
    session.flush()
    for account_id in sorted(_called(session, unit, text) - {by}):
        tell_mentioned(session, comment, account_id, language=unit.language)
    if about_source:
        call_for(session, NoticeKind.SOURCE, now=now, but=by)
    return comment


def resolve_comment(session: Session, comment: Comment, *, now: datetime) -> None:
    """Say that nothing of a comment is open any more; a second time changes nothing."""
    if comment.resolved_at is None:
        comment.resolved_at = now
        session.flush()


def _called(session: Session, unit: Unit, text: str) -> set[int]:
    people = _people(session, unit.language) if "@" in text else {}
    called = {people[name] for name in mentioned(text, people)}
    newest = (
        select(Translation.author_id)
        .where(Translation.unit_id == unit.id, Translation.state != TranslationState.DRAFT)
        .order_by(Translation.id.desc())
        .limit(1)
    )
    author = session.scalar(newest)
    return called if author is None else called | {author}


def _people(session: Session, language: str) -> dict[str, int]:
    """Return who works on a language, and the staff: account ids by name."""
    staff = [role for role in Role if role.is_staff]
    query = (
        select(Account.name, Account.id)
        .join(Grant, Grant.account_id == Account.id)
        .where(Account.erased_at.is_(None), or_(Grant.language == language, Grant.role.in_(staff)))
    )
    return {name: number for name, number in session.execute(query)}  # noqa: C416  rows are no pairs to mypy
