"""The list of a domain's units in a language."""

from typing import Any

from flask import Blueprint, abort, render_template, request

from advocacy.actions.find_units import find_units
from advocacy.extensions import db
from advocacy.rules.checks import checks_for
from advocacy.rules.languages import Language
from advocacy.rules.marks import marked
from advocacy.rules.permissions import Permission
from advocacy.rules.translation import UnitStatus
from advocacy.translate.attendance import present_at
from advocacy.translate.filters import LONGEST, Filter
from advocacy.translate.links import Links
from advocacy.translate.places import Place, account_at_work, place_at
from advocacy.translate.queries import problems_of, query_help
from advocacy.translate.wishes import warning_checks
from advocacy.translate.words import STATUSES, check_name, person_name, status_name
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.site import site

pages = Blueprint("units", __name__, url_prefix="/translate")

_A_PAGE = 25


@pages.get("/<language:into>/<domain>")
@needs(Permission.TRANSLATION_READ)
def show(into: Language, domain: str) -> str:
    """Show the units that an address asks for, a page of them."""
    return list_page(place_at(domain, into), {})


def list_page(place: Place, wrong: dict[str, Any]) -> str:
    """Return the list that an address asks for, with what a form has ticked.

    `wrong` says, by field, why nothing can be done to that.
    """
    session, account = db.session(), account_at_work()
    counts = site().standings.now(session).at(place.domain.id, place.into.tag)
    if not counts:
        abort(404)
    chosen, beyond = Filter.of(request), request.args.get("beyond", type=number_in_address)
    wanted = chosen.wanted(place, account)
    found = find_units(session, wanted, beyond=beyond, most=_A_PAGE)
    return render_template(
        "translate/units.html",
        place=place,
        links=Links(place, chosen),
        chosen=chosen,
        beyond=beyond,
        found=found,
        present=present_at([unit.id for unit in found.units], me=account.id),
        person_name=lambda one: person_name(one, me=account.id),
        me=account.id,
        statuses=[(status, status_name(status), counts.get(status, 0)) for status in STATUSES],
        total=sum(counts.values()),
        untranslated=UnitStatus.UNTRANSLATED in counts,
        may_write=account.may(Permission.TRANSLATION_WRITE, place.into.tag),
        problems_found=problems_of(session, chosen),
        help=query_help(place.into),
        longest=LONGEST,
        wrong=wrong,
        ticked=set(request.form.getlist("unit", type=number_in_address)),
        wish=request.form.get("do", ""),
        checks=warning_checks(place.into),
        all_checks=[(check.id, check_name(check.id)) for check in checks_for(place.into.tag)],
        status_name=status_name,
        marked=marked,
    )
