"""What somebody wrote and what of it waits for her."""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from sqlalchemy import CompoundSelect, Integer, bindparam, or_, select, union_all
from sqlalchemy.orm import Session

from advocacy.models.domain import Domain
from advocacy.models.message import Message
from advocacy.models.review import Review
from advocacy.models.translation import IS_APPROVED, IS_OF_ITS_AUTHOR, OF_AUTHOR, Translation
from advocacy.models.unit import Unit
from advocacy.rules.review import Decision, TranslationState
from advocacy.rules.translation import UnitStatus


class WaitingText(NamedTuple):
    """A text that waits for its author (all numbers are ids), and the source that it is for."""

    id: int
    state: TranslationState
    unit_id: int
    language: str
    domain_id: int
    source: str


def texts_waiting(
    session: Session, author_id: int, languages: Collection[str], *, most: int
) -> list[WaitingText]:
    """Return texts that wait for their author, newest first.

    Those sent back that nobody has replaced since, drafts, and those approved whose source has changed.
    """
    given = {"author": author_id, "languages": languages, "most": most}
    numbers = {*session.scalars(_waiting(), given)} - {None}
    if not numbers:
        return []
    newest = sorted(numbers, reverse=True)[:most]
    query = (
        select(Translation.id, Translation.state, Unit.id, Unit.language, Message.domain_id, Message.msgid)
        .join(Translation.unit)
        .join(Unit.message)
        .where(Translation.id.in_(newest))
        .order_by(Translation.id.desc())
    )
    return [WaitingText(*row) for row in session.execute(query)]


@cache
def _waiting() -> CompoundSelect[tuple[int | None]]:
    # Two ways to few texts: those that are hers to go on with, and what is hers of what is outdated. All that
    # she ever wrote may be thousands, and SQLite would walk it for the order that it has.
    hers = Translation.author_id == bindparam("author")
    in_languages = Unit.language.in_(bindparam("languages", expanding=True))
    unfinished = (
        select(Translation.id)
        .join(Translation.unit)
        .where(hers, IS_OF_ITS_AUTHOR, in_languages, Unit.obsolete.is_(False))
        .where(or_(Translation.state == TranslationState.DRAFT, Unit.status != UnitStatus.APPROVED))
        .with_hint(Translation, f"INDEXED BY {OF_AUTHOR}", "sqlite")
        .order_by(Translation.id.desc())
        .limit(bindparam("most", type_=Integer, literal_execute=True))
        .subquery()
    )
    approved = select(Translation.id).where(Translation.unit_id == Unit.id, IS_APPROVED, hers)
    outdated = select(approved.scalar_subquery()).where(
        Unit.domain_id.in_(select(Domain.id)),
        in_languages,
        Unit.obsolete.is_(False),
        Unit.status == UnitStatus.OUTDATED,
    )
    return union_all(select(unfinished.c.id), outdated)


def reasons_for(session: Session, translations: Collection[int]) -> dict[int, Review]:
    """Return why changes were asked for, by the id of the translation."""
    if not translations:
        return {}
    query = select(Review).where(Review.translation_id.in_(translations), Review.decision == Decision.CHANGES)
    return {review.translation_id: review for review in session.scalars(query.order_by(Review.id))}
