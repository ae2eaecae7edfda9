"""What happened to a unit: every text that was proposed, and what was decided on it."""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from sqlalchemy import Integer, Select, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload

from advocacy.models.account import Account, naming
from advocacy.models.review import Review
from advocacy.models.translation import GONE, Translation
from advocacy.rules.review import TranslationState

_STANDS = (TranslationState.SUBMITTED, TranslationState.APPROVED)


class Verdict(NamedTuple):
    """A decision and by whom; None is the operator."""

    review: Review
    reviewer: Account | None


def history_of(session: Session, unit_id: int, *, most: int) -> list[Translation]:
    """Return a unit's translations with their authors, newest first: the last `most`, and all not gone."""
    return list(session.scalars(_history(), {"unit": unit_id, "most": most}))


@cache
def _history() -> Select[Translation]:
    of_unit = Translation.unit_id == bindparam("unit")
    newest = select(Translation.id).where(of_unit).order_by(Translation.id.desc())
    newest = newest.limit(bindparam("most", type_=Integer, literal_execute=True))
    return (
        select(Translation)
        .where(of_unit)
        .where(or_(Translation.id.in_(newest.scalar_subquery()), Translation.state.not_in(GONE)))
        .order_by(Translation.id.desc())
        .options(joinedload(Translation.author).options(*naming()))
    )


def verdicts_on(session: Session, translations: Collection[int]) -> dict[int, list[Verdict]]:
    """Return the decisions on these translations (by id), oldest first."""
    query = (
        select(Review, Account)
        .outerjoin(Account, Account.id == Review.reviewer_id)
        .where(Review.translation_id.in_(translations))
        .order_by(Review.id)
        .options(*naming())
    )
    found: dict[int, list[Verdict]] = {}
    for review, reviewer in session.execute(query):
        found.setdefault(review.translation_id, []).append(Verdict(review, reviewer))
    return found


def newer_than(session: Session, unit_id: int, number: int) -> list[Translation]:
    """Return the texts of a unit that came after this translation (by id) and are not gone, newest first."""
    query = (
        select(Translation)
        .where(Translation.unit_id == unit_id, Translation.id > number, Translation.state.not_in(GONE))
        .order_by(Translation.id.desc())
        .options(joinedload(Translation.author).options(*naming()))
    )
    return list(session.scalars(query))


def texts_in(session: Session, units: Collection[int]) -> dict[int, list[Translation]]:
    """Return the texts that are not gone of each of these units (by id), oldest first, read anew."""
    query = (
        select(Translation)
        .where(Translation.unit_id.in_(units), Translation.state.not_in(GONE))
        .order_by(Translation.id)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[Translation]] = {}
    for translation in session.scalars(query):
        found.setdefault(translation.unit_id, []).append(translation)
    return found


def standing_text(session: Session, unit_id: int, content_hash: str) -> Translation | None:
    """Return the unit's translation that says exactly this and is approved or waits for review, or None."""
    query = select(Translation).where(
        Translation.unit_id == unit_id,
        Translation.content_hash == content_hash,
        Translation.state.in_(_STANDS),
    )
    return session.scalar(query.order_by(Translation.id).limit(1))


def text_with(session: Session, unit_id: int, content_hash: str) -> Translation | None:
    """Return the newest translation of a unit that says exactly this, whatever became of it, or None."""
    query = select(Translation).where(
        Translation.unit_id == unit_id, Translation.content_hash == content_hash
    )
    return session.scalar(query.order_by(Translation.id.desc()).limit(1))
