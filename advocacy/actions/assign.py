"""Asking a reviewer to decide on a text: advice that spares double work, and keeps nobody else out."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.give_opinion import is_waiting, tell
from advocacy.models import Account, Assignment, Translation
from advocacy.models.account import others_who_may
from advocacy.models.unit import hold_units
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Permission
from advocacy.rules.review import SelfApprovalError, TooLateError


class NoReviewerError(ValueError):
    """Nobody who reviews the language of the text."""


def assign(
    session: Session, translation: Translation, reviewer: Account | None, *, by: int, now: datetime
) -> None:
    """Ask a reviewer of the language to decide on a text that waits; with None, nobody in particular.

    She is told, unless she asks herself. Raises SelfApprovalError, NoReviewerError, TooLateError.
    """
    hold_units(session, translation.unit)
    session.refresh(translation)
    if not is_waiting(translation):
        raise TooLateError
    before = session.get(Assignment, translation.id)
    if reviewer is None:
        if before is not None:
            session.delete(before)
        return
    if reviewer.id == translation.author_id:
        raise SelfApprovalError
    if not reviewer.may(Permission.TRANSLATION_REVIEW, translation.unit.language):
        raise NoReviewerError
    if before is not None and before.reviewer_id == reviewer.id:
        return
    assignment = before or Assignment(translation_id=translation.id)
    assignment.reviewer_id, assignment.made_by, assignment.made_at = reviewer.id, by, now
    session.add(assignment)
    session.flush()
    if reviewer.id != by:
        tell(session, NoticeKind.ASSIGNED, translation, reviewer.id, now=now)


def reviewers_of(session: Session, translation: Translation) -> list[Account]:
    """Return who can be asked to decide on a text: the reviewers of its language but its author."""
    language = translation.unit.language
    return others_who_may(
        session, Permission.TRANSLATION_REVIEW, but=translation.author_id, language=language
    )
