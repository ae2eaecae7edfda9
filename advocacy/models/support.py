"""Support without a mail address: a number, and nothing else."""

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model


class Support(Model):
    """A part of the count of those who supported one appeal in one language without being verified."""

    __tablename__ = "supports"

    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    stripe: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


def add_support(session: Session, appeal_id: int, language: str, stripe: int) -> None:
    """Add one to a stripe, in one statement."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = dialect.insert(Support).values(appeal_id=appeal_id, language=language, stripe=stripe, count=1)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[Support.appeal_id, Support.language, Support.stripe],
            set_={"count": Support.count + 1},
        )
    )


def supports_of(session: Session, appeal_id: int) -> int:
    """Return how many supported the appeal without being verified."""
    return session.scalar(select(func.sum(Support.count)).where(Support.appeal_id == appeal_id)) or 0
