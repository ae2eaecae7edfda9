"""What somebody wrote and what of it waits for her."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import Integer, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session, contains_eager, load_only

from advocacy.models.message import Message
from advocacy.models.review import Review
from advocacy.models.translation import Translation
from advocacy.models.unit import Unit
from advocacy.rules.review import Decision, TranslationState
from advocacy.rules.translation import UnitStatus


def texts_waiting(
    session: Session, author_id: int, languages: Collection[str], *, most: int
) -> list[Translation]:
    """Return texts that wait for their author, newest first, with unit and message: state and source alone.

    Those sent back that nobody has replaced since, drafts, and those approved whose source has changed.
    """
    found = session.scalars(_waiting(), {"author": author_id, "languages": languages, "most": most})
    return list(found)


@cache
def _waiting() -> Select[Translation]:
    waiting = or_(
        and_(
            Translation.state == TranslationState.CHANGES_REQUESTED,
            Unit.status != UnitStatus.APPROVED,
        ),
        Translation.state == TranslationState.DRAFT,
        and_(Translation.state == TranslationState.APPROVED, Unit.status == UnitStatus.OUTDATED),
    )
    in_languages = Unit.language.in_(bindparam("languages", expanding=True))
    return (
        select(Translation)
        .join(Translation.unit)
        .join(Unit.message)
        .options(
            load_only(Translation.state, raiseload=True),
            contains_eager(Translation.unit)
            .contains_eager(Unit.message)
            .load_only(Message.domain_id, Message.msgid, raiseload=True),
        )
        .where(Translation.author_id == bindparam("author"), in_languages, waiting)
        .where(Message.obsolete.is_(False))
        .order_by(Translation.id.desc())
        .limit(bindparam("most", type_=Integer))
    )


def reasons_for(session: Session, translations: Collection[int]) -> dict[int, Review]:
    """Return why changes were asked for, by the id of the translation."""
    if not translations:
        return {}
    query = select(Review).where(Review.translation_id.in_(translations), Review.decision == Decision.CHANGES)
    return {review.translation_id: review for review in session.scalars(query.order_by(Review.id))}
