"""The next text to work on: of those that are wanted, the first that nobody else has before her."""

from collections.abc import Iterator

from flask import Blueprint, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.find_units import find_units
from advocacy.extensions import db
from advocacy.models import Unit
from advocacy.models.unit_search import Wanted
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.rules.translation import UnitStatus
from advocacy.translate.attendance import present_at
from advocacy.translate.filters import Filter
from advocacy.translate.links import Links
from advocacy.translate.places import account_at_work, place_at
from advocacy.web.access import needs

pages = Blueprint("next_text", __name__, url_prefix="/translate")

_LOOKS = (1, 25, 50)
"""How many texts are looked through in turn: mostly the first is free, and fewer people are there."""


@pages.get("/<language:into>/<domain>/next")
@needs(Permission.TRANSLATION_WRITE)
def lead(into: Language, domain: str) -> AnyResponse:
    """Lead to the next text that nobody has translated, chosen only now: others may have been quicker.

    Where somebody is at each, the first is as good: that others are there is advice, never a lock.
    """
    session, place, account = db.session(), place_at(domain, into), account_at_work()
    links = Links(place, Filter(status=UnitStatus.UNTRANSLATED))
    wanted = links.chosen.wanted(place, account)
    found = free_unit(session, wanted, me=account.id)
    if found is None:
        found = next(iter(find_units(session, wanted, most=1).units), None)
    return redirect(links.unit(found.id) if found else links.units(), 303)


def free_unit(session: Session, wanted: Wanted, *, beyond: int | None = None, me: int) -> Unit | None:
    """Return the first unit beyond one (by id) that nobody but an account (by id) looks at or has taken.

    None if there is no unit, or somebody at each of those that are looked through.
    """
    for units in _looked_through(session, wanted, beyond):
        present = present_at([unit.id for unit in units], me=me)
        for unit in units:
            taken = present.taken.get(unit.id)
            if unit.id not in present.looked_at and (taken is None or taken.account_id == me):
                return unit
    return None


def _looked_through(session: Session, wanted: Wanted, beyond: int | None) -> Iterator[list[Unit]]:
    for most in _LOOKS:
        found = find_units(session, wanted, beyond=beyond, most=most)
        if found.units:
            yield found.units
        if found.go_on is None:
            return
        beyond = found.go_on
