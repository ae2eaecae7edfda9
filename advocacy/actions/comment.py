"""Talking about a unit: comments, whom they call, and questions about the source."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.actions.notify import call_for, tell_mentioned
from advocacy.actions.propose import stored_text
from advocacy.models import Account, Comment, Unit
from advocacy.models.talk import author_of, can_be_called, same_open_comment
from advocacy.models.unit import hold_units
from advocacy.rules.mentions import mentioned
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Permission

LONGEST_COMMENT = 2000
"""Characters."""


class EmptyCommentError(ValueError):
    """There is nothing in the comment."""


class LongCommentError(ValueError):
    """More than LONGEST_COMMENT characters."""


class NotTheirsToResolveError(Exception):
    """Neither comment nor text is theirs, and they neither review the language nor are on the staff."""


def add_comment(
    session: Session,
    unit: Unit,
    text: str,
    *,
    by: int,
    about_source: bool,
    now: datetime,
    answers: Comment | None = None,
) -> Comment:
    """Add a comment to a unit, and tell whoever is called in it and whoever wrote the newest text.

    One `about_source` calls those who edit the source; whoever wrote what it `answers` is told as well. The
    same words of the same account, as long as they are open, are there once: a button was pressed twice.
    Raises EmptyCommentError, LongCommentError.
    """
    text = stored_text(text).strip()
    if not text:
        raise EmptyCommentError
    if len(text) > LONGEST_COMMENT:
        raise LongCommentError
    hold_units(session, unit)
    if same := same_open_comment(session, unit.id, text, by=by, about_source=about_source):
        return same
    comment = Comment(unit_id=unit.id, author_id=by, text=text, about_source=about_source, created_at=now)
    session.add(comment)
    session.flush()
    asker = answers.author_id if answers else None
    for account_id in sorted((_called(session, unit, text) | ({asker} if asker else set())) - {by}):
        tell_mentioned(session, comment, account_id, language=unit.language)
    if about_source:
        call_for(session, NoticeKind.SOURCE, now=now, but=by)
    return comment


def may_resolve(comment: Comment, account: Account, *, language: str, author: int | None) -> bool:
    """Whether an account can resolve a comment on a text in a language (BCP 47 tag), written by `author`."""
    return (
        account.id in (comment.author_id, author)
        or account.may(Permission.TRANSLATION_REVIEW, language)
        or account.is_staff
    )


def resolve_comment(session: Session, comment: Comment, *, by: Account, now: datetime) -> None:
    """Say that nothing of a comment is open any more; a second time changes nothing.

    Raises NotTheirsToResolveError.
    """
    unit = session.get_one(Unit, comment.unit_id)
    hold_units(session, unit)
    session.refresh(comment)
    author = author_of(session, unit.id)
    if not may_resolve(comment, by, language=unit.language, author=author):
        raise NotTheirsToResolveError
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = now, by.id
        session.flush()


def answer_question(session: Session, question: Comment, text: str, *, by: Account, now: datetime) -> Comment:
    """Answer a question about a source by a comment, tell whoever asked, and resolve the question.

    Raises EmptyCommentError, LongCommentError, NotTheirsToResolveError.
    """
    unit = session.get_one(Unit, question.unit_id)
    answer = add_comment(session, unit, text, by=by.id, about_source=False, now=now, answers=question)
    resolve_comment(session, question, by=by, now=now)
    return answer


def _called(session: Session, unit: Unit, text: str) -> set[int]:
    people = _people(session, unit.language) if "@" in text else {}
    called = {people[name] for name in mentioned(text, people)}
    author = author_of(session, unit.id)
    return called if author is None else called | {author}


def _people(session: Session, language: str) -> dict[str, int]:
    """Return who works on a language, and the staff: account ids by name."""
    query = select(Account.name, Account.id).where(can_be_called(language))
    return {name: number for name, number in session.execute(query)}  # noqa: C416  rows are no pairs to mypy
