"""What happened to a unit: every text that was proposed, and what was decided on it."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from advocacy.models.account import Account
from advocacy.models.review import Review
from advocacy.models.translation import Translation
from advocacy.models.unit_search import GONE


class Verdict(NamedTuple):
    """A decision and by whom; None is the operator."""

    review: Review
    reviewer: Account | None


def history_of(session: Session, unit_id: int, *, most: int) -> list[Translation]:
    """Return up to `most` of a unit's translations with their authors, newest first."""
    query = select(Translation).where(Translation.unit_id == unit_id).order_by(Translation.id.desc())
    return list(session.scalars(query.options(joinedload(Translation.author)).limit(most)))


def verdicts_on(session: Session, translations: Collection[int]) -> dict[int, list[Verdict]]:
    """Return the decisions on these translations (by id), oldest first."""
    query = (
        select(Review, Account)
        .outerjoin(Account, Account.id == Review.reviewer_id)
        .where(Review.translation_id.in_(translations))
        .order_by(Review.id)
    )
    found: dict[int, list[Verdict]] = {}
    for review, reviewer in session.execute(query):
        found.setdefault(review.translation_id, []).append(Verdict(review, reviewer))
    return found


def newest_id(session: Session, unit_id: int) -> int:
    """Return the id of the newest translation of a unit, whatever became of it; 0 if there is none."""
    return session.scalar(select(func.max(Translation.id)).where(Translation.unit_id == unit_id)) or 0


def newer_than(session: Session, unit_id: int, number: int) -> Translation | None:
    """Return the newest text of a unit that came after the translation with this id and is not gone."""
    query = select(Translation).where(
        Translation.unit_id == unit_id, Translation.id > number, Translation.state.not_in(GONE)
    )
    query = query.order_by(Translation.id.desc()).limit(1)
    return session.scalar(query.options(joinedload(Translation.author)))


def text_with(session: Session, unit_id: int, content_hash: str) -> Translation | None:
    """Return the newest translation of a unit that says exactly this, whatever became of it, or None."""
    query = select(Translation).where(
        Translation.unit_id == unit_id, Translation.content_hash == content_hash
    )
    return session.scalar(query.order_by(Translation.id.desc()).limit(1))
