"""Back-translations: a reviewer asks, and somebody reads a text without its source and says what it says."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.back_translate import ask_for_blind, say_blind
from advocacy.actions.give_opinion import NoSpeakerError, is_waiting
from advocacy.actions.propose import stored_text
from advocacy.extensions import db
from advocacy.models import BackTranslation
from advocacy.models.back_translation import (
    back_translation_by,
    back_translations_of,
    was_said_of_another,
    who_know_the_source,
)
from advocacy.models.domain import domain_numbered
from advocacy.rules.back_translation import (
    LONGEST_BACK,
    EmptyBackError,
    LongBackError,
    NotBlindError,
    SaidAlreadyError,
)
from advocacy.rules.differences import Kind, Part, differences
from advocacy.rules.permissions import Permission
from advocacy.rules.review import TooLateError
from advocacy.staff.opinions import person_chosen, say_who_was_asked, text_open_to
from advocacy.staff.review_sheet import Sheet
from advocacy.staff.reviewing import Chosen
from advocacy.web.access import needs
from advocacy.web.people import account_here, writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("back", __name__, url_prefix="/staff/review/<int(max=2147483647):number>/back")


@dataclass(frozen=True, slots=True)
class Back:
    """What somebody says that a text says, and how the source differs from that."""

    said: BackTranslation
    source: str
    parts: list[Part]
    said_before: bool
    """Of another text, so that it may not be of this one."""

    @property
    def says_the_source(self) -> bool:
        """Whether it is the source again, so that nothing can be learned from what differs."""
        return all(part.kind is Kind.KEPT for part in self.parts)


def backs_of(session: Session, sheet: Sheet) -> list[Back]:
    """Return what people say that a text says, each beside its source; of several forms, the last."""
    source = sheet.forms[-1].source
    return [
        Back(
            one,
            source,
            differences(source, one.text, language=sheet.domain.source_language),
            said_before=was_said_of_another(session, one),
        )
        for one in back_translations_of(session, sheet.translation.id)
    ]


@pages.get("")
@needs(Permission.TRANSLATION_READ)
def show(number: int) -> str:
    """Show a text alone, without its source, to somebody who says what it says."""
    return _page(number, "", {})


@pages.post("")
@needs(Permission.TRANSLATION_READ, again=lambda number: _page(number, _typed(), {}))
def take(number: int) -> AnyResponse | tuple[str, int]:
    """Take what somebody says that a text says."""
    text = _typed()
    try:
        with writing() as (session, begun):
            translation = text_open_to(session, number, begun.account, Permission.TRANSLATION_READ)
            say_blind(session, translation, text, by=begun.account_id, now=datetime.now(UTC))
    except EmptyBackError:
        return _page(number, text, {"back": _("Write what the text says.")}), 422
    except LongBackError:
        return _page(
            number, text, {"back": _("At most %(most)s characters, please.", most=LONGEST_BACK)}
        ), 422
    except NotBlindError:
        return _page(number, text, {}), 403
    except (SaidAlreadyError, TooLateError):
        return _page(number, text, {}), 409
    flash(_("Thank you. The reviewer sees it beside the source."))
    return redirect(url_for("back.show", number=number), 303)


def _typed() -> str:
    return stored_text(request.form.get("back", ""))


@pages.post("/ask")
@needs(Permission.TRANSLATION_REVIEW)
def ask(number: int) -> AnyResponse:
    """Ask one person who works in the language, or everybody, to say what a text says."""
    try:
        with writing() as (session, begun):
            translation = text_open_to(session, number, begun.account, Permission.TRANSLATION_REVIEW)
            asked, chosen = person_chosen(session), request.form.get("person")
            if asked is None and chosen != "anybody":
                abort(422)
            told = ask_for_blind(session, translation, asked, by=begun.account_id, now=datetime.now(UTC))
    except (NoSpeakerError, NotBlindError, TooLateError):
        flash(_("Nobody was asked: the text is decided, or that person knows its source."), "left")
    else:
        say_who_was_asked(told)
    return redirect(url_for("review.show_one", number=number, **Chosen.here().asked), 303)


def _page(number: int, typed: str, errors: dict[str, str]) -> str:
    session = db.session()
    session.rollback()  # of what was begun and refused, and so that all is read anew
    account = account_here() or abort(403)
    translation = text_open_to(session, number, account, Permission.TRANSLATION_READ)
    unit = translation.unit
    return render_template(
        "staff/back.html",
        text=translation,
        tag=unit.language,
        into=domain_numbered(session, unit.message.domain_id).source_language,
        typed=typed,
        errors=errors,
        most=LONGEST_BACK,
        said=back_translation_by(session, number, account.id),
        own=translation.author_id == account.id,
        knows=account.id in who_know_the_source(session, unit.id),
        waits=is_waiting(translation),
    )
