"""Units: messages in one language."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import words
from advocacy.rules.translation import UnitStatus


class Unit(Model):
    """One message in one language (BCP 47 tag) and where its translation stands."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("message_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(35), index=True)
    status: Mapped[UnitStatus] = mapped_column(words(UnitStatus), default=UnitStatus.UNTRANSLATED)
