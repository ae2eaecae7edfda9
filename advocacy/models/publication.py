"""Published manifests of exports, and what is needed to prove that one record is under their root."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model


class Publication(Model):
    """A manifest as it was published, word for word, with its signature file."""

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id", ondelete="CASCADE"), index=True)
    manifest: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(Text)
    published_on: Mapped[date]


class Leaf(Model):
    """One record of a publication: the digest of its line, and the hash by which its receipt finds it."""

    __tablename__ = "leaves"
    __table_args__ = (UniqueConstraint("publication_id", "receipt_hash"),)

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publications.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))
    record_digest: Mapped[bytes] = mapped_column(LargeBinary(32))


def publications_of(session: Session, appeal_id: int) -> list[Publication]:
    """Return the manifests that were published for an appeal, newest first."""
    query = select(Publication).where(Publication.appeal_id == appeal_id).order_by(Publication.id.desc())
    return list(session.scalars(query))


def published_manifests(session: Session) -> list[str]:
    """Return every manifest that was published, word for word."""
    return list(session.scalars(select(Publication.manifest).order_by(Publication.id)))


def leaf_behind(session: Session, publication_id: int, receipt_hash: bytes) -> Leaf | None:
    """Return the record with this receipt, or None."""
    query = select(Leaf).where(Leaf.publication_id == publication_id, Leaf.receipt_hash == receipt_hash)
    return session.scalars(query).one_or_none()


def leaves_of(session: Session, publication_id: int) -> list[bytes]:
    """Return the leaf hashes of a publication, in their order."""
    query = select(Leaf.leaf).where(Leaf.publication_id == publication_id).order_by(Leaf.position)
    return list(session.scalars(query))
