"""Marks: small numbers that grow when texts are written, decided on, taken back or added."""

from functools import cache

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from advocacy.models.audit_entry import AuditEntry
from advocacy.models.message import Message
from advocacy.models.review import Review
from advocacy.models.translation import IS_WITHDRAWN, Translation


def marks_of_work(session: Session) -> tuple[int, ...]:
    """Return numbers of which one changes when somebody works on texts: one tiny query.

    They do not tell of a source that was changed, nor of a text that was committed after a later one.
    """
    return tuple(number or 0 for number in session.execute(_marks()).one())


@cache
def _marks() -> Select[*tuple[int | None, ...]]:
    newest = (
        select(func.max(column)).scalar_subquery()
        for column in (Translation.id, Review.id, Message.id, AuditEntry.id)
    )
    withdrawn = select(func.count()).select_from(Translation).where(IS_WITHDRAWN)
    return select(*newest, withdrawn.scalar_subquery())
