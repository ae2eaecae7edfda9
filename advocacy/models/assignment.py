"""Assignments: who is asked to review a text. Advice, no lock: others may decide all the same."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.account import Account, naming
from advocacy.models.types import UtcDateTime


class Assignment(Model):
    """The reviewer who is asked to decide on a translation, and by whom."""

    __tablename__ = "assignments"

    translation_id: Mapped[int] = mapped_column(
        ForeignKey("translations.id", ondelete="CASCADE"), primary_key=True
    )
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    reviewer: Mapped[Account] = relationship(foreign_keys=[reviewer_id])


def assigned_among(session: Session, translations: Collection[int]) -> dict[int, Assignment]:
    """Return who is asked to review each of these translations (by id), of those that somebody is."""
    query = select(Assignment).where(Assignment.translation_id.in_(translations))
    query = query.options(joinedload(Assignment.reviewer).options(*naming()))
    return {one.translation_id: one for one in session.scalars(query)}
