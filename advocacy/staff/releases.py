"""Releases: what would change for readers, who prepared it, who confirms it, and the ways back."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.compare_releases import changes_to_come
from advocacy.actions.decide_as_seen import ChangedMeanwhileError
from advocacy.actions.publish_as_seen import (
    ConfirmedBeforeError,
    demand_seen,
    demand_unconfirmed,
    sight_of_live,
)
from advocacy.actions.releases import (
    BuildRefusedError,
    CorruptReleaseError,
    NeverConfirmedError,
    NotLiveError,
    NotSettledError,
    SwitchedBeforeError,
    build_release,
    confirm_release,
    roll_back,
    switch_to_source,
)
from advocacy.actions.schedule import NotScheduledError, call_off, schedule_release
from advocacy.extensions import db
from advocacy.models import Domain, Release, Unit
from advocacy.models.account import others_who_may
from advocacy.models.domain import domain_by_name
from advocacy.models.policy import EVERY_LANGUAGE, policy_in
from advocacy.models.release import live_now, prepared_releases, releases_before
from advocacy.models.typo_claim import has_claims
from advocacy.rules.moments import LONGEST_WAIT, MomentError, read_moment
from advocacy.rules.permissions import Permission
from advocacy.rules.policies import has_begun
from advocacy.rules.review import SelfConfirmationError
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.people import account_here, writing
from advocacy.web.site import site
from advocacy.web.templating import long_date

pages = Blueprint("releases", __name__, url_prefix="/staff/releases/<name>")

_A_PAGE = 20
_COMPARED = 100
"""Releases that one can be compared with."""

_APPEAL = "appeal-"
_LONGEST = 500
"""Characters of a note or a reason."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed that could not be taken, what is wrong with it by field, and why a build failed.

    `at` is the moment for a release to go live, as the browser sent it.
    """

    text: str = ""
    at: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, int, str, str]] = field(default_factory=list)


@pages.get("")
@needs(Permission.RELEASE_READ)
def show(name: str) -> str:
    """Show what would change if a release were built now, what waits for a second person, and what was."""
    return _page(name, Typed())


@pages.get("/<int(max=2147483647):number>")
@needs(Permission.RELEASE_READ)
def show_one(name: str, number: int) -> str:
    """Show what a release changes for readers, against what is live."""
    return _page_of_one(name, number, Typed())


@pages.post("/prepare")
@needs(Permission.RELEASE_PREPARE)
def prepare(name: str) -> AnyResponse | tuple[str, int]:
    """Build a release of what is approved now; somebody else confirms it."""
    note = _line("note")
    if len(note) > _LONGEST:
        return _page(
            name, Typed(note, errors={"note": _("At most %(most)s characters, please.", most=_LONGEST)})
        ), 422
    try:
        with writing() as (session, begun):
            release = build_release(
                session,
                _domain(session, name),
                site().languages,
                by=begun.account_id,
                now=datetime.now(UTC),
                note=note,
            )
            number = release.number
    except NotSettledError as early:
        return _page(name, Typed(note, errors={"note": _too_early(early)})), 403
    except BuildRefusedError as refused:
        return _page(name, Typed(note, problems=refused.problems)), 422
    flash(
        _(
            "Release %(number)s is prepared. Somebody else confirms it; until then nothing changes.",
            number=number,
        )
    )
    return redirect(url_for("releases.show_one", name=name, number=number), 303)


@pages.post("/<int(max=2147483647):number>/confirm")
@needs(Permission.RELEASE_CONFIRM)
def confirm(name: str, number: int) -> AnyResponse | tuple[str, int]:
    """Make a release live that somebody else prepared."""
    try:
        with writing() as (session, begun):
            release = _to_confirm(session, name, number)
            confirm_release(session, release, by=begun.account_id, now=datetime.now(UTC))
    except _UNCONFIRMED as refused:
        return _refused_confirmation(name, number, refused)
    flash(_("Release %(number)s is live. Every reader sees it within two seconds.", number=number))
    return redirect(url_for("releases.show", name=name), 303)


@pages.post("/<int(max=2147483647):number>/schedule")
@needs(Permission.RELEASE_CONFIRM)
def schedule(name: str, number: int) -> AnyResponse | tuple[str, int]:
    """Confirm a release that somebody else prepared, to go live at a moment."""
    at = _line("at")
    try:
        with writing() as (session, begun):
            release = _to_confirm(session, name, number)
            schedule_release(session, release, at=read_moment(at), by=begun.account_id, now=datetime.now(UTC))
    except MomentError:
        error = _("Choose a time to come, at most %(most)s days ahead.", most=LONGEST_WAIT.days)
        return _page_of_one(name, number, Typed(at=at, errors={"at": error})), 422
    except _UNCONFIRMED as refused:
        return _refused_confirmation(name, number, refused)
    flash(_("Release %(number)s goes live by itself at the time you set.", number=number))
    return redirect(url_for("releases.show_one", name=name, number=number), 303)


@pages.post("/<int(max=2147483647):number>/call-off")
@needs(Permission.RELEASE_CONFIRM)
def call_release_off(name: str, number: int) -> AnyResponse | tuple[str, int]:
    """Let a release not go live at its moment; it waits for a second person again."""
    reason = _line("reason")
    if error := _fault_of(reason):
        return _page_of_one(name, number, Typed(reason, errors={"reason": error})), 422
    try:
        with writing() as (session, begun):
            release = _release(session, name, number)
            call_off(session, release, by=begun.account_id, now=datetime.now(UTC), reason=reason)
    except NotScheduledError:
        error = _("This release does not wait for its time any more.")
        return _page_of_one(name, number, Typed(reason, errors={"decision": error})), 409
    flash(_("Release %(number)s waits for a second person again.", number=number))
    return redirect(url_for("releases.show_one", name=name, number=number), 303)


@pages.post("/<int(max=2147483647):number>/roll-back")
@needs(Permission.RELEASE_CONFIRM)
def go_back(name: str, number: int) -> AnyResponse | tuple[str, int]:
    """Make a release live again that was live before; one person is enough, with a reason."""
    reason = _line("reason")
    if error := _fault_of(reason):
        return _page_of_one(name, number, Typed(reason, errors={"reason": error})), 422
    try:
        with writing() as (session, begun):
            release = _release(session, name, number)
            demand_seen(session, release.domain_id, request.form.get("seen", ""))
            roll_back(session, release, by=begun.account_id, now=datetime.now(UTC), reason=reason)
    except ChangedMeanwhileError:
        return _page_of_one(name, number, Typed(reason, errors={"reason": _changed()})), 409
    except NotSettledError as early:
        return _page_of_one(name, number, Typed(reason, errors={"reason": _too_early(early)})), 403
    except NeverConfirmedError:
        error = _("Nobody has confirmed this release, so nothing can go back to it.")
        return _page_of_one(name, number, Typed(reason, errors={"decision": error})), 409
    except CorruptReleaseError:
        return _page_of_one(name, number, Typed(reason, errors={"reason": _corrupt()})), 409
    flash(_("Release %(number)s is live again.", number=number))
    return redirect(url_for("releases.show", name=name), 303)


@pages.post("/languages")
@needs(Permission.LANGUAGE_SWITCH)
def switch(name: str) -> AnyResponse | tuple[str, int]:
    """Show a language's readers the source at once, or its translation again."""
    tag, to_source, reason = request.form.get("tag", ""), request.form.get("to") == "source", _line("reason")
    language = site().languages.by_tag(tag)
    if error := _fault_of(reason):
        return _page(name, Typed(reason, errors={f"reason-{tag}": error})), 422
    try:
        with writing() as (session, begun):
            domain = _domain(session, name)
            if language is None or language.tag == domain.source_language:
                abort(404)
            switch_to_source(
                session,
                domain,
                language.tag,
                on=to_source,
                by=begun.account_id,
                now=datetime.now(UTC),
                reason=reason,
            )
    except NotLiveError:
        abort(404)
    except SwitchedBeforeError:
        return _page(name, Typed(reason, errors={f"reason-{tag}": _switched_before()})), 403
    if to_source:
        flash(_("Readers of %(language)s see the source now.", language=language.endonym))
    else:
        flash(_("Readers of %(language)s see the translation again.", language=language.endonym))
    return redirect(url_for("releases.show", name=name), 303)


_UNCONFIRMED = (
    SelfConfirmationError,
    NotSettledError,
    ChangedMeanwhileError,
    ConfirmedBeforeError,
    CorruptReleaseError,
)
"""Why a release may not be confirmed."""


def _to_confirm(session: Session, name: str, number: int) -> Release:
    """Return a release, its domain held, as long as what is live is what was seen. Raises _UNCONFIRMED."""
    release = _release(session, name, number)
    demand_seen(session, release.domain_id, request.form.get("seen", ""))
    demand_unconfirmed(session, release)
    return release


def _refused_confirmation(name: str, number: int, refused: Exception) -> tuple[str, int]:
    if isinstance(refused, SelfConfirmationError):
        return _page_of_one(name, number, Typed()), 403
    if isinstance(refused, NotSettledError):
        return _page_of_one(name, number, Typed(errors={"decision": _too_early(refused)})), 403
    if isinstance(refused, ChangedMeanwhileError):
        error = _changed()
    elif isinstance(refused, ConfirmedBeforeError):
        error = str(_("This release was confirmed before. To go back to it, say why."))
    else:
        error = _corrupt()
    return _page_of_one(name, number, Typed(errors={"decision": error})), 409


def _line(field_name: str) -> str:
    return request.form.get(field_name, "").replace("\0", "").strip()


def _fault_of(reason: str) -> str:
    if not reason:
        return str(_("Say why: it goes into the log."))
    return "" if len(reason) <= _LONGEST else str(_("At most %(most)s characters, please.", most=_LONGEST))


def _switched_before() -> str:
    return str(_("You switched another language within a day. Somebody else can switch this one."))


def _too_early(early: NotSettledError) -> str:
    when = f"{long_date(early.at)} {early.at:%H:%M} UTC"
    return str(_("Your right to publish is new. It begins on %(date)s.", date=when))


def _changed() -> str:
    return str(_("Something else went live meanwhile. Nothing was done: look at it again, then decide."))


def _corrupt() -> str:
    return str(_("The stored files of this release are not the ones that were built. Nothing was done."))


def _domain(session: Session, name: str) -> Domain:
    return domain_by_name(session, name) or abort(404)


def _release(session: Session, name: str, number: int) -> Release:
    return Release.numbered(session, _domain(session, name).id, number) or abort(404)


def _page(name: str, typed: Typed) -> str:
    session = db.session()
    session.rollback()  # of what was begun and refused, and so that all is read anew
    domain, before = _domain(session, name), request.args.get("before", type=number_in_address)
    live = live_now(session, domain.id)
    history = releases_before(session, domain.id, before, most=_A_PAGE + 1)
    changes = changes_to_come(session, domain, site().languages, live.release if live else None, None)
    return render_template(
        "staff/releases.html",
        **_common(domain, typed),
        live=live,
        typos_wait=has_claims(session, domain.id),
        refused=_refused(session, domain, typed.problems),
        changes=changes,
        prepared=prepared_releases(session, domain.id),
        history=history[:_A_PAGE],
        older=history[_A_PAGE - 1].number if len(history) > _A_PAGE else None,
    )


def _page_of_one(name: str, number: int, typed: Typed) -> str:
    session = db.session()
    session.rollback()
    release = _release(session, name, number)
    live = live_now(session, release.domain_id)
    others = releases_before(session, release.domain_id, None, most=_COMPARED)
    asked = request.args.get("against", type=number_in_address)
    against = Release.numbered(session, release.domain_id, asked) if asked else None
    before = against or (live.release if live else None)
    return render_template(
        "staff/release.html",
        **_common(release.domain, typed),
        release=release,
        live=live,
        seen=sight_of_live(live),
        against=against,
        others_to_compare=[one for one in others if one is not release],
        changes=changes_to_come(session, release.domain, site().languages, before, release),
        others=others_who_may(session, Permission.RELEASE_CONFIRM, but=release.prepared_by),
    )


def _common(domain: Domain, typed: Typed) -> dict[str, Any]:
    account, now = account_here() or abort(403), datetime.now(UTC)
    policy = policy_in(db.session(), domain.id, EVERY_LANGUAGE)
    return {
        "policy": policy,
        "alone": policy is not None and has_begun(policy.alone_from, now),
        "now": now,
        "domain": domain,
        "typed": typed,
        "account": account,
        "may_prepare": account.may(Permission.RELEASE_PREPARE),
        "may_confirm": account.may(Permission.RELEASE_CONFIRM),
        "may_switch": account.may(Permission.LANGUAGE_SWITCH),
    }


def _refused(
    session: Session, domain: Domain, problems: list[tuple[str, int, str, str]]
) -> list[tuple[str, str, str, str]]:
    """Return what a build refused: language, source, why, and where whoever looks can mend it, if she can."""
    account, found = account_here(), []
    for tag, number, source, reason in problems:
        spoken, link = site().languages.by_tag(tag), ""
        if account and spoken and account.may(Permission.TRANSLATION_READ, tag):
            link = url_for("editor.show", into=spoken, domain=domain.name, number=number)
        elif account and account.may(Permission.APPEAL_EDIT) and domain.name.startswith(_APPEAL):
            unit = session.get_one(Unit, number)
            link = url_for(
                "source.show_one", slug=domain.name.removeprefix(_APPEAL), key=unit.message.context or ""
            )
        found.append((tag, source, reason, link))
    return found
