"""Progress: how many texts were approved on which day."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.models.review import Review
from advocacy.models.translation import Translation
from advocacy.models.unit import Unit
from advocacy.rules.review import Decision

ByDay = Mapping[tuple[int, str], Mapping[date, int]]
"""How many texts were approved each day (UTC), by domain (id) and language; days without any are left out."""


def approved_by_day(session: Session, *, since: datetime, beyond: int = 0, up_to: int) -> ByDay:
    """Return how many texts were approved, none taken back, in reviews (by id) `beyond` one `up_to` one."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    day = func.date(Review.made_at if on_sqlite else func.timezone("UTC", Review.made_at))
    query = (
        select(Unit.domain_id, Unit.language, day, func.count())
        .select_from(Review)
        .join(Translation, Translation.id == Review.translation_id)
        .join(Unit, Unit.id == Translation.unit_id)
        .where(Review.made_at >= since, Review.decision == Decision.APPROVE, Review.taken_back_at.is_(None))
        .where(Review.id > beyond, Review.id <= up_to, Unit.obsolete.is_(False))
        .group_by(Unit.domain_id, Unit.language, day)
    )
    found: dict[tuple[int, str], dict[date, int]] = {}
    for domain_id, language, on, count in session.execute(query):
        found.setdefault((domain_id, language), {})[date.fromisoformat(str(on))] = count
    return found
