"""Tallies: how many signed, by language, as a cache of the signatures themselves."""

from sqlalchemy import ForeignKey, String, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.appeal import Appeal

STRIPES = 16
"""Rows that one count is spread over, so that signers do not queue for the same row."""


_COUNTED = select(Appeal.id).where(Appeal.reduced.is_(False))


class Tally(Model):
    """A part of the count of one appeal in one language; the stripes together are the count."""

    __tablename__ = "tallies"

    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    stripe: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


def add_to_tally(session: Session, appeal_id: int, language: str, stripe: int, change: int) -> None:
    """Add `change` to one stripe, in one statement."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = dialect.insert(Tally).values(appeal_id=appeal_id, language=language, stripe=stripe, count=change)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[Tally.appeal_id, Tally.language, Tally.stripe],
            set_={"count": Tally.count + row.excluded.count},
        )
    )


def tally_of(session: Session, appeal_id: int) -> dict[str, int]:
    """Return how many signed, by language, in one query; languages without a signature are left out."""
    query = (
        select(Tally.language, func.sum(Tally.count))
        .where(Tally.appeal_id == appeal_id)
        .group_by(Tally.language)
    )
    return {language: int(count) for language, count in session.execute(query) if count}


def tallies(session: Session) -> dict[tuple[int, str], int]:
    """Return every tally by (appeal id, language), but for appeals whose tally is all that is left."""
    query = (
        select(Tally.appeal_id, Tally.language, func.sum(Tally.count))
        .where(Tally.appeal_id.in_(_COUNTED))
        .group_by(Tally.appeal_id, Tally.language)
    )
    return {(appeal_id, language): int(count) for appeal_id, language, count in session.execute(query)}


def replace_tallies(session: Session, counts: dict[tuple[int, str], int]) -> None:
    """Make the tallies say `counts`, all in each one's first stripe; those `tallies` leaves out stay."""
    session.execute(delete(Tally).where(Tally.appeal_id.in_(_COUNTED)))
    session.add_all(
        Tally(appeal_id=appeal_id, language=language, stripe=0, count=count)
        for (appeal_id, language), count in counts.items()
    )
