"""What would become of translations in a file, entry by entry, before any is taken in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from advocacy.actions.check_text import blocking_of
from advocacy.actions.propose import LONGEST_DRAFT, forms_for, stored_text
from advocacy.catalogs.entries import Entry, entry_id
from advocacy.catalogs.po_catalog import Key
from advocacy.models import Domain
from advocacy.models.facts import TextFacts, TextOf, UnitFacts, all_texts, approved_texts, unit_facts
from advocacy.models.message import successors
from advocacy.models.policy import demand_in
from advocacy.models.unit import hold_units_in
from advocacy.rules.checks.length import MaxLength
from advocacy.rules.review import WAITING, TranslationState

_HEARD = WAITING - {TranslationState.DRAFT}
"""States of a text that waits and that others than its author know."""


class TakeAs(StrEnum):
    """What becomes of an imported text; approved only by the operator at the command line."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class Conflict(StrEnum):
    """What to do where another text is approved already, or was written since the file was handed out."""

    KEEP = "keep"
    TAKE = "take"


class Outcome(StrEnum):
    """What happens to one entry of the file."""

    TAKEN = "taken"
    SAME = "same"
    EARLIER = "earlier"
    EMPTY = "empty"
    FUZZY = "fuzzy"
    OBSOLETE = "obsolete"
    UNKNOWN = "unknown"
    FORMS = "forms"
    BLOCKED = "blocked"
    OPINIONS = "opinions"
    KEPT = "kept"
    NEWER = "newer"
    SOURCE = "source"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, what happens to it, and where that needs saying, why: the checks that block it.

    `there` is another text that is approved or waits in the unit, and that its sender has to know of.
    """

    entry: Entry
    outcome: Outcome
    unit: UnitFacts | None = None
    reason: str = ""
    there: TextOf | None = None


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

    A text that stands in its unit, or stood there once, whoever wrote it, is not taken again: a file that
    comes back as it went out brings nothing. One of an older source is, if its file says that it is done.
    The units are held until the transaction ends, so that the plan stays true until it is carried out.
    """
    hold_units_in(session, domain.id, language)
    units = _Units(session, domain, unit_facts(session, domain.id, language))
    approved = approved_texts(session, domain.id, language)
    demand = demand_in(session, domain.id, language)
    unheard = take_as is TakeAs.APPROVED and demand.missing(0, by_reviewer=False) > 0
    texts = {} if take_as is TakeAs.APPROVED else all_texts(session, domain.id, language)
    wish = _Wish(language, take_as, conflict, by)
    report = ImportReport(domain, language)
    for said in entries:
        entry = units.named(said)
        unit, early = units.of(entry)
        early = early or (_not_for_taking(entry, unit, language) if unit else None)
        if unit is None or early is not None:
            report.lines.append(Line(entry, early or Outcome.UNKNOWN, unit, entry.fault or ""))
            continue
        line = _line(entry, unit, approved.get(unit.id), texts.get(unit.id, ()), wish)
        if unheard and line.outcome is Outcome.TAKEN:  # nobody can have said yes to what comes only now
            line = Line(entry, Outcome.OPINIONS, unit)
        report.lines.append(line)
    return report


@dataclass(frozen=True, slots=True)
class _Wish:
    """How a file's texts are to be taken, and by whom."""

    language: str
    take_as: TakeAs
    conflict: Conflict
    by: int | None


class _Units:
    """A domain's units in one language, to be found for the entries of a file."""

    def __init__(self, session: Session, domain: Domain, units: Sequence[UnitFacts]) -> None:
        self._session, self._domain = session, domain
        self._by_key = {Key(unit.context, unit.msgid): unit for unit in units}
        self._by_id = {entry_id(unit.context, unit.msgid): unit for unit in units}
        often = Counter(unit.context for unit in units)
        self._by_context = {unit.context: unit for unit in units if unit.context and often[unit.context] == 1}
        self._successors: Mapping[tuple[str | None, str], tuple[str | None, str] | None] | None = None

    def named(self, entry: Entry) -> Entry:
        """Return an entry with the context and the sources that its id was given for, if it fits them.

        Programs leave out what they do not know, so that only the id tells the context.
        """
        unit = self._by_id.get(entry.handed) if entry.handed else None
        if unit is None or not _is_of(entry, unit):
            return entry
        return replace(
            entry,
            context=unit.context,
            msgid=unit.msgid,
            msgid_plural=unit.msgid_plural,
            handed=None,
            fault=None,
        )

    def of(self, entry: Entry) -> tuple[UnitFacts | None, Outcome | None]:
        """Return an entry's unit, if there is one, and what becomes of it if that is clear from there."""
        if entry.obsolete:
            return None, Outcome.OBSOLETE
        if entry.fault is not None:
            return self._broken(entry)
        if (unit := self._by_key.get(entry.key)) is not None:
            changed = entry.has_text and (entry.msgid_plural or None) != unit.msgid_plural
            return unit, Outcome.SOURCE if changed else None
        if entry.context and (unit := self._by_context.get(entry.context)) is not None:
            return unit, Outcome.SOURCE if entry.has_text else Outcome.EMPTY
        return self._gone(entry)

    def _broken(self, entry: Entry) -> tuple[UnitFacts | None, Outcome]:
        unit = self._by_id.get(entry.handed or entry.id)
        if not entry.has_text:
            return unit, Outcome.EMPTY
        if entry.handed and unit is None:
            return None, Outcome.UNKNOWN
        return unit, Outcome.BROKEN

    def _gone(self, entry: Entry) -> tuple[UnitFacts | None, Outcome | None]:
        if self._successors is None:
            self._successors = successors(self._session, self._domain.id)
        if entry.key not in self._successors:
            return None, Outcome.UNKNOWN
        unit = self._by_key.get(Key(*after)) if (after := self._successors[entry.key]) else None
        return unit, Outcome.SOURCE if unit else Outcome.OBSOLETE


def _is_of(entry: Entry, unit: UnitFacts) -> bool:
    """Whether an entry's sources are a unit's; in a file with one form, only the plural can be seen."""
    if unit.msgid_plural is None or entry.msgid_plural is None:
        return (entry.msgid, entry.msgid_plural) == (unit.msgid, unit.msgid_plural)
    return entry.msgid_plural == unit.msgid_plural and entry.msgid in (unit.msgid, unit.msgid_plural)


def _line(
    entry: Entry, unit: UnitFacts, approved: TextFacts | None, texts: Sequence[TextOf], wish: _Wish
) -> Line:
    """Return what becomes of an entry that could be taken; `texts` are all of its unit, newest first."""
    said = [stored_text(text) for text in entry.texts]
    current = approved if approved is not None and approved.source_hash == unit.source_hash else None
    same = [
        one
        for one in texts
        if one.texts == said and (one.source_hash == unit.source_hash or not entry.says_state)
    ]
    if (known := _known(said, unit, current, same, wish)) is not None:
        return Line(entry, known, unit)
    there = _there(said, unit, texts, wish)
    if wish.conflict is Conflict.KEEP:
        is_approved = there is not None and there.state is TranslationState.APPROVED
        if there is not None and not is_approved and _is_unseen(there, entry):
            return Line(entry, Outcome.NEWER, unit, there=there)
        if current is not None:
            stays = next((one for one in texts if one.id == current.id), None)
            return Line(entry, Outcome.KEPT, unit, there=stays)
    if wish.take_as is not TakeAs.DRAFT and (found := blocking_of(unit, said, wish.language)):
        return Line(entry, Outcome.BLOCKED, unit, ", ".join(sorted({finding.check for finding in found})))
    if wish.take_as is TakeAs.DRAFT and sum(map(len, entry.texts)) > LONGEST_DRAFT:
        return Line(entry, Outcome.BLOCKED, unit, MaxLength.id)
    return Line(entry, Outcome.TAKEN, unit, there=there)


def _known(
    said: list[str], unit: UnitFacts, approved: TextFacts | None, same: Sequence[TextOf], wish: _Wish
) -> Outcome | None:
    """Return what becomes of a text that its unit has or had, as `same`, or None if it is new there."""
    if approved is not None and approved.texts == said:
        return Outcome.SAME
    here = [one for one in same if one.state in WAITING and one.source_hash == unit.source_hash]
    if wish.take_as is TakeAs.SUBMITTED and any(_is_own_draft(one, wish) for one in here):
        return Outcome.SAME if any(one.state in _HEARD for one in here) else None  # it goes on to review
    if here:
        return Outcome.SAME
    return Outcome.EARLIER if same else None


def _is_own_draft(text: TextOf, wish: _Wish) -> bool:
    return text.state is TranslationState.DRAFT and text.author_id == wish.by


def _there(said: list[str], unit: UnitFacts, texts: Sequence[TextOf], wish: _Wish) -> TextOf | None:
    """Return the newest other text for the present source that is approved, waits, or is one's own draft."""
    return next(
        (
            one
            for one in texts
            if one.texts != said and one.source_hash == unit.source_hash and _counts(one, wish)
        ),
        None,
    )


def _is_unseen(text: TextOf, entry: Entry) -> bool:
    """Whether a text came since an entry's file was handed out, as far as the file says."""
    return entry.exported is not None and text.created_at > entry.exported


def _counts(text: TextOf, wish: _Wish) -> bool:
    theirs = (TranslationState.SUBMITTED, TranslationState.APPROVED)
    return text.state in theirs or (text.author_id == wish.by and text.state in WAITING)


def _not_for_taking(entry: Entry, unit: UnitFacts, language: str) -> Outcome | None:
    if not entry.has_text:
        return Outcome.EMPTY
    if entry.fuzzy:
        return Outcome.FUZZY
    forms = forms_for(unit.msgid_plural, language)
    return None if len(entry.texts) == forms and all(entry.texts) else Outcome.FORMS
