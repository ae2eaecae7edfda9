"""The first page: how far one's languages are, what waits for one, what happened to one's texts."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from advocacy.extensions import db
from advocacy.models.appeal import titles_by_domain
from advocacy.models.domain import all_domains
from advocacy.models.own_texts import decisions_on, reasons_for, texts_waiting
from advocacy.models.unit import counts_in
from advocacy.models.unit_search import first_units
from advocacy.rules.permissions import Permission
from advocacy.rules.translation import UnitStatus
from advocacy.translate.places import Place, account_at_work, languages_of, place_of
from advocacy.translate.words import STATUSES, decision_name, person_name, status_name
from advocacy.web.access import needs

pages = Blueprint("workbench", __name__, url_prefix="/translate")

_MOST_WAITING, _MOST_DECIDED = 20, 10


@dataclass(frozen=True, slots=True)
class Share:
    """How many units have a status, and where that lies on a bar, in hundredths of its length."""

    status: UnitStatus
    name: str
    count: int
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a place is, and the first unit (by id) there that nobody has translated."""

    place: Place
    shares: list[Share]
    total: int
    untranslated: int | None


@pages.get("/")
@needs(Permission.TRANSLATION_READ)
def show() -> str:
    """Show one's languages and texts."""
    session, account = db.session(), account_at_work()
    languages = languages_of(account)
    tags = [one.tag for one in languages]
    domains, titles = {one.id: one for one in all_domains(session)}, titles_by_domain(session)
    counts, first = counts_in(session, tags), first_units(session, tags, UnitStatus.UNTRANSLATED)
    places = {
        (number, into.tag): place_of(domain, into, titles)
        for into in languages
        for number, domain in domains.items()
    }
    waiting = texts_waiting(session, account.id, tags, most=_MOST_WAITING)
    return render_template(
        "translate/dashboard.html",
        progress=[
            (
                into,
                [
                    _progress(place, counts[key], first.get(key))
                    for key, place in places.items()
                    if place.into == into and key in counts
                ],
            )
            for into in languages
        ],
        places=places,
        waiting=waiting,
        reasons=reasons_for(session, [one.id for one in waiting]),
        decided=decisions_on(session, account.id, tags, most=_MOST_DECIDED),
        may_write={into.tag for into in languages if account.may(Permission.TRANSLATION_WRITE, into.tag)},
        decision_name=decision_name,
        person_name=lambda one: person_name(one, me=account.id),
    )


def _progress(place: Place, counts: dict[UnitStatus, int], untranslated: int | None) -> Progress:
    total = sum(counts.values())
    shares, start = [], 0.0
    for status in STATUSES:
        length = 100 * counts.get(status, 0) / total
        shares.append(Share(status, status_name(status), counts.get(status, 0), start, length))
        start += length
    return Progress(place, shares, total, untranslated)
