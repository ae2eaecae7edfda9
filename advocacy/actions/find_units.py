"""Finding units, also by what the checks say of the newest text."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from advocacy.actions.keep_checked import check_stale
from advocacy.models import Translation, Unit
from advocacy.models.unit_search import Wanted, beside, newest_in, units_wanted


@dataclass(slots=True)
class Found:
    """Units in order with their newest texts; `go_on` is the unit (by id) from which there is more."""

    units: list[Unit] = field(default_factory=list)
    texts: dict[int, Translation] = field(default_factory=dict)
    go_on: int | None = None


def find_units(
    session: Session, wanted: Wanted, *, beyond: int | None = None, backwards: bool = False, most: int
) -> Found:
    """Return up to `most` units as `units_wanted` does.

    If it is asked what the checks say, what nobody has asked since it changed is checked first, and what a
    reader's transaction read before is read anew.
    """
    _check_if_asked(session, wanted)
    units = units_wanted(session, wanted, beyond=beyond, backwards=backwards, most=most + 1)
    found = Found(units[:most])
    found.texts = newest_in(session, [unit.id for unit in found.units])
    if len(units) > most:
        found.go_on = found.units[-1].id
    return found


def beside_in_list(session: Session, wanted: Wanted, unit: Unit) -> tuple[Unit | None, Unit | None]:
    """Return the units that `find_units` finds next before and next after `unit`; None at the ends."""
    _check_if_asked(session, wanted)
    return beside(session, wanted, unit)


def _check_if_asked(session: Session, wanted: Wanted) -> None:
    if wanted.asks_checks:
        check_stale(session, wanted.domain_id, wanted.language)
