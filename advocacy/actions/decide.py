"""Deciding on a translation: the moment a text may be published, or goes back with a reason."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import OPERATOR, record
from advocacy.actions.check_text import BlockedTextError, blocking_of
from advocacy.actions.notify import tell_author
from advocacy.actions.unit_statuses import refresh_status
from advocacy.models import Account, Review, Translation
from advocacy.models.opinion import yeses_for
from advocacy.models.policy import demand_in
from advocacy.models.release import newest_number
from advocacy.models.translation import approved_in
from advocacy.models.unit import hold_units
from advocacy.rules.permissions import Permission
from advocacy.rules.policies import OpinionsMissingError
from advocacy.rules.reasons import Reason
from advocacy.rules.review import (
    Act,
    Decision,
    ReasonMissingError,
    SelfApprovalError,
    demand_other_person,
    step,
)


class StaleTranslationError(ValueError):
    """The source has changed since the text was written: nobody can approve it as it is."""


def decide(
    session: Session,
    translation: Translation,
    decision: Decision,
    *,
    by: int | None,
    now: datetime,
    reason: str = "",
    why: Collection[Reason] = (),
) -> Review:
    """Approve a submitted translation, ask for changes or reject it; `by` is None for the operator.

    An approval takes the place of the one before, and binds to context, source and text. `why` are reasons
    that everybody knows, `reason` is in the reviewer's own words. Raises SelfApprovalError,
    ReasonMissingError, StaleTranslationError, BlockedTextError, OpinionsMissingError, StepRefusedError.
    """
    demand_other_person(translation.author_id, by, SelfApprovalError)
    reason = reason.strip()
    if decision.needs_reason and not reason and not why:
        raise ReasonMissingError
    hold_units(session, translation.unit)
    session.refresh(translation)
    after, before = step(translation.state, decision.act), None
    if decision is Decision.APPROVE:
        _demand_publishable(translation)
        if missing := missing_opinions(session, translation, by=by):
            raise OpinionsMissingError(missing)
        before = approved_in(session, translation.unit_id)
    if before is not None:
        before.state = step(before.state, Act.SUPERSEDE)
        session.flush()  # the database allows one approved text at a time
    translation.state = after
    review = Review(
        translation_id=translation.id,
        author_id=translation.author_id,
        reviewer_id=by,
        decision=decision,
        why=" ".join(one for one in Reason if one in why),
        reason=reason,
        content_hash=translation.content_hash,
        made_at=now,
        replaced_id=before.id if before else None,
        newest_release=newest_number(session, translation.unit.message.domain_id),
    )
    session.add(review)
    refresh_status(session, translation.unit)
    tell_author(session, review, unit_id=translation.unit_id, language=translation.unit.language)
    record(
        session,
        f"translation.{decision}",
        f"translation:{translation.id}",
        by=actor(by),
        now=now,
        details={"unit": translation.unit_id, "content": translation.content_hash},
    )
    return review


def missing_opinions(session: Session, translation: Translation, *, by: int | None) -> int:
    """Return how many speakers' yes lack before `by`, None for the operator, may approve a translation."""
    unit = translation.unit
    demand = demand_in(session, unit.message.domain_id, unit.language)
    if not demand.opinions:
        return 0
    account = session.get(Account, by) if by is not None else None
    reviews = account is not None and account.may(Permission.TRANSLATION_REVIEW, unit.language)
    yeses = yeses_for(session, [translation.id], but=by).get(translation.id, 0)
    return demand.missing(yeses, by_reviewer=reviews)


def actor(account_id: int | None) -> str:
    """Return an account as the audit log names it."""
    return OPERATOR if account_id is None else f"account:{account_id}"


def _demand_publishable(translation: Translation) -> None:
    unit = translation.unit
    bound = unit.message.content_hash(translation.texts)
    if unit.message.obsolete or bound != translation.content_hash:
        raise StaleTranslationError
    if findings := blocking_of(unit.message, translation.texts, unit.language):
        raise BlockedTextError(findings)
