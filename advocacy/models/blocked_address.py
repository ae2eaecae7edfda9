"""Addresses whose owners want no mail about an appeal."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.extensions import Model


class BlockedAddress(Model):
    """The digest of an address that is never written to again about this appeal, whoever types it."""

    __tablename__ = "blocked_addresses"

    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id", ondelete="CASCADE"), primary_key=True)
    address_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
