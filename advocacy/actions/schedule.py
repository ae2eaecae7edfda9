"""Releases that go live at a moment: confirmed before by a second person, published by a worker."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import PROGRAM
from advocacy.actions.notify import call_for
from advocacy.actions.releases import (
    CorruptReleaseError,
    demand_settled,
    demand_whole,
    go_live,
    record_release,
)
from advocacy.models import Account, Release
from advocacy.models.domain import hold_domain
from advocacy.models.release import live_of, releases_due
from advocacy.rules.moments import demand_moment
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Permission
from advocacy.rules.review import SelfConfirmationError, demand_other_person


class NotScheduledError(ValueError):
    """The release waits for no moment, or not any more."""


def schedule_release(session: Session, release: Release, *, at: datetime, by: int, now: datetime) -> None:
    """Confirm a release that somebody else prepared, to go live at a moment. Nothing changes before.

    Raises SelfConfirmationError, NotSettledError, MomentError, CorruptReleaseError.
    """
    demand_other_person(release.prepared_by, by, SelfConfirmationError)
    demand_settled(session, by, Permission.RELEASE_CONFIRM, now=now)
    demand_moment(at, now=now)
    demand_whole(release)
    hold_domain(session, release.domain_id)
    session.refresh(release, ["confirmed_at", "scheduled_for"])
    live = live_of(session, release.domain_id)
    release.scheduled_by, release.scheduled_for = by, at
    release.scheduled_over = live.release_id if live else None
    record_release(session, "release.schedule", release, by=by, now=now, at=at.isoformat())


def call_off(session: Session, release: Release, *, by: int, now: datetime, reason: str) -> None:
    """Let a release wait for a second person again instead of for its moment. Raises NotScheduledError."""
    hold_domain(session, release.domain_id)
    session.refresh(release, ["scheduled_for"])
    if release.scheduled_for is None:
        raise NotScheduledError
    _unschedule(release)
    record_release(session, "release.call_off", release, by=by, now=now, reason=reason)


def publish_due(session: Session, *, now: datetime) -> list[Release]:
    """Make every release live whose moment has come, once however many workers come; returns them.

    One is called off instead, and waits for a second person again, where another release went live after it
    was scheduled, where who confirmed it may not do so any more, or where its stored files are not those
    that were built: what was confirmed then is not what would happen now.
    """
    published = []
    for number, domain_id in releases_due(session, now):
        hold_domain(session, domain_id)
        release = session.get_one(Release, number, populate_existing=True)
        if release.scheduled_for is None or release.scheduled_for > now:
            continue  # another worker, or a person, was here first
        if reason := _obstacle(session, release):
            _unschedule(release)
            record_release(
                session, "release.call_off", release, by=None, now=now, reason=reason, hand=PROGRAM
            )
            call_for(session, NoticeKind.RELEASE, now=now, but=release.prepared_by)
            continue
        confirmer, moment = release.scheduled_by, release.scheduled_for.isoformat()
        _unschedule(release)
        session.flush()  # the database looks at each pair of people by itself
        release.confirmed_by, release.confirmed_at = confirmer, now
        go_live(session, release)
        record_release(session, "release.confirm", release, by=confirmer, now=now, at=moment, hand=PROGRAM)
        published.append(release)
    return published


def _unschedule(release: Release) -> None:
    release.scheduled_by = release.scheduled_for = release.scheduled_over = None


def _obstacle(session: Session, release: Release) -> str:
    """Return why a release does not go live although its moment has come; empty if nothing is in its way."""
    live = live_of(session, release.domain_id)
    if (live.release_id if live else None) != release.scheduled_over:
        return "another release went live meanwhile"
    confirmer = session.get(Account, release.scheduled_by) if release.scheduled_by else None
    if confirmer is None or not confirmer.may(Permission.RELEASE_CONFIRM):
        return "who confirmed it may not confirm any more"
    try:
        demand_whole(release)
    except CorruptReleaseError:
        return "the stored files are not those that were built"
    return ""
