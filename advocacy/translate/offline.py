"""Working elsewhere: the list as a file to take along, and the file brought back."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.check_text import findings_of, glossary_for
from advocacy.actions.export_translations import newest_entries
from advocacy.actions.find_units import find_units
from advocacy.actions.plan_import import Conflict, Line, Outcome, TakeAs
from advocacy.actions.take_upload import (
    FROM_PEOPLE,
    LARGEST_UPLOAD,
    ChangedSinceError,
    Plan,
    plan_upload,
    take_upload,
)
from advocacy.catalogs.exchange import Format, format_of, write_entries
from advocacy.extensions import db
from advocacy.models import Upload
from advocacy.models.account import accounts_with
from advocacy.models.facts import TextOf
from advocacy.models.unit_search import Wanted
from advocacy.models.upload import KEPT, keep_upload, upload_kept, upload_of
from advocacy.rules.checks import Severity
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.translate.filters import Filter
from advocacy.translate.links import Links
from advocacy.translate.places import Place, account_at_work, place_at
from advocacy.translate.refused_files import FORMAT_NAMES, problems_of
from advocacy.translate.words import OUTCOMES, check_name, fault_name, outcome_name, person_name, state_name
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.carrying import is_resumed
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import ngettext

pages = Blueprint("offline", __name__, url_prefix="/translate")

_ADDRESS = "/<language:into>/<domain>/offline"
_AT_ONCE, _MOST_SHOWN = 1000, 200
_ENDINGS = {Format.PO: "po", Format.XLIFF: "xlf", Format.XLIFF_2: "xlf", Format.CSV: "csv"}
_MIME = {
    Format.PO: "text/x-gettext-translation",
    Format.XLIFF: "application/x-xliff+xml",
    Format.XLIFF_2: "application/x-xliff+xml",
    Format.CSV: "text/csv",
}
_Answer = AnyResponse | str | tuple[str, int]


@pages.get(_ADDRESS)
@needs(Permission.TRANSLATION_WRITE)
def show(into: Language, domain: str) -> str:
    """Show which files there are, and the form that takes one back."""
    return _page(place_at(domain, into), {})


@pages.get(f"{_ADDRESS}/download")
@needs(Permission.TRANSLATION_WRITE)
def download(into: Language, domain: str) -> AnyResponse:
    """Give the list as a file."""
    place, chosen = place_at(domain, into), Filter.of(request)
    kind = request.args.get("kind", "")
    if kind not in set(Format):
        abort(404)
    session = db.session()
    only = _all(session, chosen.wanted(place, account_at_work())) if chosen.is_set else None
    content = write_entries(
        newest_entries(session, place.domain, into.tag, only),
        Format(kind),
        domain=place.domain.name,
        source=place.domain.source_language,
        language=into,
        at=datetime.now(UTC),
    )
    answer = make_response(content)
    answer.headers["Content-Type"] = f"{_MIME[Format(kind)]}; charset=utf-8"
    name = f"{place.domain.name}.{into.tag}.{_ENDINGS[Format(kind)]}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@pages.post(_ADDRESS)
@needs(Permission.TRANSLATION_WRITE, largest_post=LARGEST_UPLOAD + 65_536, keeps_typed=True)
def take(into: Language, domain: str) -> _Answer:
    """Take a file in, and show what would become of each of its texts; nothing is changed yet."""
    place = place_at(domain, into)
    take_as = request.form.get("take_as", "")
    sent = request.files.get("file")
    kind = format_of(sent.filename or "") if sent else None
    content = b""
    if sent:
        content = sent.read()
        sent.close()
    found = problems_of(place, sent, kind, content)
    if take_as not in FROM_PEOPLE:
        found["take_as-draft"] = _("Choose what becomes of the texts.")
    if is_resumed():  # the form came through signing in, without its file
        found["file"] = _("You had to sign in again, and no file is kept meanwhile. Please choose it again.")
    if found or kind is None:
        return _page(place, found), 422
    with writing() as (session, begun):
        now = datetime.now(UTC)
        upload = Upload(
            account_id=begun.account_id,
            domain_id=place.domain.id,
            language=into.tag,
            kind=kind.value,
            take_as=take_as,
            conflict=(Conflict.TAKE if "also" in request.form else Conflict.KEEP).value,
            content=content,
            expires_at=now + KEPT,
        )
        keep_upload(session, upload, now=now)
        return _plan_page(session, place, plan_upload(session, upload, place.domain))


@pages.get(f"{_ADDRESS}/plan")
@needs(Permission.TRANSLATION_WRITE)
def show_plan(into: Language, domain: str) -> str:
    """Show again what would become of the file that was brought last, as it is now."""
    place = place_at(domain, into)
    with writing() as (session, begun):
        upload = upload_kept(session, account_id=begun.account_id, now=datetime.now(UTC))
        if upload is None or not _fits(upload, place):
            return _page(place, {"file": _not_kept()})
        return _plan_page(session, place, plan_upload(session, upload, place.domain))


@pages.get(f"{_ADDRESS}/confirm")
@needs(Permission.TRANSLATION_WRITE)
def lead_back(into: Language, domain: str) -> AnyResponse:
    """Lead whoever comes again to what a form was answered with to the plan."""
    return redirect(Links(place_at(domain, into), Filter()).plan(), 303)


@pages.post(f"{_ADDRESS}/confirm")
@needs(Permission.TRANSLATION_WRITE, keeps_typed=True)
def confirm(into: Language, domain: str) -> _Answer:
    """Take the texts of a file as its sender has seen it planned, or show what has changed since."""
    place = place_at(domain, into)
    try:
        with writing() as (session, begun):
            now, upload = datetime.now(UTC), _upload(session, place, begun.account_id)
            if upload is None:
                return _page(place, {"file": _not_kept()}), 422
            if request.form.get("do") == "also":  # she has seen what stands there, and wants hers beside it
                upload.conflict = Conflict.TAKE.value
            if "do" in request.form or is_resumed():
                return _plan_page(session, place, plan_upload(session, upload, place.domain))
            taken = take_upload(session, upload, place.domain, stamp=request.form.get("stamp", ""), now=now)
    except ChangedSinceError:
        db.session().rollback()
        with writing() as (session, begun):
            upload = _upload(session, place, begun.account_id)
            if upload is None:
                abort(409)
            page = _plan_page(session, place, plan_upload(session, upload, place.domain), changed=True)
        return page, 409
    flash(ngettext("%(num)s text was taken from the file.", "%(num)s texts were taken from the file.", taken))
    return redirect(Links(place, Filter(mine=True)).units(), 303)


def _upload(session: Session, place: Place, account_id: int) -> Upload | None:
    number = request.form.get("upload", 0, type=number_in_address)
    found = upload_of(session, number, account_id=account_id, now=datetime.now(UTC))
    return found if found and _fits(found, place) else None


def _fits(upload: Upload, place: Place) -> bool:
    return (upload.domain_id, upload.language) == (place.domain.id, place.into.tag)


def _not_kept() -> str:
    return _("The file is not kept any more. Please choose it again.")


def _all(session: Session, wanted: Wanted) -> set[int]:
    """Return the ids of all units that a filter leaves in the list."""
    numbers: set[int] = set()
    beyond: int | None = None
    while True:
        found = find_units(session, wanted, beyond=beyond, most=_AT_ONCE)
        numbers.update(unit.id for unit in found.units)
        if found.go_on is None:
            return numbers
        beyond = found.go_on


def _page(place: Place, found: dict[str, Any]) -> str:
    chosen = Filter.of(request)
    return render_template(
        "translate/offline.html",
        place=place,
        links=Links(place, chosen),
        chosen=chosen,
        problems_found=found,
        formats=[(kind.value, name) for kind, name in FORMAT_NAMES.items()],
        most=LARGEST_UPLOAD >> 20,
        take_as=request.form.get("take_as", TakeAs.DRAFT.value),
        also="also" in request.form,
    )


def _whose(session: Session, lines: Sequence[Line]) -> Callable[[TextOf], str]:
    """Return what says whose a text is that stands there, and how far it is."""
    numbers = {line.there.author_id for line in lines if line.there and line.there.author_id is not None}
    known, me = accounts_with(session, numbers), account_at_work().id

    def said(text: TextOf) -> str:
        author = known.get(text.author_id) if text.author_id is not None else None
        return f"{person_name(author, me=me, origin=text.origin)} · {state_name(text.state)}"

    return said


def _plan_page(session: Session, place: Place, plan: Plan, *, changed: bool = False) -> str:
    groups = [
        (outcome_name(outcome), outcome, lines[:_MOST_SHOWN], len(lines))
        for outcome in OUTCOMES
        if (lines := [line for line in plan.report.lines if line.outcome is outcome])
    ]
    glossary = glossary_for(session, place.into.tag)

    def remarks(line: Line) -> list[str]:
        if line.outcome is Outcome.BLOCKED:
            return [check_name(check) for check in line.reason.split(", ")]
        if line.entry.fault is not None:
            return [fault_name(line.entry.fault)]
        if line.outcome is not Outcome.TAKEN or line.unit is None:
            return []
        found = findings_of(line.unit, line.entry.texts, place.into.tag, glossary=glossary)
        checks = dict.fromkeys(one.check for one in found if one.severity is Severity.WARNING)
        return [check_name(check) for check in checks]

    return render_template(
        "translate/offline_plan.html",
        checked=(Outcome.TAKEN, Outcome.BLOCKED, Outcome.BROKEN),
        place=place,
        links=Links(place, Filter()),
        plan=plan,
        groups=groups,
        taken=plan.report.count(Outcome.TAKEN),
        left=plan.report.count(Outcome.KEPT) + plan.report.count(Outcome.NEWER),
        as_drafts=plan.upload.take_as == TakeAs.DRAFT,
        remarks=remarks,
        whose=_whose(session, [line for _name, _outcome, lines, _count in groups for line in lines]),
        changed=changed,
    )
