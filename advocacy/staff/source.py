"""The source of an appeal: reading and editing it, and correcting what must not stay a minute longer."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.correct_urgently import NothingToCorrectError, correct_urgently, editor_of
from advocacy.actions.decide_as_seen import ChangedMeanwhileError
from advocacy.actions.edit_source import Edit, edit_source, effects
from advocacy.actions.releases import CorruptReleaseError, NotLiveError, NotSettledError
from advocacy.extensions import db
from advocacy.models import Appeal, Block
from advocacy.models.appeal import appeal_by_slug
from advocacy.models.release import live_now
from advocacy.models.typo_claim import claim_waiting, claims_waiting
from advocacy.rules.permissions import Permission
from advocacy.rules.review import SelfConfirmationError
from advocacy.rules.source_edits import LONGEST_SOURCE, SourceRefusedError, read_source
from advocacy.rules.words import N_
from advocacy.staff.wording import EFFECTS
from advocacy.web.access import needs
from advocacy.web.people import account_here, writing
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site

pages = Blueprint("source", __name__, url_prefix="/staff/appeals/<slug:slug>/source")

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed for a block, what she saw (the source's hash), and what is wrong by field."""

    text: str
    seen: str
    meaning: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def here(cls) -> "Typed":
        """Return what the form says."""
        return cls(_line("text"), _line("seen"), _line("meaning"), _line("reason"))

    def wrong(self, **errors: str) -> "Typed":
        """Return it with what is wrong."""
        return Typed(self.text, self.seen, self.meaning, self.reason, errors)

    @property
    def edit(self) -> Edit:
        """What it asks for."""
        return Edit(self.text, self.seen, meaning_changed=self.meaning != "typo", reason=self.reason)


@pages.get("")
@needs(Permission.RELEASE_READ)
def show(slug: str) -> str:
    """Show each block with its text, what readers see where that differs, and what waits for somebody."""
    session = db.session()
    appeal = _appeal(session, slug)
    live = live_now(session, appeal.domain_id)
    outline = live.release.outline if live else None
    return render_template(
        "staff/source.html",
        appeal=appeal,
        waiting={claim.message_id for claim in claims_waiting(session, appeal.id)},
        shown={one["key"]: one["text"] for one in outline or []},
        live=live,
        **_rights(),
    )


@pages.get("/<slug:key>")
@needs(Permission.APPEAL_EDIT)
def show_one(slug: str, key: str) -> str:
    """Show a block's text, to be edited."""
    return _page("staff/source_block.html", slug, key, None)


def _again(slug: str, key: str) -> str:
    """Show a change as far as it was typed; what it does as well, if it could be made."""
    typed = Typed.here()
    looked = bool(typed.meaning or typed.reason) and not _fault_of(_block(db.session(), slug, key), typed)
    return _page("staff/source_block.html", slug, key, typed, looked=looked)


@pages.post("/<slug:key>/look")
@needs(Permission.APPEAL_EDIT, again=_again)
def look(slug: str, key: str) -> AnyResponse | str | tuple[str, int]:
    """Show what a change is and does, before anything is saved."""
    typed = Typed.here()
    if error := _fault_of(_block(db.session(), slug, key), typed):
        return _page("staff/source_block.html", slug, key, typed.wrong(text=error)), 422
    return _page("staff/source_block.html", slug, key, typed, looked=True)


@pages.post("/<slug:key>")
@needs(Permission.APPEAL_EDIT, again=_again)
def save(slug: str, key: str) -> AnyResponse | tuple[str, int]:
    """Keep a block's new text; readers see it with the next release."""
    typed = Typed.here()
    if error := _fault_of(_block(db.session(), slug, key), typed):
        return _page("staff/source_block.html", slug, key, typed.wrong(text=error)), 422
    if errors := _undecided(typed):
        return _page("staff/source_block.html", slug, key, typed.wrong(**errors), looked=True), 422
    try:
        with writing() as (session, begun):
            block = _block(session, slug, key)
            claim = edit_source(
                session, block, typed.edit, site().languages, by=begun.account_id, now=datetime.now(UTC)
            )
            waits = claim is not None
    except ChangedMeanwhileError:
        return _page("staff/source_block.html", slug, key, typed.wrong(text=_changed())), 409
    if waits:
        flash(_("The text is kept. Its translations wait for somebody else to confirm the typo."))
    else:
        flash(_("The text is kept. Readers see it with the next release."))
    return redirect(url_for("source.show", slug=slug), 303)


@pages.get("/<slug:key>/urgent")
@needs(Permission.LANGUAGE_SWITCH)
def show_urgent(slug: str, key: str) -> str:
    """Show how a block's text differs from what readers see, to be made live at once."""
    return _urgent_page(slug, key, Typed("", ""))


@pages.post("/<slug:key>/urgent")
@needs(Permission.LANGUAGE_SWITCH, again=lambda slug, key: _urgent_page(slug, key, Typed.here()))
def correct(slug: str, key: str) -> AnyResponse | tuple[str, int]:
    """Make a block's text live at once, in its source for every reader; all staff are told."""
    typed = Typed.here()
    if not typed.reason:
        return _urgent_page(slug, key, typed.wrong(reason=_("Say why: it goes into the log."))), 422
    if error := _too_long(typed.reason):
        return _urgent_page(slug, key, typed.wrong(reason=error)), 422
    try:
        with writing() as (session, begun):
            release = correct_urgently(
                session,
                _block(session, slug, key),
                site().languages,
                seen=typed.seen,
                reason=typed.reason,
                by=begun.account_id,
                now=datetime.now(UTC),
            )
            number = release.number
    except tuple(_NOT_CORRECTED) as refused:
        said, status = _NOT_CORRECTED[type(refused)]
        return _urgent_page(slug, key, typed.wrong(reason=_(said))), status
    flash(_("Release %(number)s is live. Every reader sees it within two seconds.", number=number))
    return redirect(url_for("source.show", slug=slug), 303)


_DAMAGED = N_("This block is not live, or what is live is damaged. Nothing was done.")
_NOT_CORRECTED: dict[type[Exception], tuple[str, int]] = {
    SelfConfirmationError: (N_("You edited this text, so somebody else makes it live."), 403),
    NotSettledError: (N_("Your right to publish is too new. Somebody else makes it live."), 403),
    ChangedMeanwhileError: (N_("Somebody edited this text meanwhile. Look at it again."), 409),
    NothingToCorrectError: (N_("Readers see this text already."), 409),
    NotLiveError: (_DAMAGED, 409),
    CorruptReleaseError: (_DAMAGED, 409),
}


def _urgent_page(slug: str, key: str, typed: Typed) -> str:
    session = db.session()
    session.rollback()  # of what was begun and refused, and so that all is read anew
    appeal, block, account = _appeal(session, slug), _block(session, slug, key), account_here() or abort(403)
    live = live_now(session, appeal.domain_id)
    outline = (live.release.outline if live else None) or []
    return render_template(
        "staff/source_urgent.html",
        appeal=appeal,
        block=block,
        typed=typed,
        seen=block.message.source_hash,
        shown=next((one["text"] for one in outline if one["key"] == key), None),
        own=editor_of(session, block.message) == account.id,
    )


def _line(name: str) -> str:
    return request.form.get(name, "").replace("\0", "").strip()[: LONGEST_SOURCE + 1]


def _fault_of(block: Block, typed: Typed) -> str:
    try:
        text = read_source(typed.text)
    except SourceRefusedError:
        return _no_source()
    return _("Nothing is changed yet.") if text == block.message.msgid else ""


def _undecided(typed: Typed) -> dict[str, str]:
    errors: dict[str, str] = {}
    if typed.meaning not in ("changed", "typo"):
        errors["meaning-changed"] = _("Say whether the meaning changed.")
    if typed.meaning == "typo" and not typed.reason:
        errors["reason"] = _("Say what the typo was: somebody else confirms it.")
    elif error := _too_long(typed.reason):
        errors["reason"] = error
    return errors


def _too_long(reason: str) -> str:
    if len(reason) <= _LONGEST_REASON:
        return ""
    return _("At most %(most)s characters, please.", most=_LONGEST_REASON)


def _no_source() -> str:
    return _("Enter the text, without invisible characters.")


def _changed() -> str:
    return _("Somebody else changed this text meanwhile. Yours is still here: compare, then look again.")


def _appeal(session: Session, slug: str) -> Appeal:
    return appeal_by_slug(session, slug) or abort(404)


def _block(session: Session, slug: str, key: str) -> Block:
    return next((one for one in _appeal(session, slug).blocks if one.key == key), None) or abort(404)


def _rights() -> dict[str, Any]:
    account = account_here() or abort(403)
    return {
        "may_edit": account.may(Permission.APPEAL_EDIT),
        "may_correct": account.may(Permission.LANGUAGE_SWITCH),
        "may_confirm_typos": account.may(Permission.RELEASE_PREPARE),
    }


def _page(template: str, slug: str, key: str, typed: Typed | None, *, looked: bool = False) -> str:
    session = db.session()
    session.rollback()  # of what was begun and refused, and so that all is read anew
    block = _block(session, slug, key)
    appeal, message = _appeal(session, slug), block.message
    shown = typed or Typed(message.msgid, message.source_hash)
    found = {}
    if looked:
        text = read_source(shown.text)
        for name, changed in (("changed", True), ("typo", False)):
            found[name] = effects(session, message, text, meaning_changed=changed)
    return render_template(
        template,
        appeal=appeal,
        block=block,
        waiting=claim_waiting(session, message.id),
        typed=shown,
        seen=message.source_hash,
        looked=looked,
        found=found,
        effects=EFFECTS,
        **_rights(),
    )
