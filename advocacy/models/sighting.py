"""Sightings: on which page a message of the interface was last seen by somebody who translates."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime


class Sighting(Model):
    """A page that showed a message: its path without the language. By whom is not kept."""

    __tablename__ = "sightings"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(String(200))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


def sightings_of(session: Session, messages: Collection[int]) -> dict[int, Sighting]:
    """Return where messages (by id) were last seen, those that were."""
    query = select(Sighting).where(Sighting.message_id.in_(messages))
    return {sighting.message_id: sighting for sighting in session.scalars(query)}
