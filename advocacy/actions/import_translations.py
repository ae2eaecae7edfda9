"""Taking translations in from a file, as a plan says."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.decide import actor
from advocacy.actions.plan_import import ImportReport, Outcome, TakeAs
from advocacy.actions.propose import stored_text
from advocacy.actions.unit_statuses import refresh_statuses
from advocacy.catalogs.entries import Entry
from advocacy.models import Origin, Review, Translation
from advocacy.models.facts import UnitFacts
from advocacy.models.translation import supersede
from advocacy.models.unit_count import put_counts_together
from advocacy.rules.review import WAITING, Decision, TranslationState


def import_translations(
    session: Session, report: ImportReport, *, take_as: TakeAs, by: int | None, now: datetime
) -> None:
    """Do what a plan of this transaction says: each entry that is taken becomes a new translation.

    `by` None is the operator. All in few statements, so that twenty thousand entries take seconds; one entry
    in the audit log speaks for all.
    """
    taken = [(line.unit, line.entry) for line in report.lines if line.outcome is Outcome.TAKEN and line.unit]
    if not taken:
        return
    units = [unit for unit, _ in taken]
    numbers = [unit.id for unit in units]
    theirs = Translation.author_id.is_(None) if by is None else Translation.author_id == by
    supersede(session, numbers, theirs, Translation.state.in_(WAITING))
    if take_as is TakeAs.APPROVED:
        supersede(session, numbers, Translation.state == TranslationState.APPROVED)
    rows = [_row(unit, entry, take_as, by, now) for unit, entry in taken]
    added = session.scalars(insert(Translation).returning(Translation.id, sort_by_parameter_order=True), rows)
    if take_as is TakeAs.APPROVED:
        session.execute(insert(Review), [_review(*pair, now) for pair in zip(added, rows, strict=True)])
    refresh_statuses(session, units)
    put_counts_together(session)
    details = {"as": take_as.value, "count": len(rows), "language": report.language}
    subject = f"domain:{report.domain.id}"
    record(session, "catalog.import", subject, by=actor(by), now=now, details=details)


def _row(unit: UnitFacts, entry: Entry, take_as: TakeAs, by: int | None, now: datetime) -> dict[str, Any]:
    texts = [stored_text(text) for text in entry.texts]
    return {
        "unit_id": unit.id,
        "texts": texts,
        "author_id": by,
        "origin": Origin.IMPORT,
        "state": TranslationState(take_as.value),
        "msgid": unit.msgid,
        "msgid_plural": unit.msgid_plural,
        "source_hash": unit.source_hash,
        "content_hash": unit.content_hash(texts),
        "created_at": now,
    }


def _review(number: int, row: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "translation_id": number,
        "author_id": row["author_id"],
        "reviewer_id": None,
        "decision": Decision.APPROVE,
        "reason": "",
        "content_hash": row["content_hash"],
        "made_at": now,
    }
