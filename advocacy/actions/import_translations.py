"""Taking translations in from a file: what would happen first, then what happened, entry by entry."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.check_text import blocking_of
from advocacy.actions.decide import actor
from advocacy.actions.propose import LONGEST_DRAFT, forms_for, stored_text
from advocacy.actions.unit_statuses import refresh_statuses
from advocacy.catalogs.entries import Entry
from advocacy.catalogs.po_catalog import Key
from advocacy.models import Domain, Origin, Review, Translation
from advocacy.models.facts import TextFacts, UnitFacts, approved_texts, unit_facts, waiting_texts
from advocacy.models.policy import demand_in
from advocacy.models.translation import supersede
from advocacy.models.unit import hold_units_in
from advocacy.rules.checks.length import MaxLength
from advocacy.rules.review import WAITING, Decision, TranslationState


class TakeAs(StrEnum):
    """What becomes of an imported text; approved only by the operator at the command line."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class Conflict(StrEnum):
    """What to do where another text is approved already."""

    KEEP = "keep"
    TAKE = "take"


class Outcome(StrEnum):
    """What happens to one entry of the file."""

    TAKEN = "taken"
    SAME = "same"
    EMPTY = "empty"
    FUZZY = "fuzzy"
    OBSOLETE = "obsolete"
    UNKNOWN = "unknown"
    FORMS = "forms"
    BLOCKED = "blocked"
    OPINIONS = "opinions"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, what happens to it, and where that needs saying, why: the checks that block it."""

    entry: Entry
    outcome: Outcome
    unit: UnitFacts | None = None
    reason: str = ""


@dataclass(slots=True)
class ImportReport:
    """Every entry of the file in its order, and what became of it."""

    domain: Domain
    language: str
    lines: list[Line] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """Return how many entries came to this."""
        return sum(line.outcome is outcome for line in self.lines)

    @property
    def not_taken(self) -> list[Line]:
        """The entries that are worth a look: not taken, and not because nothing was to do."""
        return [
            line for line in self.lines if line.outcome not in (Outcome.TAKEN, Outcome.SAME, Outcome.EMPTY)
        ]


def plan_import(
    session: Session,
    domain: Domain,
    language: str,
    entries: Iterable[Entry],
    *,
    take_as: TakeAs,
    conflict: Conflict = Conflict.KEEP,
    by: int | None = None,
) -> ImportReport:
    """Return what `import_translations` would do on behalf of `by`; nothing is changed.

    A text that waits already, whoever wrote it, is not taken again: it would only be somebody else's.
    The units are held until the transaction ends, so that the plan stays true until it is carried out.
    """
    hold_units_in(session, domain.id, language)
    units = {Key(unit.context, unit.msgid): unit for unit in unit_facts(session, domain.id, language)}
    approved = approved_texts(session, domain.id, language)
    demand = demand_in(session, domain.id, language)
    unheard = take_as is TakeAs.APPROVED and demand.missing(0, by_reviewer=False) > 0
    waiting = {} if take_as is TakeAs.APPROVED else waiting_texts(session, domain.id, language)
    report = ImportReport(domain, language)
    for entry in entries:
        unit = units.get(entry.key)
        before = approved.get(unit.id) if unit else None
        line = _line(entry, unit, before, language, take_as, conflict)
        if unheard and line.outcome is Outcome.TAKEN:  # nobody can have said yes to what comes only now
            line = Line(entry, Outcome.OPINIONS, unit)
        if line.outcome in (Outcome.TAKEN, Outcome.BLOCKED) and line.unit:
            said = line.unit.content_hash([stored_text(text) for text in entry.texts])
            if any(_is_there(said, one, take_as, by) for one in waiting.get(line.unit.id, ())):
                line = Line(entry, Outcome.SAME, line.unit)
        report.lines.append(line)
    return report


def _is_there(
    said: str, waiting: tuple[str, TranslationState, int | None], take_as: TakeAs, by: int | None
) -> bool:
    """Whether a text (by content hash) is what waits; one's own draft does not wait for a review yet."""
    content_hash, state, author = waiting
    goes_on = state is TranslationState.DRAFT and author == by and take_as is TakeAs.SUBMITTED
    return said == content_hash and not goes_on


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


def _line(
    entry: Entry,
    unit: UnitFacts | None,
    before: TextFacts | None,
    language: str,
    take_as: TakeAs,
    conflict: Conflict,
) -> Line:
    if (early := _not_for_taking(entry, unit, language)) is not None:
        return Line(entry, early, unit)
    if unit is None:
        raise AssertionError("an entry without a unit is unknown")
    if before is not None and before.source_hash == unit.source_hash:
        if before.texts == [stored_text(text) for text in entry.texts]:
            return Line(entry, Outcome.SAME, unit)
        if conflict is Conflict.KEEP:
            return Line(entry, Outcome.KEPT, unit)
    texts = [stored_text(text) for text in entry.texts]
    if take_as is not TakeAs.DRAFT and (found := blocking_of(unit, texts, language)):
        return Line(entry, Outcome.BLOCKED, unit, ", ".join(sorted({finding.check for finding in found})))
    if take_as is TakeAs.DRAFT and sum(map(len, entry.texts)) > LONGEST_DRAFT:
        return Line(entry, Outcome.BLOCKED, unit, MaxLength.id)
    return Line(entry, Outcome.TAKEN, unit)


def _not_for_taking(entry: Entry, unit: UnitFacts | None, language: str) -> Outcome | None:
    if entry.obsolete:
        return Outcome.OBSOLETE
    if unit is None:
        return Outcome.UNKNOWN
    if not entry.has_text:
        return Outcome.EMPTY
    if entry.fuzzy:
        return Outcome.FUZZY
    if not _has_forms(entry, unit, language):
        return Outcome.FORMS
    return None


def _has_forms(entry: Entry, unit: UnitFacts, language: str) -> bool:
    """Whether it is of the same plural, with a text for each form."""
    same = (entry.msgid_plural or None) == unit.msgid_plural
    return same and len(entry.texts) == forms_for(unit.msgid_plural, language) and all(entry.texts)
