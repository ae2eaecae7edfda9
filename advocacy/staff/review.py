"""Review: texts that wait, each beside its source, and the decision on it."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.assign import reviewers_of
from advocacy.actions.back_translate import strangers
from advocacy.actions.check_text import BlockedTextError
from advocacy.actions.comment import LongCommentError
from advocacy.actions.decide import StaleTranslationError, decide, missing_opinions
from advocacy.actions.decide_as_seen import ChangedMeanwhileError, approve_as_seen, demand_sight
from advocacy.actions.give_opinion import speakers
from advocacy.actions.take_back import NotTheReviewerError, can_take_back, take_back
from advocacy.extensions import db
from advocacy.models import Account, Review, Translation
from advocacy.models.account import others_who_may
from advocacy.models.appeal import titles_by_domain
from advocacy.models.domain import domain_numbered
from advocacy.models.opinion import opinions_on
from advocacy.models.policy import demand_in
from advocacy.models.review import newest_reviews_by, review_in_force
from advocacy.models.review_queue import waiting_counts
from advocacy.rules.permissions import Permission
from advocacy.rules.policies import OpinionsMissingError
from advocacy.rules.review import Decision, SelfApprovalError, StepRefusedError, TooLateError
from advocacy.staff.back_translations import backs_of
from advocacy.staff.policy_words import missing_said
from advocacy.staff.queue import LOOKED_THROUGH, ORDERS, neighbours, queue_page
from advocacy.staff.review_sheet import Sheet, dismissed, history_of, sheets_of
from advocacy.staff.reviewing import Chosen, Said
from advocacy.staff.talking import add_what_was_said, talk_beside, too_long
from advocacy.staff.wording import short
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.people import account_here, writing
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import ngettext
from advocacy.web.site import site
from advocacy.web.standing_places import seen_in_place

pages = Blueprint("review", __name__, url_prefix="/staff")

_A_PAGE = 20


@pages.get("/review")
@needs(Permission.TRANSLATION_REVIEW)
def show() -> str:
    """Show what waits for a review in the languages that one may review, oldest first."""
    session, account, chosen = db.session(), _account(), Chosen.here()
    after = request.args.get("after", default=0, type=number_in_address)
    now = datetime.now(UTC)
    page = queue_page(session, account, chosen, after=after, most=_A_PAGE, now=now)
    languages = account.languages_for(Permission.TRANSLATION_REVIEW)
    return render_template(
        "staff/review.html",
        account=account,
        chosen=chosen,
        counts=waiting_counts(session, languages),
        mine=sorted(languages),
        sheets=page.sheets,
        later=page.later,
        after=after,
        now=now,
        orders=ORDERS,
        looked_through=None if chosen.by_age else LOOKED_THROUGH,
        decided=_own_decisions(session, account),
    )


@pages.get("/review/<int(max=2147483647):number>")
@needs(Permission.TRANSLATION_REVIEW)
def show_one(number: int) -> str:
    """Show a proposed text with everything beside it that helps to decide."""
    return page_of(number, Said())


def begun_page(number: int) -> str:
    """Show a text with what a form has begun to say of it, whichever of the page's forms it is."""
    return page_of(number, Said.begun_in_form(request))


@pages.post("/review/<int(max=2147483647):number>")
@needs(Permission.TRANSLATION_REVIEW, again=begun_page)
def decide_one(number: int) -> AnyResponse | tuple[str, int]:
    """Approve a text, ask for changes or reject it, and go on to the next."""
    said = Said.in_form(request)
    if said.errors or said.decision is None:
        return page_of(number, said), 422
    try:
        with writing() as (session, begun):
            translation = translation_for(session, number, begun.account)
            demand_sight(session, translation, said.seen)
            decide(
                session,
                translation,
                said.decision,
                by=begun.account_id,
                now=datetime.now(UTC),
                reason=said.words,
                why=said.why,
            )
            add_what_was_said(session, translation.unit, by=begun.account_id)
    except SelfApprovalError:
        return page_of(number, said), 403
    except (ChangedMeanwhileError, StaleTranslationError, StepRefusedError):
        return page_of(number, said, changed=True), 409
    except (LongCommentError, OpinionsMissingError, BlockedTextError) as refused:
        said.errors.update(_said_of(refused))
        return page_of(number, said), 422
    _say_decided(said.decision, translation)
    return redirect(_next_after(number), 303)


def _said_of(refused: Exception) -> dict[str, str]:
    """Return what is said about a decision that was refused, by field."""
    if isinstance(refused, LongCommentError):
        return {"comment": too_long()}
    if isinstance(refused, OpinionsMissingError):
        return {"decision": missing_said(refused.missing)}
    return {"decision": _("A check refuses this text, so that it cannot be approved.")}


@pages.post("/review/<int(max=2147483647):number>/take-back")
@needs(Permission.TRANSLATION_REVIEW)
def take_one_back(number: int) -> AnyResponse | tuple[str, int]:
    """Take one's own decision back, as long as no release holds what it approved."""
    try:
        with writing() as (session, begun):
            translation = translation_for(session, number, begun.account)
            take_back(session, translation, by=begun.account_id, now=datetime.now(UTC))
    except NotTheReviewerError:
        return page_of(number, Said(), stays=_("Only who decided can take it back.")), 403
    except TooLateError:
        return page_of(number, Said(), stays=_stays()), 409
    flash(_("Your decision is taken back: the text waits again."))
    return redirect(url_for("review.show_one", number=number, **Chosen.here().asked), 303)


@pages.get("/review/together")
@needs(Permission.TRANSLATION_REVIEW)
def show_together() -> str:
    """List texts that no check finds anything in, each in full, to be approved in one go."""
    return _page_together(ticked=True)


@pages.post("/review/together")
@needs(Permission.TRANSLATION_REVIEW)
def approve_together() -> AnyResponse | tuple[str, int]:
    """Approve the texts that were listed and ticked, each by itself, but for those that changed meanwhile."""
    numbers = request.form.getlist("text", type=number_in_address)[:_A_PAGE]
    if not numbers:
        return _page_together(ticked=False), 422
    with writing() as (session, begun):
        seen = {
            translation_for(session, number, begun.account): request.form.get(f"seen-{number}", "")
            for number in dict.fromkeys(numbers)
        }
        approved, left = approve_as_seen(session, seen, by=begun.account_id, now=datetime.now(UTC))
        names = [_beginning(session, translation) for translation in left]
    if done := len(approved):
        flash(ngettext("%(num)s text is approved.", "%(num)s texts are approved.", done))
    for name in names:
        flash(_("Left out, because it changed or was decided meanwhile: %(text)s", text=name), "left")
    return redirect(url_for("review.show", **Chosen.here().asked), 303)


def _account() -> Account:
    return account_here() or abort(403)


def translation_for(session: Session, number: int, account: Account) -> Translation:
    """Return a translation that an account may look at here: of a language that it may review."""
    translation = session.get(Translation, number) or abort(404)
    if not account.may(Permission.TRANSLATION_REVIEW, translation.unit.language):
        abort(403)
    return translation


def page_of(
    number: int, said: Said, *, changed: bool = False, stays: str = "", comment: str | None = None
) -> str:
    """Return the page of a text with what a reviewer has said; `comment` is None for what the form holds."""
    session = db.session()
    session.rollback()  # of what was begun and refused, and so that all is read anew
    account = _account()
    translation = translation_for(session, number, account)
    now, chosen = datetime.now(UTC), Chosen.here()
    (sheet,) = sheets_of(session, [translation], now=now)
    unit = translation.unit
    return render_template(
        "staff/review_one.html",
        in_place=_in_place(session, account, sheet),
        chosen=chosen,
        ways=neighbours(session, account, chosen, number, now=now),
        demand=demand_in(session, unit.message.domain_id, unit.language),
        missing=missing_opinions(session, translation, by=account.id),
        opinions=opinions_on(session, number),
        speakers=speakers(session, translation, but=account.id),
        backs=backs_of(session, sheet),
        strangers=strangers(session, translation, but=account.id),
        reviewers=reviewers_of(session, translation),
        account=account,
        sheet=sheet,
        said=said,
        changed=changed,
        stays=stays,
        in_force=review_in_force(session, translation.id),
        can_take_back=can_take_back(session, translation, by=account.id),
        own=translation.author_id == account.id,
        others=others_who_may(
            session, Permission.TRANSLATION_REVIEW, but=account.id, language=sheet.language
        ),
        history=history_of(session, translation),
        dismissed=dismissed(session, translation),
        **talk_beside(session, translation.unit, account, comment=comment),
    )


def _in_place(session: Session, account: Account, sheet: Sheet) -> str | None:
    """Return where the text is seen on its page, for whoever may look at pages in its language."""
    into = site().languages.by_tag(sheet.language)
    if into is None or not account.may(Permission.TRANSLATION_READ, sheet.language):
        return None
    titles = titles_by_domain(session, sheet.domain.id)
    appeal = titles[sheet.domain.id][0] if sheet.domain.id in titles else None
    return seen_in_place(session, sheet.translation.unit, into, domain=sheet.domain.name, appeal=appeal)


def _page_together(*, ticked: bool) -> str:
    chosen = Chosen.here()
    sheets = _faultless(chosen)
    errors = {} if ticked or not sheets else {"texts": _("Tick at least one text.")}
    return render_template("staff/together.html", chosen=chosen, sheets=sheets, ticked=ticked, errors=errors)


def _stays() -> str:
    return _("It stays as it is: a release may hold it already, or something newer has taken its place.")


def _say_decided(decision: Decision, translation: Translation) -> None:
    """Say what was decided; the category is the text's number, so that the page can lead back to it."""
    text, number = _beginning(db.session(), translation), str(translation.id)
    if decision is Decision.APPROVE:
        flash(_("Approved: %(text)s Readers see it with the next release, not before.", text=text), number)
    elif decision is Decision.CHANGES:
        flash(_("Changes asked for: %(text)s The author reads your reason.", text=text), number)
    else:
        flash(_("Rejected: %(text)s The author reads your reason.", text=text), number)


def _own_decisions(session: Session, account: Account) -> list[Review]:
    """Return what an account decided lately and can still take back, newest first."""
    newest = newest_reviews_by(session, account.id, most=_A_PAGE)
    return [review for review in newest if can_take_back(session, review.translation, by=account.id)]


def _beginning(session: Session, translation: Translation) -> Markup:
    message = translation.unit.message
    return short(message.msgid, domain_numbered(session, message.domain_id).source_language)


def _next_after(number: int) -> str:
    """Return the address of the next text that one may decide on, or of the queue if there is none."""
    session, account, chosen = db.session(), _account(), Chosen.here()
    for place in (number, 0):
        following = neighbours(session, account, chosen, place, now=datetime.now(UTC)).after
        if following is not None:
            return url_for("review.show_one", number=following, **chosen.asked)
    return url_for("review.show", **chosen.asked)


def _faultless(chosen: Chosen) -> list[Sheet]:
    session, account = db.session(), _account()
    others = [
        translation
        for translation in chosen.texts(session, account, most=LOOKED_THROUGH)
        if translation.author_id != account.id and not missing_opinions(session, translation, by=account.id)
    ]
    sheets = [sheet for sheet in sheets_of(session, others, now=datetime.now(UTC)) if sheet.is_faultless]
    return sheets[:_A_PAGE]
