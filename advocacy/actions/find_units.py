"""Finding units, also by what only the checks know: whether the newest text has a warning."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from advocacy.actions.check_text import findings_of, glossary_for
from advocacy.models import Translation, Unit
from advocacy.models.remark import dismissed_in
from advocacy.models.unit_search import Wanted, beside, newest_in, units_wanted
from advocacy.rules.checks import Severity

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
    """Return up to `most` units as `units_wanted` does; if `warned`, those with an open warning only."""
    found, looked_at = Found(), 0
    size = _AT_ONCE if warned else most + 1
    while True:
        units = units_wanted(session, wanted, beyond=beyond, backwards=backwards, most=size)
        texts = newest_in(session, [unit.id for unit in units])
        fitting = _warned(session, units, texts, wanted.language) if warned else {unit.id for unit in units}
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
    if not warned:
        return beside(session, wanted, unit)
    before, after = (
        find_units(session, wanted, warned=True, beyond=unit.id, backwards=backwards, most=1).units
        for backwards in (True, False)
    )
    return (before[0] if before else None), (after[0] if after else None)


def _warned(session: Session, units: list[Unit], texts: dict[int, Translation], language: str) -> set[int]:
    glossary = glossary_for(session, language)
    dismissed = dismissed_in(session, [unit.id for unit in units])
    return {
        unit.id
        for unit in units
        if (text := texts.get(unit.id))
        and any(
            finding.severity is Severity.WARNING
            and (unit.id, finding.check, text.content_hash) not in dismissed
            for finding in findings_of(unit.message, text.texts, language, glossary=glossary)
        )
    }
