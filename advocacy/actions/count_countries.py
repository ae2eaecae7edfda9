"""Counting by country for the public: once an hour, so that no single signer can be watched arriving."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.models.appeal import hold_appeal, unreduced_appeals
from advocacy.models.country_count import country_counts, replace_country_counts
from advocacy.models.signature import counted_by_country
from advocacy.rules.signing import hour_of
from advocacy.rules.small_numbers import folded


def count_countries(session: Session, *, now: datetime) -> None:
    """Bring the public table of every appeal to this hour; a second time within it changes nothing."""
    hour = hour_of(now)
    for appeal_id in unreduced_appeals(session):
        hold_appeal(session, appeal_id)  # another worker may be at it
        known = country_counts(session, appeal_id)
        if not known or known[0].hour < hour:
            counts = folded(counted_by_country(session, appeal_id))
            replace_country_counts(session, appeal_id, counts, hour=hour)
