"""Taking a decision on a translation back, before anybody has built on it."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.decide import actor
from advocacy.actions.notify import untell
from advocacy.actions.unit_statuses import refresh_status
from advocacy.models import Review, Translation
from advocacy.models.domain import hold_domain
from advocacy.models.release import newest_number
from advocacy.models.review import review_in_force
from advocacy.models.translation import waiting_in
from advocacy.models.unit import hold_units
from advocacy.rules.review import Act, Decision, TooLateError, TranslationState, restored, step, taken_back


class NotTheReviewerError(ValueError):
    """Only who decided can take it back."""


def take_back(session: Session, translation: Translation, *, by: int, now: datetime) -> Review:
    """Take back the decision on a translation, by who made it; returns the review.

    The text is submitted again; if its author has begun another since, it gives way to that one. What an
    approval had taken the place of is approved again. Raises NotTheReviewerError, TooLateError.
    """
    hold_units(session, translation.unit)
    hold_domain(session, translation.unit.message.domain_id)  # against a build, which may hold the text
    session.refresh(translation)
    review = review_in_force(session, translation.id)
    if review is None:
        raise TooLateError
    if review.reviewer_id != by:
        raise NotTheReviewerError
    before = taken_back(translation.state, review.decision)
    if is_released(session, review, translation.unit.message.domain_id):
        raise TooLateError
    if waiting_in_place_of(session, translation):
        before = step(before, Act.SUPERSEDE)
    translation.state = before
    review.taken_back_at = now
    untell(session, review)
    session.flush()  # the database allows one approved text at a time
    if review.replaced_id is not None:
        replaced = session.get_one(Translation, review.replaced_id, populate_existing=True)
        replaced.state = restored(replaced.state)
    refresh_status(session, translation.unit)
    record(
        session,
        "translation.take_back",
        f"translation:{translation.id}",
        by=actor(by),
        now=now,
        details={"unit": translation.unit_id, "decision": review.decision, "review": review.id},
    )
    return review


def can_take_back(session: Session, translation: Translation, *, by: int) -> bool:
    """Whether `take_back` would, if nothing happened meanwhile."""
    review = review_in_force(session, translation.id)
    return (
        review is not None
        and review.reviewer_id == by
        and translation.state is step(TranslationState.SUBMITTED, review.decision.act)
        and not is_released(session, review, translation.unit.message.domain_id)
    )


def is_released(session: Session, review: Review, domain_id: int) -> bool:
    """Whether a release, live or not, may hold what a review approved: any that was built since."""
    if review.decision is not Decision.APPROVE:
        return False
    return review.newest_release is None or newest_number(session, domain_id) > review.newest_release


def waiting_in_place_of(session: Session, translation: Translation) -> bool:
    """Whether the author of a translation that is decided has another one waiting in the unit."""
    waiting = waiting_in(session, translation.unit_id, author_id=translation.author_id)
    return any(other.id != translation.id for other in waiting)
