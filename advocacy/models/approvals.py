"""What was approved lately: read by memories that hold everything, to learn the rest."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from advocacy.models.domain import Domain
from advocacy.models.message import Message
from advocacy.models.review import Review
from advocacy.models.translation import Translation
from advocacy.models.unit import Unit
from advocacy.rules.review import TranslationState


class Heads(NamedTuple):
    """The newest translation and the newest review, by id; 0 if there is none."""

    translation: int
    review: int


class ApprovedText(NamedTuple):
    """An approved text of a unit, with its source as it was then, and its domain's name."""

    unit_id: int
    source: str
    texts: list[str]
    domain: str


def heads(session: Session) -> Heads:
    """Return how far texts and decisions go."""
    translation, review = session.execute(_heads()).one()
    return Heads(translation, review)


@cache
def _heads() -> Select[int, int]:
    newest, decided = (select(func.max(one)).scalar_subquery() for one in (Translation.id, Review.id))
    return select(func.coalesce(newest, 0), func.coalesce(decided, 0))


def approved_since(session: Session, language: str, since: Heads) -> list[ApprovedText]:
    """Return the texts of a language, now approved, that were written or decided on after `since`."""
    decided = select(Review.translation_id).where(Review.id > since.review)
    query = (
        select(Translation.unit_id, Translation.msgid, Translation.texts, Domain.name)
        .join(Unit, Unit.id == Translation.unit_id)
        .join(Message, Message.id == Unit.message_id)
        .join(Domain, Domain.id == Message.domain_id)
        .where(Unit.language == language, Translation.state == TranslationState.APPROVED)
        .where(or_(Translation.id > since.translation, Translation.id.in_(decided)))
    )
    return [ApprovedText(*row) for row in session.execute(query)]
