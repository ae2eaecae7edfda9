"""Releases: immutable, numbered builds of a domain in all its languages."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.account import Account
from advocacy.models.domain import Domain
from advocacy.models.message import Message
from advocacy.models.translation import Origin, Translation
from advocacy.models.types import UtcDateTime
from advocacy.models.unit import Unit
from advocacy.rules.review import TranslationState


class Release(Model):
    """A build: who prepared it, who confirmed it, and for an appeal the `outline` that it freezes.

    `outline` is a list of blocks, each with `key`, `kind` and `text`; it is null for the interface. A release
    made of what ships with the software is a `baseline`; one that one person made live in an emergency is
    `urgent`. One that waits for its moment was confirmed by `scheduled_by`, over the release (by id)
    `scheduled_over`. The operator at the command line has no account:
    then the field is empty. `log_entry` and `log_hash` (hex) say how the audit log ended when it was built.
    Two people make a release. One alone does only where the audit log says who allowed it: `relaxed_entry` is
    that entry, and the database refuses one person without it.
    """

    __tablename__ = "releases"
    __table_args__ = (
        UniqueConstraint("domain_id", "number"),
        CheckConstraint("prepared_by <> confirmed_by OR relaxed_entry IS NOT NULL", name="two_people"),
        CheckConstraint("prepared_by <> scheduled_by", name="two_people_ahead"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    domain_id: Mapped[int] = mapped_column(ForeignKey("domains.id", ondelete="CASCADE"))
    number: Mapped[int]
    baseline: Mapped[bool] = mapped_column(default=False)
    urgent: Mapped[bool] = mapped_column(default=False)
    outline: Mapped[list[dict[str, str]] | None] = mapped_column(JSON(none_as_null=True))
    note: Mapped[str] = mapped_column(Text, default="")
    prepared_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    log_entry: Mapped[int | None]
    log_hash: Mapped[str | None] = mapped_column(String(64))
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    scheduled_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    scheduled_for: Mapped[datetime | None] = mapped_column(UtcDateTime)
    scheduled_over: Mapped[int | None]
    relaxed_entry: Mapped[int | None] = mapped_column(ForeignKey("audit_log.id"))

    domain: Mapped[Domain] = relationship(lazy="joined", innerjoin=True)
    preparer: Mapped[Account | None] = relationship(foreign_keys=[prepared_by])
    confirmer: Mapped[Account | None] = relationship(foreign_keys=[confirmed_by])
    scheduler: Mapped[Account | None] = relationship(foreign_keys=[scheduled_by])
    catalogs: Mapped[list["ReleaseCatalog"]] = relationship(
        order_by="ReleaseCatalog.language", cascade="all, delete-orphan"
    )

    @classmethod
    def numbered(cls, session: Session, domain_id: int, number: int) -> "Release | None":
        """Return the domain's release with this number, or None."""
        return session.scalar(select(cls).where(cls.domain_id == domain_id, cls.number == number))


class ReleaseCatalog(Model):
    """One language of a release: PO and MO with the SHA-256 (hex) of each, and how many messages it has."""

    __tablename__ = "release_catalogs"

    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    po: Mapped[bytes] = mapped_column(LargeBinary)
    mo: Mapped[bytes] = mapped_column(LargeBinary)
    po_hash: Mapped[str] = mapped_column(String(64))
    mo_hash: Mapped[str] = mapped_column(String(64))
    messages: Mapped[int]
    translated: Mapped[int]


class LiveRelease(Model):
    """Which release of a domain readers see, and the languages that were switched to the source for now.

    `version` grows with every change, so that processes notice one.
    """

    __tablename__ = "live_releases"

    domain_id: Mapped[int] = mapped_column(ForeignKey("domains.id", ondelete="CASCADE"), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id", ondelete="CASCADE"))
    in_source: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)

    release: Mapped[Release] = relationship(lazy="joined", innerjoin=True)


def logs_behind_releases(session: Session) -> list[tuple[int, str]]:
    """Return number and hash (hex) of the audit log's newest entry when each release was built."""
    query = select(Release.log_entry, Release.log_hash).where(Release.log_hash.is_not(None))
    return [(entry or 0, hash_ or "") for entry, hash_ in session.execute(query)]


def newest_number(session: Session, domain_id: int) -> int:
    """Return the number of the domain's newest release; 0 if there is none."""
    return session.scalar(select(func.max(Release.number)).where(Release.domain_id == domain_id)) or 0


def live_of(session: Session, domain_id: int) -> LiveRelease | None:
    """Return what is live of a domain, held against other writers, or None."""
    query = select(LiveRelease).where(LiveRelease.domain_id == domain_id)
    return session.scalar(query.with_for_update(of=LiveRelease).execution_options(populate_existing=True))


def live_now(session: Session, domain_id: int) -> LiveRelease | None:
    """Return what is live of a domain, held against nobody, or None."""
    return session.scalar(select(LiveRelease).where(LiveRelease.domain_id == domain_id))


def has_own_work(session: Session, domain_id: int) -> bool:
    """Whether people here approved a text of the domain, or confirmed a release of it."""
    approved = exists().where(
        Translation.unit_id == Unit.id,
        Unit.message_id == Message.id,
        Message.domain_id == domain_id,
        Translation.state == TranslationState.APPROVED,
        Translation.origin != Origin.BASELINE,
    )
    confirmed = exists().where(
        Release.domain_id == domain_id, Release.confirmed_at.is_not(None), Release.baseline.is_(False)
    )
    return bool(session.scalar(select(or_(approved, confirmed))))


def live_versions(session: Session) -> dict[str, tuple[int, int]]:
    """Return release id and version of every live domain, by its name: one tiny query."""
    query = select(Domain.name, LiveRelease.release_id, LiveRelease.version).join(
        Domain, Domain.id == LiveRelease.domain_id
    )
    return {name: (release, version) for name, release, version in session.execute(query)}


def live_by_name(session: Session, name: str) -> LiveRelease | None:
    """Return what is live of the domain called `name`, with its release and catalogs, or None."""
    query = select(LiveRelease).join(Domain, Domain.id == LiveRelease.domain_id).where(Domain.name == name)
    return session.scalar(query)


def releases_of(session: Session, domain_id: int) -> list[Release]:
    """Return a domain's releases, newest first."""
    query = select(Release).where(Release.domain_id == domain_id).order_by(Release.number.desc())
    return list(session.scalars(query))


def releases_before(session: Session, domain_id: int, number: int | None, *, most: int) -> list[Release]:
    """Return up to `most` of a domain's releases older than the one with this number, newest first."""
    query = select(Release).where(Release.domain_id == domain_id).order_by(Release.number.desc()).limit(most)
    if number is not None:
        query = query.where(Release.number < number)
    return list(session.scalars(query))


def domains_to_confirm(session: Session, *, but: int) -> list[str]:
    """Return the domains (names) whose newest release nobody confirmed, and others than `but` prepared."""
    newest = select(func.max(Release.id)).group_by(Release.domain_id)
    query = (
        select(Domain.name)
        .join(Release, Release.domain_id == Domain.id)
        .where(
            Release.id.in_(newest),
            Release.confirmed_at.is_(None),
            Release.scheduled_for.is_(None),
            or_(Release.prepared_by.is_(None), Release.prepared_by != but),
        )
    )
    return list(session.scalars(query.order_by(Domain.name)))


def prepared_releases(session: Session, domain_id: int) -> list[Release]:
    """Return a domain's releases that nobody has confirmed, newest first; none older than one confirmed."""
    confirmed = select(func.max(Release.number)).where(
        Release.domain_id == domain_id, Release.confirmed_at.is_not(None)
    )
    query = select(Release).where(
        Release.domain_id == domain_id, Release.number > func.coalesce(confirmed.scalar_subquery(), 0)
    )
    return list(session.scalars(query.order_by(Release.number.desc())))


def releases_due(session: Session, now: datetime) -> list[tuple[int, int]]:
    """Return id and domain id of the releases whose moment has come, earliest first."""
    query = select(Release.id, Release.domain_id).where(Release.scheduled_for <= now)
    return [(number, of) for number, of in session.execute(query.order_by(Release.scheduled_for, Release.id))]
