"""Who is at work on which unit: for minutes if she only looks, for an hour if she took it."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, Select, bindparam, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.account import Account, naming
from advocacy.models.types import UtcDateTime
from advocacy.rules.attendance import LOOKING


class Attendance(Model):
    """Somebody at a unit: when she opened it last, and until when she has taken it, each if she did."""

    __tablename__ = "attendances"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    taken_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(innerjoin=True)

    def looks(self, now: datetime) -> bool:
        """Whether she looks at the unit still."""
        return self.seen_at is not None and self.seen_at > now - LOOKING

    def has_taken(self, now: datetime) -> bool:
        """Whether the unit is taken by her."""
        return self.taken_until is not None and self.taken_until > now


def attendances_at(session: Session, units: Collection[int]) -> list[Attendance]:
    """Return who is at these units (by id), and who was and is not yet forgotten."""
    return list(session.scalars(_attendances(), {"units": units})) if units else []


@cache
def _attendances() -> Select[Attendance]:
    named = joinedload(Attendance.account).options(*naming())
    at_units = Attendance.unit_id.in_(bindparam("units", expanding=True))
    return select(Attendance).where(at_units).options(named)
