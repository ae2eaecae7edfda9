"""Doing the same to many texts of the list: first what would become of each is shown, then it is done."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.act_together import MOST_TOGETHER, Deed, Prospect, Wish, act_together, prospects
from advocacy.actions.dismiss_warning import LONGEST_REASON
from advocacy.actions.propose import stored_text
from advocacy.extensions import db
from advocacy.models import Unit
from advocacy.models.unit import units_numbered
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.translate.filters import Filter
from advocacy.translate.links import Links
from advocacy.translate.places import Place, account_at_work, place_at
from advocacy.translate.units import list_page
from advocacy.translate.wishes import (
    button_name,
    done_said,
    hindrance_name,
    value_of,
    wish_in,
    wish_name,
    would_be_said,
)
from advocacy.translate.words import finding_said, person_name
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("together", __name__, url_prefix="/translate")

_ADDRESS = "/<language:into>/<domain>/together"
_Answer = AnyResponse | str | tuple[str, int]


@pages.get(_ADDRESS)
@pages.get(f"{_ADDRESS}/confirm")
@needs(Permission.TRANSLATION_WRITE)
def lead_back(into: Language, domain: str) -> AnyResponse:
    """Lead whoever comes again to a page that a form was answered with to the list."""
    return redirect(_list(place_at(domain, into)), 303)


def _shown_again(into: Language, domain: str) -> str:
    """Return what was looked at, with the ticks and the reason of a form that waited for its sender."""
    place, wish = place_at(domain, into), wish_in(request.form.get("do", ""), into)
    numbers = _numbers("unit") | _numbers("shown")
    if wish is None or _wrong(numbers):
        return list_page(place, {})
    return _page(place, wish, numbers, again=True)


@pages.post(_ADDRESS)
@needs(Permission.TRANSLATION_WRITE, keeps_typed=True)
def show(into: Language, domain: str) -> _Answer:
    """Show what would become of each ticked text, or of all on the list's page; nothing is changed."""
    place, wish = place_at(domain, into), wish_in(request.form.get("do", ""), into)
    numbers = _numbers("shown" if request.form.get("which") == "shown" else "unit")
    wrong = _wrong(numbers)
    if wish is None:
        wrong["do"] = _("Choose what to do.")
    if wrong or wish is None:
        return list_page(place, wrong), 422
    return _page(place, wish, numbers)


@pages.post(f"{_ADDRESS}/confirm")
@needs(Permission.TRANSLATION_WRITE, again=_shown_again)
def confirm(into: Language, domain: str) -> _Answer:
    """Do it to each text that is ticked and as it was shown, and say which were left out, and why."""
    place, wish = place_at(domain, into), wish_in(request.form.get("do", ""), into)
    numbers, shown_before = _numbers("unit"), _numbers("shown")
    if wish is None:
        return list_page(place, {"do": _("Choose what to do.")}), 422
    if wrong := _wrong(shown_before | numbers):
        return list_page(place, wrong), 422
    reason = stored_text(request.form.get("reason", "")).strip()
    if wrong := _wrong(numbers) | _wrong_with(wish, reason):
        return _page(place, wish, shown_before | numbers, wrong), 422
    with writing() as (session, begun):
        seen = {unit: request.form.get(f"seen-{unit.id}", "") for unit in _units(session, place, numbers)}
        done, left = act_together(
            session, seen, wish, by=begun.account_id, now=datetime.now(UTC), reason=reason
        )
        page = _page_of_left(place, wish, len(done), left) if left else ""
    if left:
        return page, 409
    flash(done_said(wish, len(done)))
    return redirect(_list(place), 303)


def _numbers(field: str) -> set[int]:
    return set(request.form.getlist(field, type=number_in_address))


def _units(session: Session, place: Place, numbers: Collection[int]) -> list[Unit]:
    """Return the units with these ids, or answer that there is none of one of them here."""
    found = units_numbered(session, numbers, domain_id=place.domain.id, language=place.into.tag)
    if len(found) < len(numbers):
        abort(404)
    return found


def _wrong(numbers: Collection[int]) -> dict[str, Any]:
    if not numbers:
        return {"texts": _("Tick at least one text.")}
    if len(numbers) > MOST_TOGETHER:
        return {"texts": _("At most %(most)s texts at once.", most=MOST_TOGETHER)}
    return {}


def _wrong_with(wish: Wish, reason: str) -> dict[str, Any]:
    if wish.deed is Deed.DISMISS and not reason:
        return {"reason": _("Say why the texts are right as they are.")}
    if wish.deed is Deed.DISMISS and len(reason) > LONGEST_REASON:
        return {"reason": _("Please say it in at most %(count)s characters.", count=LONGEST_REASON)}
    return {}


def _page(
    place: Place,
    wish: Wish,
    numbers: set[int],
    wrong: dict[str, Any] | None = None,
    *,
    again: bool = False,
) -> str:
    """Return what would become of units (by id); in a form that comes back, what was ticked stays so.

    It comes back because something is `wrong`, or `again` after signing in. What has changed since wants to
    be looked at once more.
    """
    session, account = db.session(), account_at_work()
    lines = prospects(session, _units(session, place, numbers), wish, by=account.id)
    free = [line for line in lines if not line.hindrance]
    before = _numbers("unit")
    ticked = {
        line.unit.id
        for line in free
        if not (wrong or again)
        or (line.unit.id in before and request.form.get(f"seen-{line.unit.id}") == line.seen)
    }
    return render_template(
        "translate/together.html",
        wrong=wrong if wrong and free else {},
        free=free,
        hindered=[line for line in lines if line.hindrance],
        ticked=ticked,
        value=value_of(wish),
        asks_reason=wish.deed is Deed.DISMISS,
        reason=request.form.get("reason", ""),
        longest=LONGEST_REASON,
        button=button_name(wish),
        said=would_be_said(wish, len(free)),
        **_around(place, wish),
    )


def _page_of_left(place: Place, wish: Wish, done: int, left: list[Prospect]) -> str:
    said = done_said(wish, done) if done else _("Nothing was changed.")
    return render_template(
        "translate/together_left.html", done=done, said=said, left=left, **_around(place, wish)
    )


def _around(place: Place, wish: Wish) -> dict[str, Any]:
    me = account_at_work().id
    return {
        "place": place,
        "links": Links(place, Filter.of(request)),
        "beyond": _beyond(),
        "name": wish_name(wish),
        "hindrance_name": hindrance_name,
        "person_name": lambda one: person_name(one, me=me),
        "remark": finding_said,
    }


def _beyond() -> int | None:
    return request.args.get("beyond", type=number_in_address)


def _list(place: Place) -> str:
    return Links(place, Filter.of(request)).units(beyond=_beyond())
