"""Policies: what an administrator demands of texts and releases of a domain."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.account import Account
from advocacy.models.types import UtcDateTime
from advocacy.rules.policies import DEFAULT, Demand, has_begun

EVERY_LANGUAGE = ""


class Policy(Model):
    """What a domain demands in a language (BCP 47 tag), or in every one that has none of its own.

    `alone_from` is when one person may begin to publish the domain: of every language only, for a release
    holds all. `log_entry` is the audit log's about it, which a release made so points to.
    """

    __tablename__ = "policies"
    __table_args__ = (
        UniqueConstraint("domain_id", "language"),
        CheckConstraint("opinions BETWEEN 0 AND 2", name="opinions"),
        CheckConstraint("alone_from IS NULL OR language = ''", name="alone_for_all"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    domain_id: Mapped[int] = mapped_column(ForeignKey("domains.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(35), default=EVERY_LANGUAGE)
    opinions: Mapped[int] = mapped_column(default=DEFAULT.opinions)
    reviewer_suffices: Mapped[bool] = mapped_column(default=DEFAULT.reviewer_suffices)
    alone_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    why: Mapped[str] = mapped_column(String(500), default="")
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    log_entry: Mapped[int] = mapped_column(ForeignKey("audit_log.id"))

    changer: Mapped[Account | None] = relationship()

    @property
    def demand(self) -> Demand:
        """What it demands of a text."""
        return Demand(self.opinions, self.reviewer_suffices)


def policies_of(session: Session, domain_id: int) -> dict[str, Policy]:
    """Return a domain's policies by language; EVERY_LANGUAGE is for those without one of their own."""
    query = select(Policy).where(Policy.domain_id == domain_id).execution_options(populate_existing=True)
    return {policy.language: policy for policy in session.scalars(query)}


def policy_in(session: Session, domain_id: int, language: str) -> Policy | None:
    """Return the policy that was set for just this language of a domain, or None."""
    return policies_of(session, domain_id).get(language)


def demand_in(session: Session, domain_id: int, language: str) -> Demand:
    """Return what a domain demands of texts in a language: its own, else every language's, else DEFAULT."""
    found = policies_of(session, domain_id)
    policy = found.get(language) or found.get(EVERY_LANGUAGE)
    return policy.demand if policy else DEFAULT


def alone_in(session: Session, domain_id: int, *, now: datetime) -> Policy | None:
    """Return the policy by which one person may publish a domain now, or None: then two do."""
    policy = policy_in(session, domain_id, EVERY_LANGUAGE)
    return policy if policy is not None and has_begun(policy.alone_from, now) else None
