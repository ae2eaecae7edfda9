"""Counts of units by where they stand: the database notes each change, whoever makes it."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import Index, Select, String, bindparam, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.domain import Domain
from advocacy.models.types import words
from advocacy.rules.translation import UnitStatus

_LOOSE = 500
"""Rows beyond one for each count, from which on they are put together."""


class UnitCount(Model):
    """So many units more, or less, of a domain (by id) in a language that have a status, none obsolete.

    All rows together are the count. Each change is a row of its own, so that nobody waits for others.
    """

    __tablename__ = "unit_counts"
    __table_args__ = (Index("ix_unit_counts_place", "domain_id", "language", "status", "change"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    domain_id: Mapped[int]
    language: Mapped[str] = mapped_column(String(35))
    status: Mapped[UnitStatus] = mapped_column(words(UnitStatus))
    change: Mapped[int]


def status_counts(session: Session, domain_id: int) -> dict[str, dict[UnitStatus, int]]:
    """Return how many units of a domain (by id) stand where, by language."""
    counts: dict[str, dict[UnitStatus, int]] = {}
    for _domain, language, status, count in session.execute(_sums().where(UnitCount.domain_id == domain_id)):
        counts.setdefault(language, {})[status] = count
    return counts


def counts_at(session: Session, domain_id: int, language: str) -> dict[UnitStatus, int]:
    """Return how many units of a domain (by id) in a language (BCP 47 tag) stand where."""
    query = _sums().where(UnitCount.domain_id == domain_id, UnitCount.language == language)
    return {status: count for _domain, _language, status, count in session.execute(query)}


def counts_in(session: Session, languages: Collection[str]) -> dict[tuple[int, str], dict[UnitStatus, int]]:
    """Return how many units stand where, by domain (id) and language."""
    counts: dict[tuple[int, str], dict[UnitStatus, int]] = {}
    for domain_id, language, status, count in session.execute(_sums_in(), {"languages": languages}):
        counts.setdefault((domain_id, language), {})[status] = count
    return counts


def put_counts_together(session: Session) -> None:
    """Make one row of the many that were noted for each count, once they are more than a few.

    Nobody waits: rows that another transaction is putting together are left to it.
    """
    rows = session.scalar(select(func.count()).select_from(UnitCount)) or 0
    kinds = select(UnitCount.domain_id, UnitCount.language, UnitCount.status).distinct().subquery()
    if rows - (session.scalar(select(func.count()).select_from(kinds)) or 0) < _LOOSE:
        return
    # What comes meanwhile has another id, and stays: only what is taken out here is put back as sums.
    columns = UnitCount.domain_id, UnitCount.language, UnitCount.status, UnitCount.change
    taken: dict[tuple[int, str, UnitStatus], int] = {}
    free = select(UnitCount.id).with_for_update(skip_locked=True)
    taking = delete(UnitCount).where(UnitCount.id.in_(free)).returning(*columns)
    taking = taking.execution_options(synchronize_session=False)
    for domain_id, language, status, change in session.execute(taking):
        kind = domain_id, language, status
        taken[kind] = taken.get(kind, 0) + change
    sums = [
        {"domain_id": kind[0], "language": kind[1], "status": kind[2], "change": count}
        for kind, count in taken.items()
        if count
    ]
    if sums:
        session.execute(insert(UnitCount), sums)


@cache
def _sums_in() -> Select[*tuple[int, str, UnitStatus, int]]:
    in_languages = UnitCount.language.in_(bindparam("languages", expanding=True))
    return _sums().where(UnitCount.domain_id.in_(select(Domain.id)), in_languages)


def _sums() -> Select[*tuple[int, str, UnitStatus, int]]:
    place = UnitCount.domain_id, UnitCount.language, UnitCount.status
    count = func.sum(UnitCount.change)
    return select(*place, count).group_by(*place).having(count != 0)
