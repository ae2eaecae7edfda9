"""Finding units, also by what only the checks know: what they say of the newest text."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from advocacy.actions.check_text import findings_of, glossary_for
from advocacy.models import Translation, Unit
from advocacy.models.remark import dismissed_in
from advocacy.models.unit_search import Wanted, beside, newest_in, units_wanted
from advocacy.rules.checks import Severity
from advocacy.rules.unit_query import Key

_AT_ONCE, _MOST_LOOKED_AT = 100, 1000


@dataclass(slots=True)
class Found:
    """Units in order with their newest texts; `go_on` is the unit (by id) to look on from, if there is more.

    Where few of very many texts have a warning, there can be more although less was found than asked for.
    """

    units: list[Unit] = field(default_factory=list)
    texts: dict[int, Translation] = field(default_factory=dict)
    go_on: int | None = None


def find_units(
    session: Session,
    wanted: Wanted,
    *,
    warned: bool = False,
    beyond: int | None = None,
    backwards: bool = False,
    most: int,
) -> Found:
    """Return up to `most` units as `units_wanted` does; if `warned`, those with an open warning only.

    What a condition asks of a check is held to what it finds in the newest text and nobody has dismissed.
    """
    found, looked_at = Found(), 0
    size = _AT_ONCE if _asks_checks(wanted, warned=warned) else most + 1
    while True:
        units = units_wanted(session, wanted, beyond=beyond, backwards=backwards, most=size)
        texts = newest_in(session, [unit.id for unit in units])
        fitting = _fitting(session, units, texts, wanted, warned=warned)
        for unit in units:
            if len(found.units) == most:
                found.go_on = beyond
                return found
            beyond = unit.id
            if unit.id in fitting:
                found.units.append(unit)
                if unit.id in texts:
                    found.texts[unit.id] = texts[unit.id]
        if len(units) < size:
            return found
        looked_at += len(units)
        if looked_at >= _MOST_LOOKED_AT:
            found.go_on = beyond
            return found


def beside_in_list(
    session: Session, wanted: Wanted, unit: Unit, *, warned: bool
) -> tuple[Unit | None, Unit | None]:
    """Return the units that `find_units` finds next before and next after `unit`; None at the ends."""
    if not _asks_checks(wanted, warned=warned):
        return beside(session, wanted, unit)
    before, after = (
        find_units(session, wanted, warned=warned, beyond=unit.id, backwards=backwards, most=1).units
        for backwards in (True, False)
    )
    return (before[0] if before else None), (after[0] if after else None)


def _asks_checks(wanted: Wanted, *, warned: bool) -> bool:
    return warned or any(condition.key is Key.CHECK for condition in wanted.conditions)


def _fitting(
    session: Session, units: list[Unit], texts: dict[int, Translation], wanted: Wanted, *, warned: bool
) -> set[int]:
    """Return which of the units (by id) the checks speak of as it is wanted."""
    if not _asks_checks(wanted, warned=warned):
        return {unit.id for unit in units}
    glossary = glossary_for(session, wanted.language)
    dismissed = dismissed_in(session, [unit.id for unit in units])
    demanded = [condition for condition in wanted.conditions if condition.key is Key.CHECK]
    fitting = set()
    for unit in units:
        text = texts.get(unit.id)
        found = findings_of(unit.message, text.texts, wanted.language, glossary=glossary) if text else []
        said = {
            one.check: one.severity
            for one in found
            if one.severity is Severity.BLOCKING
            or (unit.id, one.check, text.content_hash if text else "") not in dismissed
        }
        if warned and Severity.WARNING not in said.values():
            continue
        if all((condition.value in said) != condition.unwanted for condition in demanded):
            fitting.add(unit.id)
    return fitting
