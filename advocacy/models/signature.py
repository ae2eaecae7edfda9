"""Signatures."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple, Self, TypeVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    String,
    case,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, lazyload, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.appeal import Appeal
from advocacy.models.types import UtcDateTime, words
from advocacy.rules.signing import Display, NameState, SignatureState

_IS_SHOWN = text("name_state = 'shown'")
_IS_SETTLED = text("state IN ('confirmed', 'rejected')")
_Query = TypeVar("_Query", bound=Select[Any])


class Signature(Model):
    """One form that somebody sent for one appeal: an attempt while it is pending, then one person's support.

    An address may have several attempts; at most one of them is ever confirmed, and then the others go.
    Who she is lies in `person`, sealed to the appeal's delivery key, and, only while there is mail to send
    her, in `address`, sealed to the mail key; both boxes are bound to `reference`. `address_digest` finds
    a second signature without opening anything, `domain_digest` those of one mail host.
    What is shown in public is in `shown_as`, written when she confirms, and `name_state` says whether it is
    shown yet. `release` is the number of the appeal's release that
    she was shown, `text_language` the language that it was shown in, and
    `text_hash` the SHA-256 (hex) of its text.

    `consents` maps each box that she ticked to the SHA-256 (hex) of the words she read, in `language`; the
    notice's version and the hour (UTC) stand beside it. A signature that is `held` came out of a flood:
    it is not counted until a person has looked. `batch_id` is the batch that it was rejected with.
    """

    __tablename__ = "signatures"
    __table_args__ = (
        Index("ix_signatures_address", "appeal_id", "address_digest"),
        Index(
            "uq_signatures_settled_address",
            "appeal_id",
            "address_digest",
            unique=True,
            sqlite_where=_IS_SETTLED,
            postgresql_where=_IS_SETTLED,
        ),
        CheckConstraint(
            "state IN ('withdrawn', 'rejected') OR address_digest IS NOT NULL",
            name="live_has_digest",
        ),
        CheckConstraint("state <> 'pending' OR expires_at IS NOT NULL", name="pending_expires"),
        CheckConstraint("name_state <> 'shown' OR shown_as IS NOT NULL", name="shown_has_name"),
        Index("ix_signatures_shown", "appeal_id", "id", sqlite_where=_IS_SHOWN, postgresql_where=_IS_SHOWN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id", ondelete="CASCADE"))
    state: Mapped[SignatureState] = mapped_column(words(SignatureState), default=SignatureState.PENDING)
    language: Mapped[str] = mapped_column(String(35))
    country: Mapped[str | None] = mapped_column(String(2))
    display: Mapped[Display] = mapped_column(words(Display), default=Display.COUNT)
    shown_as: Mapped[str | None] = mapped_column(String(120))
    name_state: Mapped[NameState] = mapped_column(words(NameState), default=NameState.NONE)
    discreet: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"), index=True)
    reference: Mapped[str] = mapped_column(String(32), unique=True)
    address_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    domain_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    person: Mapped[bytes | None] = mapped_column(LargeBinary)
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    release: Mapped[int | None]
    text_language: Mapped[str | None] = mapped_column(String(35))
    text_hash: Mapped[str | None] = mapped_column(String(64))
    consents: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    notice_version: Mapped[str | None] = mapped_column(String(20))
    consented_hour: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    confirmed_hour: Mapped[datetime | None] = mapped_column(UtcDateTime)

    appeal: Mapped[Appeal] = relationship(lazy="joined", innerjoin=True)

    @property
    def counts(self) -> bool:
        """Whether it is part of the count that people see."""
        return self.state is SignatureState.CONFIRMED and not self.held

    @classmethod
    def locked(cls, session: Session, number: int) -> Self | None:
        """Return the signature with this id, held against others until the transaction ends, or None."""
        return session.scalars(_for_update(select(cls).where(cls.id == number))).one_or_none()

    @classmethod
    def all_locked(cls, session: Session, appeal_id: int, digest: bytes) -> list[Self]:
        """Return every signature of this address, held likewise; in one order, so nobody waits in a ring."""
        query = select(cls).where(cls.appeal_id == appeal_id, cls.address_digest == digest).order_by(cls.id)
        return list(session.scalars(_for_update(query)))


class KnownAddress(NamedTuple):
    """What a form may not tell its sender of an address.

    The id of its settled signature, how many attempts there were lately, and whether discreet mail was
    asked for.
    """

    settled: int | None
    attempts: int
    discreet: bool


def known_of(session: Session, appeal_id: int, digest: bytes, *, expiring_after: datetime) -> KnownAddress:
    """Return what is known of an address; attempts count that expire later than the moment given."""
    settled = Signature.state.in_((SignatureState.CONFIRMED, SignatureState.REJECTED))
    recent = (Signature.state == SignatureState.PENDING) & (Signature.expires_at > expiring_after)
    query = select(
        func.max(case((settled, Signature.id))),
        func.coalesce(func.sum(case((recent, 1), else_=0)), 0),
        func.coalesce(func.max(case((Signature.discreet, 1), else_=0)), 0),
    ).where(Signature.appeal_id == appeal_id, Signature.address_digest == digest)
    number, attempts, discreet = session.execute(query).one()
    return KnownAddress(number, int(attempts), bool(discreet))


IS_COUNTED = (Signature.state == SignatureState.CONFIRMED) & Signature.held.is_(False)
"""What `Signature.counts` says, for queries."""


def _for_update(query: _Query) -> _Query:
    """Lock the row, and load it alone: whoever holds a lock should not stop to read a whole appeal."""
    query = query.options(lazyload(Signature.appeal))
    return query.with_for_update(of=Signature).execution_options(populate_existing=True)


def public_signatures(
    session: Session, appeal_id: int, *, most: int, before: int | None = None
) -> list[tuple[int, str, Display]]:
    """Return up to `most` counted signatures whose name is shown, newest first, with id and display.

    `before` is the id after which an earlier page ended.
    """
    query = (
        select(Signature.id, Signature.shown_as, Signature.display)
        .where(
            Signature.appeal_id == appeal_id,
            Signature.state == SignatureState.CONFIRMED,
            Signature.name_state == NameState.SHOWN,
            Signature.held.is_(False),
        )
        .order_by(Signature.id.desc())
        .limit(most)
    )
    if before is not None:
        query = query.where(Signature.id < before)
    return [(number, shown or "", display) for number, shown, display in session.execute(query)]


def confirmed_by_language(session: Session) -> dict[tuple[int, str], int]:
    """Return how many signatures count, by (appeal id, language), counted one by one."""
    query = (
        select(Signature.appeal_id, Signature.language, func.count())
        .where(IS_COUNTED)
        .group_by(Signature.appeal_id, Signature.language)
    )
    return {(appeal_id, language): count for appeal_id, language, count in session.execute(query)}


def counted_by_country(session: Session, appeal_id: int) -> dict[str, int]:
    """Return how many signatures count, by country; those who would rather not say under the empty text."""
    query = (
        select(func.coalesce(Signature.country, ""), func.count())
        .where(Signature.appeal_id == appeal_id, IS_COUNTED)
        .group_by(Signature.country)
    )
    return {str(country): int(count) for country, count in session.execute(query)}


def counted_signatures(session: Session, appeal_id: int) -> Iterator[Signature]:
    """Yield every signature of an appeal that counts."""
    query = select(Signature).where(Signature.appeal_id == appeal_id, IS_COUNTED)
    yield from session.scalars(query.options(lazyload(Signature.appeal)).execution_options(yield_per=1000))


def waiting_names(session: Session, appeal_id: int, *, most: int) -> list[tuple[int, str]]:
    """Return up to `most` names (with signature id) that nobody has looked at yet, oldest first."""
    query = (
        select(Signature.id, Signature.shown_as)
        .where(
            Signature.appeal_id == appeal_id,
            Signature.state == SignatureState.CONFIRMED,
            Signature.name_state == NameState.WAITING,
        )
        .order_by(Signature.id)
        .limit(most)
    )
    return [(number, shown or "") for number, shown in session.execute(query)]
