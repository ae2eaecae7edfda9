"""Deciding on many signatures at once: rejecting a batch, restoring it, letting held ones count.

Each decision is one act in the audit log, and can be undone: nothing is erased by it.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.models import Appeal, Batch, Signature
from advocacy.models.batch import selected
from advocacy.models.tally import add_to_tally
from advocacy.rules.batches import Selection
from advocacy.rules.signing import Act, SignatureState, step


class ReasonMissingError(ValueError):
    """A decision on many signatures says why."""


class NothingSelectedError(ValueError):
    """No signature is meant."""


class AlreadyRestoredError(Exception):
    """The batch has been restored before."""


def reject_batch(
    session: Session, appeal: Appeal, selection: Selection, *, reason: str, by: str, now: datetime
) -> Batch:
    """Take the selected signatures off the count and return the batch that they went with.

    Raises ReasonMissingError, NothingSelectedError.
    """
    _demand_reason(reason)
    if not session.scalar(select(exists().where(*selected(appeal.id, selection)))):
        raise NothingSelectedError("No confirmed signature fits.")
    batch = Batch(
        appeal_id=appeal.id,
        since=selection.since,
        until=selection.until,
        language=selection.language,
        domain_digest=selection.domain,
        count=0,
        reason=reason,
        made_at=now,
    )
    session.add(batch)
    session.flush()
    rejected = step(SignatureState.CONFIRMED, Act.REJECT)
    changed = _change(session, selected(appeal.id, selection), state=rejected, batch_id=batch.id)
    batch.count = len(changed)
    counted = _count(session, appeal.id, changed, -1)
    details = {"count": batch.count, "counted": counted, "reason": reason}
    record(session, "signatures.reject", f"batch:{batch.id}", by=by, now=now, details=details)
    return batch


def restore_batch(session: Session, batch: Batch, *, reason: str, by: str, now: datetime) -> int:
    """Undo a rejection; those held before are held again. Returns how many. Raises AlreadyRestoredError.

    Who withdrew in the meantime stays away.
    """
    _demand_reason(reason)
    if batch.restored_at is not None:
        raise AlreadyRestoredError(f"Batch {batch.id} has been restored before.")
    where = [Signature.batch_id == batch.id, Signature.state == SignatureState.REJECTED]
    restored = _change(session, where, state=step(SignatureState.REJECTED, Act.RESTORE), batch_id=None)
    counted = _count(session, batch.appeal_id, restored, 1)
    batch.restored_at = now
    details = {"count": len(restored), "counted": counted, "reason": reason}
    record(session, "signatures.restore", f"batch:{batch.id}", by=by, now=now, details=details)
    return len(restored)


def release_held(
    session: Session, appeal: Appeal, selection: Selection, *, reason: str, by: str, now: datetime
) -> int:
    """Let those of the selected signatures count that a flood had held; returns how many.

    Raises ReasonMissingError.
    """
    _demand_reason(reason)
    where = [*selected(appeal.id, selection), Signature.held.is_(True)]
    released = _count(session, appeal.id, _change(session, where, held=False), 1)
    details = {"count": released, "reason": reason}
    record(session, "signatures.release", f"appeal:{appeal.id}", by=by, now=now, details=details)
    return released


def _change(
    session: Session, where: Sequence[ColumnElement[bool]], **values: object
) -> list[tuple[str, bool]]:
    """Set `values` and return language and `held` of each signature that was changed by just that."""
    rows = session.execute(
        update(Signature).where(*where).values(values).returning(Signature.language, Signature.held),
        execution_options={"synchronize_session": "fetch"},
    )
    return [(language, held) for language, held in rows]


def _count(session: Session, appeal_id: int, changed: list[tuple[str, bool]], sign: int) -> int:
    """Add to the tally, or with `sign` -1 take off, those that are not held. Returns how many."""
    counted = Counter(language for language, held in changed if not held)
    for language, number in counted.items():
        add_to_tally(session, appeal_id, language, 0, sign * number)
    return counted.total()


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissingError("Say why: --reason.")
