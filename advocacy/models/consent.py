"""Consent records: what a signer agreed to, and the proof of the words she read."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime, words
from advocacy.rules.consents import Consent


class ConsentRecord(Model):
    """One ticked box: the notice's version, SHA-256 (hex) of its text in her language, and the UTC hour."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("signature_id", "consent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("signatures.id", ondelete="CASCADE"))
    consent: Mapped[Consent] = mapped_column(words(Consent))
    notice_version: Mapped[str] = mapped_column(String(20))
    notice_hash: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(35))
    hour: Mapped[datetime] = mapped_column(UtcDateTime)
