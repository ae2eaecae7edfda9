"""Releases: what would change for readers, who prepared it, who confirms it, and the ways back."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.decide_as_seen import ChangedMeanwhileError
from advocacy.actions.publish_as_seen import (
    ConfirmedBeforeError,
    demand_seen,
    demand_unconfirmed,
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
from advocacy.models import Release
from advocacy.rules.moments import LONGEST_WAIT, MomentError, read_moment
from advocacy.rules.permissions import Permission
from advocacy.rules.review import SelfConfirmationError
from advocacy.staff.release_pages import (
    Typed,
    changed,
    corrupt,
    domain_here,
    release_here,
    release_page,
    releases_page,
    switched_before,
    too_early,
)
from advocacy.web.access import needs
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site

pages = Blueprint("releases", __name__, url_prefix="/staff/releases/<name>")

_LONGEST = 500
"""Characters of a note or a reason."""


@pages.get("")
@needs(Permission.RELEASE_READ)
def show(name: str) -> str:
    """Show what would change if a release were built now, what waits for a second person, and what was."""
    return releases_page(name, Typed())


@pages.get("/<int(max=2147483647):number>")
@needs(Permission.RELEASE_READ)
def show_one(name: str, number: int) -> str:
    """Show what a release changes for readers, against what is live."""
    return release_page(name, number, Typed())


def _release_again(name: str, number: int) -> str:
    return release_page(name, number, Typed(_line("reason"), _line("at")))


@pages.post("/prepare")
@needs(
    Permission.RELEASE_PREPARE, again=lambda name: releases_page(name, Typed(_line("note"), kept_in="note"))
)
def prepare(name: str) -> AnyResponse | tuple[str, int]:
    """Build a release of what is approved now; somebody else confirms it."""
    note = _line("note")
    if len(note) > _LONGEST:
        return releases_page(
            name, Typed(note, errors={"note": _("At most %(most)s characters, please.", most=_LONGEST)})
        ), 422
    try:
        with writing() as (session, begun):
            release = build_release(
                session,
                domain_here(session, name),
                site().languages,
                by=begun.account_id,
                now=datetime.now(UTC),
                note=note,
            )
            number = release.number
    except NotSettledError as early:
        return releases_page(name, Typed(note, errors={"note": too_early(early)})), 403
    except BuildRefusedError as refused:
        return releases_page(name, Typed(note, problems=refused.problems)), 422
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
@needs(Permission.RELEASE_CONFIRM, again=_release_again)
def schedule(name: str, number: int) -> AnyResponse | tuple[str, int]:
    """Confirm a release that somebody else prepared, to go live at a moment."""
    at = _line("at")
    try:
        with writing() as (session, begun):
            release = _to_confirm(session, name, number)
            schedule_release(session, release, at=read_moment(at), by=begun.account_id, now=datetime.now(UTC))
    except MomentError:
        error = _("Choose a time to come, at most %(most)s days ahead.", most=LONGEST_WAIT.days)
        return release_page(name, number, Typed(at=at, errors={"at": error})), 422
    except _UNCONFIRMED as refused:
        return _refused_confirmation(name, number, refused)
    flash(_("Release %(number)s goes live by itself at the time you set.", number=number))
    return redirect(url_for("releases.show_one", name=name, number=number), 303)


@pages.post("/<int(max=2147483647):number>/call-off")
@needs(Permission.RELEASE_CONFIRM, again=_release_again)
def call_release_off(name: str, number: int) -> AnyResponse | tuple[str, int]:
    """Let a release not go live at its moment; it waits for a second person again."""
    reason = _line("reason")
    if error := _fault_of(reason):
        return release_page(name, number, Typed(reason, errors={"reason": error})), 422
    try:
        with writing() as (session, begun):
            release = release_here(session, name, number)
            call_off(session, release, by=begun.account_id, now=datetime.now(UTC), reason=reason)
    except NotScheduledError:
        error = _("This release does not wait for its time any more.")
        return release_page(name, number, Typed(reason, errors={"decision": error})), 409
    flash(_("Release %(number)s waits for a second person again.", number=number))
    return redirect(url_for("releases.show_one", name=name, number=number), 303)


@pages.post("/<int(max=2147483647):number>/roll-back")
@needs(Permission.RELEASE_CONFIRM, again=_release_again)
def go_back(name: str, number: int) -> AnyResponse | tuple[str, int]:
    """Make a release live again that was live before; one person is enough, with a reason."""
    reason = _line("reason")
    if error := _fault_of(reason):
        return release_page(name, number, Typed(reason, errors={"reason": error})), 422
    try:
        with writing() as (session, begun):
            release = release_here(session, name, number)
            demand_seen(session, release.domain_id, request.form.get("seen", ""))
            roll_back(session, release, by=begun.account_id, now=datetime.now(UTC), reason=reason)
    except ChangedMeanwhileError:
        return release_page(name, number, Typed(reason, errors={"reason": changed()})), 409
    except NotSettledError as early:
        return release_page(name, number, Typed(reason, errors={"reason": too_early(early)})), 403
    except NeverConfirmedError:
        error = _("Nobody has confirmed this release, so nothing can go back to it.")
        return release_page(name, number, Typed(reason, errors={"decision": error})), 409
    except CorruptReleaseError:
        return release_page(name, number, Typed(reason, errors={"reason": corrupt()})), 409
    flash(_("Release %(number)s is live again.", number=number))
    return redirect(url_for("releases.show", name=name), 303)


def _switch_again(name: str) -> str:
    return releases_page(name, Typed(_line("reason"), kept_in=f"reason-{request.form.get('tag', '')}"))


@pages.post("/languages")
@needs(Permission.LANGUAGE_SWITCH, again=_switch_again)
def switch(name: str) -> AnyResponse | tuple[str, int]:
    """Show a language's readers the source at once, or its translation again."""
    tag, to_source, reason = request.form.get("tag", ""), request.form.get("to") == "source", _line("reason")
    language = site().languages.by_tag(tag)
    if error := _fault_of(reason):
        return releases_page(name, Typed(reason, errors={f"reason-{tag}": error})), 422
    try:
        with writing() as (session, begun):
            domain = domain_here(session, name)
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
        return releases_page(name, Typed(reason, errors={f"reason-{tag}": switched_before()})), 403
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
    release = release_here(session, name, number)
    demand_seen(session, release.domain_id, request.form.get("seen", ""))
    demand_unconfirmed(session, release)
    return release


def _refused_confirmation(name: str, number: int, refused: Exception) -> tuple[str, int]:
    if isinstance(refused, SelfConfirmationError):
        return release_page(name, number, Typed()), 403
    if isinstance(refused, NotSettledError):
        return release_page(name, number, Typed(errors={"decision": too_early(refused)})), 403
    if isinstance(refused, ChangedMeanwhileError):
        error = changed()
    elif isinstance(refused, ConfirmedBeforeError):
        error = _("This release was confirmed before. To go back to it, say why.")
    else:
        error = corrupt()
    return release_page(name, number, Typed(errors={"decision": error})), 409


def _line(field_name: str) -> str:
    return request.form.get(field_name, "").replace("\0", "").strip()


def _fault_of(reason: str) -> str:
    if not reason:
        return _("Say why: it goes into the log.")
    return "" if len(reason) <= _LONGEST else _("At most %(most)s characters, please.", most=_LONGEST)
