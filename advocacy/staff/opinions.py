"""Second opinions: what another speaker says about a text, whom to ask for one, and who is to review it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.assign import NoReviewerError, assign
from advocacy.actions.give_opinion import NoSpeakerError, ask_for_opinion, give_opinion
from advocacy.extensions import db
from advocacy.models import Account, Translation
from advocacy.models.opinion import opinion_by
from advocacy.rules.permissions import Permission
from advocacy.rules.reasons import LONGEST_REASON
from advocacy.rules.review import SelfApprovalError, TooLateError, TranslationState
from advocacy.staff.review_sheet import sheets_of
from advocacy.staff.reviewing import Chosen
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.people import account_here, writing
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import ngettext

pages = Blueprint("opinions", __name__, url_prefix="/staff/review/<int(max=2147483647):number>")


_OF_ITS_AUTHOR = (TranslationState.DRAFT, TranslationState.WITHDRAWN, TranslationState.SUPERSEDED)
"""What nobody else may look at here: a draft, and what may have been one."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a speaker said about a text, and what is wrong with that, by field."""

    answer: str = ""
    words: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def in_form(cls) -> "Said":
        """Return what the form says."""
        answer, words = request.form.get("answer", ""), request.form.get("words", "")
        words = words.replace("\0", "").replace("\r\n", "\n").strip()
        errors: dict[str, str] = {}
        if answer not in ("yes", "no"):
            errors["answer"] = _("Say yes or no.")
        elif answer == "no" and not words:
            errors["words"] = _("Say what is wrong: the reviewer reads it.")
        if len(words) > LONGEST_REASON:
            errors["words"] = _("At most %(most)s characters, please.", most=LONGEST_REASON)
        return cls(answer, words, errors)


@pages.get("/opinion")
@needs(Permission.TRANSLATION_READ)
def show(number: int) -> str:
    """Show a text beside its source to a speaker of its language, who says yes or no to it."""
    return _page(number, None)


@pages.post("/opinion")
@needs(Permission.TRANSLATION_READ, again=lambda number: _page(number, replace(Said.in_form(), errors={})))
def take(number: int) -> AnyResponse | tuple[str, int]:
    """Take a speaker's yes or no."""
    said = Said.in_form()
    if said.errors:
        return _page(number, said), 422
    try:
        with writing() as (session, begun):
            translation = text_open_to(session, number, begun.account, Permission.TRANSLATION_READ)
            give_opinion(
                session,
                translation,
                yes=said.answer == "yes",
                words=said.words,
                by=begun.account_id,
                now=datetime.now(UTC),
            )
    except SelfApprovalError:
        return _page(number, said), 403
    except TooLateError:
        return _page(number, said), 409
    flash(_("Thank you. The reviewer sees what you said."))
    return redirect(url_for("opinions.show", number=number), 303)


@pages.post("/ask")
@needs(Permission.TRANSLATION_REVIEW)
def ask(number: int) -> AnyResponse:
    """Ask one speaker of the language, or every one, for an opinion."""
    try:
        with writing() as (session, begun):
            translation = text_open_to(session, number, begun.account, Permission.TRANSLATION_REVIEW)
            asked, chosen = person_chosen(session), request.form.get("person")
            if asked is None and chosen != "anybody":
                abort(422)
            told = ask_for_opinion(session, translation, asked, by=begun.account_id, now=datetime.now(UTC))
    except (NoSpeakerError, SelfApprovalError, TooLateError):
        flash(_("Nobody was asked: the text is decided, or that person cannot judge it."), "left")
    else:
        say_who_was_asked(told)
    return redirect(url_for("review.show_one", number=number, **Chosen.here().asked), 303)


@pages.post("/assign")
@needs(Permission.TRANSLATION_REVIEW)
def take_assignment(number: int) -> AnyResponse:
    """Ask a reviewer of the language to decide on a text, or nobody in particular."""
    try:
        with writing() as (session, begun):
            translation = text_open_to(session, number, begun.account, Permission.TRANSLATION_REVIEW)
            reviewer = person_chosen(session)
            if reviewer is None and request.form.get("person"):
                abort(422)
            assign(session, translation, reviewer, by=begun.account_id, now=datetime.now(UTC))
            name = reviewer.name if reviewer else ""
    except (NoReviewerError, SelfApprovalError, TooLateError):
        flash(_("Nobody was asked: the text is decided, or that person cannot judge it."), "left")
    else:
        if name:
            flash(_("%(name)s is asked to review it.", name=name))
        else:
            flash(_("Nobody in particular is asked to review it."))
    return redirect(url_for("review.show_one", number=number, **Chosen.here().asked), 303)


def say_who_was_asked(told: int) -> None:
    """Say on the next page how many people were told."""
    if told:
        flash(ngettext("%(num)s person is asked.", "%(num)s people are asked.", told))
    else:
        flash(_("Whoever could be asked has been asked already."))


def person_chosen(session: Session) -> Account | None:
    """Return whom the form names, if that is an account."""
    number = request.form.get("person", type=number_in_address)
    return session.get(Account, number) if number else None


def text_open_to(session: Session, number: int, account: Account, permission: Permission) -> Translation:
    """Return a text that an account may look at: of a language that it works in, and no draft of another."""
    translation = session.get(Translation, number) or abort(404)
    if not account.may(permission, translation.unit.language):
        abort(403)
    if translation.state in _OF_ITS_AUTHOR and translation.author_id != account.id:
        abort(404)
    return translation


def _page(number: int, said: Said | None) -> str:
    session = db.session()
    session.rollback()  # of what was begun and refused, and so that all is read anew
    account = account_here() or abort(403)
    translation = text_open_to(session, number, account, Permission.TRANSLATION_READ)
    before = opinion_by(session, number, account.id)
    if said is None:
        said = Said(("yes" if before.yes else "no"), before.words) if before else Said()
    (sheet,) = sheets_of(session, [translation], now=datetime.now(UTC))
    return render_template(
        "staff/opinion.html",
        sheet=sheet,
        said=said,
        before=before,
        own=translation.author_id == account.id,
        may_decide=account.may(Permission.TRANSLATION_REVIEW, sheet.language),
    )
