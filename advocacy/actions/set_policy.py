"""Setting what a domain demands of its texts and releases; the audit log says who did, and why."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.decide import actor
from advocacy.models import Domain, Policy
from advocacy.models.domain import hold_domain
from advocacy.models.policy import EVERY_LANGUAGE, policy_in
from advocacy.rules.policies import LONGEST_WHY, MOST_OPINIONS, PAUSE, Demand
from advocacy.rules.review import ReasonMissingError


class PolicyUnchangedError(ValueError):
    """It is set like this already."""


def set_demand(
    session: Session, domain: Domain, language: str, demand: Demand, *, by: int | None, now: datetime
) -> Policy:
    """Demand this of texts in a language (BCP 47 tag), or in EVERY_LANGUAGE without a demand of its own.

    Raises PolicyUnchangedError; ValueError for more opinions than there can be.
    """
    if not 0 <= demand.opinions <= MOST_OPINIONS:
        raise ValueError(f"{demand.opinions} opinions")
    hold_domain(session, domain.id)
    before = policy_in(session, domain.id, language)
    if before is not None and before.demand == demand:
        raise PolicyUnchangedError
    details = {"language": language, **demand._asdict()}
    policy = before or Policy(domain_id=domain.id, language=language)
    policy.opinions, policy.reviewer_suffices = demand
    return _kept(session, policy, "policy.texts", details, by=by, now=now)


def drop_demand(session: Session, domain: Domain, language: str, *, by: int | None, now: datetime) -> None:
    """Let a language (BCP 47 tag) follow what is demanded of every language. Raises PolicyUnchangedError."""
    hold_domain(session, domain.id)
    policy = policy_in(session, domain.id, language)
    if policy is None or language == EVERY_LANGUAGE:
        raise PolicyUnchangedError
    details = {"language": language, "as": "every language"}
    record(session, "policy.texts", f"domain:{domain.id}", by=actor(by), now=now, details=details)
    session.delete(policy)


def let_one_publish(session: Session, domain: Domain, *, by: int | None, now: datetime, why: str) -> Policy:
    """Let one person prepare and confirm a release of a domain, from a PAUSE from now on.

    Raises PolicyUnchangedError, ReasonMissingError.
    """
    why = why.strip()
    if not why:
        raise ReasonMissingError
    hold_domain(session, domain.id)
    policy = policy_in(session, domain.id, EVERY_LANGUAGE) or Policy(
        domain_id=domain.id, language=EVERY_LANGUAGE
    )
    if policy.alone_from is not None:
        raise PolicyUnchangedError
    policy.alone_from, policy.why = now + PAUSE, why[:LONGEST_WHY]
    details = {"people": 1, "from": policy.alone_from.isoformat(timespec="seconds"), "reason": policy.why}
    return _kept(session, policy, "policy.one_publishes", details, by=by, now=now)


def let_two_publish(session: Session, domain: Domain, *, by: int | None, now: datetime) -> Policy:
    """Demand two people for a release of a domain again, at once. Raises PolicyUnchangedError."""
    hold_domain(session, domain.id)
    policy = policy_in(session, domain.id, EVERY_LANGUAGE)
    if policy is None or policy.alone_from is None:
        raise PolicyUnchangedError
    policy.alone_from, policy.why = None, ""
    return _kept(session, policy, "policy.two_publish", {"people": 2}, by=by, now=now)


def _kept(
    session: Session, policy: Policy, act: str, details: dict[str, Any], *, by: int | None, now: datetime
) -> Policy:
    entry = record(session, act, f"domain:{policy.domain_id}", by=actor(by), now=now, details=details)
    policy.changed_by, policy.changed_at = by, now
    # What a release made by one person points to is the entry that allowed it, whatever else was set since.
    if act != "policy.texts" or policy.log_entry is None:
        policy.log_entry = entry.id
    session.add(policy)
    session.flush()
    return policy
