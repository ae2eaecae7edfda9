"""Publishing over what one has seen: if something else is live by now, nothing is published."""

from sqlalchemy.orm import Session

from advocacy.actions.decide_as_seen import ChangedMeanwhileError
from advocacy.models import LiveRelease, Release
from advocacy.models.domain import hold_domain
from advocacy.models.release import live_of


class ConfirmedBeforeError(ValueError):
    """What was confirmed once is not confirmed again but gone back to, with a reason."""


def sight_of_live(live: LiveRelease | None) -> str:
    """Return what is live, and since which change, for a form to carry."""
    return f"{live.release_id}.{live.version}" if live else "nothing"


def demand_seen(session: Session, domain_id: int, seen: str) -> None:
    """Hold what is live of a domain until the transaction ends.

    Raises ChangedMeanwhileError if it is not as `seen`, its `sight_of_live`.
    """
    hold_domain(session, domain_id)
    if sight_of_live(live_of(session, domain_id)) != seen:
        raise ChangedMeanwhileError


def demand_unconfirmed(session: Session, release: Release) -> None:
    """Raise ConfirmedBeforeError if somebody has confirmed a release, whose domain is held, by now."""
    session.refresh(release, ["confirmed_at"])
    if release.confirmed_at is not None:
        raise ConfirmedBeforeError
