"""Batches of signatures: looking at them, rejecting and restoring them, releasing what was held."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Request, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.decide import actor
from advocacy.actions.judge_batch import (
    AlreadyRestoredError,
    NothingSelectedError,
    ReasonMissingError,
    reject_batch,
    release_held,
    restore_batch,
)
from advocacy.extensions import db
from advocacy.models import Appeal, Batch
from advocacy.models.appeal import all_appeals, appeal_by_slug
from advocacy.models.batch import batches_of, groups, size_of
from advocacy.rules.batches import EmptySelectionError, Selection
from advocacy.rules.mail_addresses import same_owner_key
from advocacy.rules.permissions import Permission
from advocacy.vault.keys import NoKeyError
from advocacy.web.access import needs
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import ngettext
from advocacy.web.site import site

pages = Blueprint("batches", __name__, url_prefix="/staff/signatures")

_MOST_GROUPS = 50


@dataclass(frozen=True, slots=True)
class Sought:
    """What was asked for, as it was typed; empty for what does not matter."""

    since: str = ""
    until: str = ""
    language: str = ""
    domain: str = ""
    held: str = ""

    @classmethod
    def of(cls, asked: Request) -> "Sought":
        """Return what a request asks for."""
        fields = {name: asked.form.get(name, "").strip() for name in cls.__slots__ if name != "language"}
        return cls(**fields, language=asked.form.get("language_signed", "").strip())

    def selection(self, appeal: Appeal) -> Selection:
        """Return it as a selection. Raises EmptySelectionError, ValueError for an hour that is none."""
        domain = (
            site().safe.digest(appeal.slug, "domain", same_owner_key(self.domain)) if self.domain else None
        )
        return Selection(
            since=_hour(self.since),
            until=_hour(self.until),
            language=self.language or None,
            domain=domain,
            held=bool(self.held),
        )


@pages.get("/")
@needs(Permission.BATCH_JUDGE)
def choose() -> str:
    """Show the petitions whose signatures can be looked at."""
    return render_template("staff/choose.html", appeals=all_appeals(db.session()))


@pages.get("/<slug:slug>")
@needs(Permission.BATCH_JUDGE)
def show(slug: str) -> str:
    """Ask which signatures to look at; show the decisions taken before."""
    return _page(_appeal(slug), Sought())


def _again(slug: str) -> str:
    """Look at what was looked at before, with the reason as far as it was typed."""
    return _page(_appeal(slug), Sought.of(request), reason=request.form.get("reason", ""))


@pages.post("/<slug:slug>")
@needs(Permission.BATCH_JUDGE, again=_again)
def take(slug: str) -> AnyResponse | str | tuple[str, int]:
    """Look at signatures, reject what was looked at, or let count what was held of it.

    Looking is a form that posts, so that a mail host stands in no address.
    """
    sought, reason, now = Sought.of(request), request.form.get("reason", "").strip(), datetime.now(UTC)
    decision = request.form.get("decision")
    if decision not in ("reject", "release"):
        return _page(_appeal(slug), sought, nothing=sought == Sought())
    try:
        with writing() as (session, begun):
            appeal, by = _appeal(slug), actor(begun.account_id)
            chosen = sought.selection(appeal)
            if decision == "release":
                count = release_held(session, appeal, chosen, reason=reason, by=by, now=now)
                said = ngettext("%(num)s signature counts now.", "%(num)s signatures count now.", count)
            else:
                count = reject_batch(session, appeal, chosen, reason=reason, by=by, now=now).count
                said = ngettext("%(num)s signature is rejected.", "%(num)s signatures are rejected.", count)
    except ReasonMissingError:
        return _page(_appeal(slug), sought, reason_error=_("Say why: it goes into the log.")), 422
    except (NothingSelectedError, EmptySelectionError, NoKeyError, ValueError):
        return _page(_appeal(slug), sought, reason=reason, nothing=True), 422
    flash(said)
    return redirect(url_for("batches.show", slug=slug), 303)


@pages.post("/<slug:slug>/restore/<int(max=2147483647):number>")
@needs(
    Permission.BATCH_JUDGE,
    again=lambda slug, number: _page(
        _appeal(slug), Sought(), restoring={number: request.form.get("reason", "")}
    ),
)
def restore(slug: str, number: int) -> AnyResponse:
    """Undo a rejection."""
    with writing() as (session, begun):
        batch = Batch.numbered(session, number)
        if batch is None or batch.appeal_id != _appeal(slug).id:
            abort(404)
        by, why = actor(begun.account_id), request.form.get("reason", "").strip()
        try:
            count = restore_batch(session, batch, reason=why, by=by, now=datetime.now(UTC))
            flash(ngettext("%(num)s signature is restored.", "%(num)s signatures are restored.", count))
        except (AlreadyRestoredError, ReasonMissingError):
            flash(_("Nothing was restored. Say why, and each batch can be restored once."))
    return redirect(url_for("batches.show", slug=slug), 303)


def _appeal(slug: str) -> Appeal:
    return appeal_by_slug(db.session(), slug) or abort(404)


def _page(
    appeal: Appeal,
    sought: Sought,
    *,
    reason: str = "",
    reason_error: str = "",
    nothing: bool = False,
    restoring: dict[int, str] | None = None,
) -> str:
    session = db.session()
    try:
        chosen = sought.selection(appeal)
        found = groups(session, appeal.id, chosen, most=_MOST_GROUPS)
        total = size_of(session, appeal.id, chosen)
    except (EmptySelectionError, NoKeyError, ValueError):
        found, total = [], 0
    return render_template(
        "staff/batches.html",
        appeal=appeal,
        sought=sought,
        found=found,
        asked=any((sought.since, sought.until, sought.language, sought.domain, sought.held)),
        total=total,
        rest=total - sum(group.size for group in found),
        batches=batches_of(session, appeal.id),
        reason=reason,
        restoring=restoring or {},
        reason_error=reason_error,
        nothing=nothing,
    )


def _hour(text: str) -> datetime | None:
    """Return the UTC hour that a form's field holds. Raises ValueError."""
    return datetime.fromisoformat(text).replace(minute=0, second=0, tzinfo=UTC) if text else None
