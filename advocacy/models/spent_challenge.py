"""Calculations that a form has been sent with: each serves once."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime


class SpentChallenge(Model):
    """The SHA-256 of a solved challenge, until the challenge itself expires."""

    __tablename__ = "spent_challenges"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
