"""Marks: small numbers that grow when texts are written, decided on, taken back or added."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from advocacy.models.audit_entry import AuditEntry
from advocacy.models.message import Message
from advocacy.models.review import IS_TAKEN_BACK, Review
from advocacy.models.translation import IS_WITHDRAWN, Translation


class Marks(NamedTuple):
    """The newest ids, and how many texts were withdrawn and decisions taken back."""

    translation: int
    review: int
    message: int
    entry: int
    withdrawn: int
    taken_back: int


def marks_of_work(session: Session) -> Marks:
    """Return numbers of which one changes when somebody works on texts: one tiny query.

    They do not tell of a source that was changed, nor of a text that was committed after a later one.
    """
    return Marks(*(number or 0 for number in session.execute(_marks()).one()))


@cache
def _marks() -> Select[*tuple[int | None, ...]]:
    newest = (
        select(func.max(column)).scalar_subquery()
        for column in (Translation.id, Review.id, Message.id, AuditEntry.id)
    )
    few = (
        select(func.count()).select_from(model).where(such).scalar_subquery()
        for model, such in ((Translation, IS_WITHDRAWN), (Review, IS_TAKEN_BACK))
    )
    return select(*newest, *few)
