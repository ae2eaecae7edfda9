"""How many signed in each country, as the public sees it: small numbers folded, an hour old at most."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime


class CountryCount(Model):
    """One line of the public table; `country` is empty for all that are not named one by one."""

    __tablename__ = "country_counts"

    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id", ondelete="CASCADE"), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    count: Mapped[int]
    hour: Mapped[datetime] = mapped_column(UtcDateTime)


def country_counts(session: Session, appeal_id: int) -> list[CountryCount]:
    """Return an appeal's lines, the largest first, what is not named one by one last."""
    query = (
        select(CountryCount)
        .where(CountryCount.appeal_id == appeal_id)
        .order_by(CountryCount.country == "", CountryCount.count.desc(), CountryCount.country)
    )
    return list(session.scalars(query.execution_options(populate_existing=True)))


def replace_country_counts(
    session: Session, appeal_id: int, counts: dict[str, int], *, hour: datetime
) -> None:
    """Make an appeal's lines say `counts`."""
    session.execute(delete(CountryCount).where(CountryCount.appeal_id == appeal_id))
    session.add_all(
        CountryCount(appeal_id=appeal_id, country=country, count=count, hour=hour)
        for country, count in counts.items()
    )
