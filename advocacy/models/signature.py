"""Signatures."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Self, TypeVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    String,
    UniqueConstraint,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, lazyload, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.appeal import Appeal
from advocacy.models.consent import ConsentRecord
from advocacy.models.types import UtcDateTime, words
from advocacy.rules.consents import Consent
from advocacy.rules.signing import Display, SignatureState

_IS_SHOWN = text("shown_as IS NOT NULL")
_Query = TypeVar("_Query", bound=Select[Any])


class Signature(Model):
    """One person's support of one appeal.

    Who she is lies in `person`, sealed to the appeal's delivery key, and, only while there is mail to send
    her, in `address`, sealed to the mail key; both boxes are bound to `reference`. `address_digest` finds
    a second signature without opening anything, `domain_digest` those of one mail host.
    What is shown in public is in `shown_as`, empty for a signer who is only counted. `text_hash` is
    the SHA-256 (hex) of the appeal as she was shown it. `revision` counts how often the form was sent
    again, with other contents (`form_digest`), before it was confirmed.
    """

    __tablename__ = "signatures"
    __table_args__ = (
        UniqueConstraint("appeal_id", "address_digest"),
        CheckConstraint(
            "state IN ('withdrawn', 'rejected') OR address_digest IS NOT NULL",
            name="live_has_digest",
        ),
        CheckConstraint("state <> 'pending' OR expires_at IS NOT NULL", name="pending_expires"),
        Index("ix_signatures_shown", "appeal_id", "id", sqlite_where=_IS_SHOWN, postgresql_where=_IS_SHOWN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id", ondelete="CASCADE"))
    state: Mapped[SignatureState] = mapped_column(words(SignatureState), default=SignatureState.PENDING)
    language: Mapped[str] = mapped_column(String(35))
    country: Mapped[str | None] = mapped_column(String(2))
    display: Mapped[Display] = mapped_column(words(Display), default=Display.COUNT)
    shown_as: Mapped[str | None] = mapped_column(String(120))
    discreet: Mapped[bool] = mapped_column(default=False)
    reference: Mapped[str] = mapped_column(String(32), unique=True)
    address_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    domain_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    form_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    person: Mapped[bytes | None] = mapped_column(LargeBinary)
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    text_hash: Mapped[str | None] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    confirmed_hour: Mapped[datetime | None] = mapped_column(UtcDateTime)

    appeal: Mapped[Appeal] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def locked_by_digest(cls, session: Session, appeal_id: int, digest: bytes) -> Self:
        """Return the signature of this address, held against other writers until the transaction ends."""
        query = select(cls).where(cls.appeal_id == appeal_id, cls.address_digest == digest)
        return session.scalars(_for_update(query)).one()

    @classmethod
    def locked(cls, session: Session, number: int) -> Self | None:
        """Return the signature with this id, held likewise, or None if it is gone."""
        return session.scalars(_for_update(select(cls).where(cls.id == number))).one_or_none()


def _for_update(query: _Query) -> _Query:
    """Lock the row, and load it alone: whoever holds a lock should not stop to read a whole appeal."""
    query = query.options(lazyload(Signature.appeal))
    return query.with_for_update(of=Signature).execution_options(populate_existing=True)


def public_signatures(
    session: Session, appeal_id: int, *, most: int, before: int | None = None
) -> list[tuple[int, str, Display]]:
    """Return up to `most` confirmed signatures that chose to be shown, newest first, with id and display.

    `before` is the id after which an earlier page ended.
    """
    query = (
        select(Signature.id, Signature.shown_as, Signature.display)
        .where(
            Signature.appeal_id == appeal_id,
            Signature.state == SignatureState.CONFIRMED,
            Signature.shown_as.is_not(None),
        )
        .order_by(Signature.id.desc())
        .limit(most)
    )
    if before is not None:
        query = query.where(Signature.id < before)
    return [(number, shown or "", display) for number, shown, display in session.execute(query)]


def confirmed_by_language(session: Session) -> dict[tuple[int, str], int]:
    """Return how many confirmed signatures there are by (appeal id, language), counted one by one."""
    query = (
        select(Signature.appeal_id, Signature.language, func.count())
        .where(Signature.state == SignatureState.CONFIRMED)
        .group_by(Signature.appeal_id, Signature.language)
    )
    return {(appeal_id, language): count for appeal_id, language, count in session.execute(query)}


def confirmed_with_delivery(session: Session, appeal_id: int) -> Iterator[tuple[Signature, bool]]:
    """Yield every confirmed signature of an appeal, and whether her name may be handed over."""
    query = (
        select(Signature, ConsentRecord.id)
        .outerjoin(
            ConsentRecord,
            (ConsentRecord.signature_id == Signature.id) & (ConsentRecord.consent == Consent.DELIVERY),
        )
        .where(Signature.appeal_id == appeal_id, Signature.state == SignatureState.CONFIRMED)
        .execution_options(yield_per=1000)
    )
    for signature, consent in session.execute(query):
        yield signature, consent is not None
