"""What is new for whoever is signed in, and how often mail about it comes."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.digest import set_rhythm
from advocacy.actions.tasks import Task, tasks_of
from advocacy.extensions import begin_writing, db
from advocacy.models import Account, Notice
from advocacy.models.domain import all_domains
from advocacy.models.notice import news_of
from advocacy.models.release import domains_to_confirm
from advocacy.rules.notices import NoticeKind, Rhythm
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs, public
from advocacy.web.addresses import number_in_address
from advocacy.web.news_words import amount_line, headline
from advocacy.web.people import account_here, writing
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site

pages = Blueprint("news", __name__, url_prefix="/account")

_A_PAGE = 30
_TASK_PAGES = {
    NoticeKind.APPLICATION: "people.show",
    NoticeKind.NAME: "names.show",
    NoticeKind.TYPO: "typos.show",
    NoticeKind.REVIEW: "review.show",
    NoticeKind.SOURCE: "questions.show",
    NoticeKind.TERM: "terms.show",
}


@pages.get("/news")
@needs(Permission.PROFILE_EDIT)
def show() -> str:
    """Show what waits, and what is new."""
    account, session = account_here(), db.session()
    if account is None:
        raise AssertionError("the page is for people who are signed in")
    before = request.args.get("before", type=number_in_address)
    found = news_of(session, account.id, before=before, most=_A_PAGE + 1)
    return render_template(
        "account/news.html",
        tasks=[(task, _task_address(session, task, account)) for task in tasks_of(session, account)],
        news=found[:_A_PAGE],
        more=found[_A_PAGE - 1].id if len(found) > _A_PAGE else None,
        before=before,
        texts=_text_addresses(session, found[:_A_PAGE], account),
        amount_line=amount_line,
        headline=headline,
    )


@pages.post("/news")
@needs(Permission.PROFILE_EDIT)
def take_read() -> AnyResponse:
    """Mark as read what the page showed, up to its newest."""
    newest = request.form.get("newest", type=number_in_address) or 0
    with writing() as (session, begun):
        unread = Notice.account_id == begun.account_id, Notice.id <= newest, Notice.read_at.is_(None)
        session.execute(update(Notice).where(*unread).values(read_at=datetime.now(UTC)))
    return redirect(url_for("news.show"), 303)


@pages.post("/mail")
@needs(Permission.PROFILE_EDIT)
def take_rhythm() -> AnyResponse:
    """Take how often mail comes, and in which language."""
    rhythm = next((one for one in Rhythm if one == request.form.get("rhythm")), None)
    chosen = site().languages.by_tag(request.form.get("mail_language", ""))
    if rhythm is not None:
        with writing() as (session, begun):
            set_rhythm(session, begun.account, rhythm, language=chosen.tag if chosen else None)
        flash(_("Your choice is kept."))
    return redirect(url_for("profile.show"), 303)


@pages.get("/no-more-mail/<token>")
@public
def show_no_mail(token: str) -> str | tuple[str, int]:
    """Ask whether no more mail is to come: whoever opens a link has not said so yet."""
    return _no_mail_page(token)


@pages.post("/no-more-mail/<token>")
@public
def take_no_mail(token: str) -> str | tuple[str, int]:
    """Send no more mail about what is new; a mail program's own button may say so (RFC 8058)."""
    number = _account_of(token)
    if number is not None:
        session = begin_writing(db.session())
        account = session.get(Account, number)
        if account is not None:
            set_rhythm(session, account, Rhythm.OFF)
        session.commit()
    return _no_mail_page(token, done=True)


def no_mail_token(account_id: int) -> str:
    """Return what a mail's link names an account by, and nobody else can make."""
    return str(_signer().dumps(account_id))


def _task_address(session: Session, task: Task, account: Account) -> str:
    """Return where a task is done."""
    if task.kind is NoticeKind.RELEASE:
        names = domains_to_confirm(session, but=account.id)
        return url_for("releases.show", name=names[0]) if len(names) == 1 else url_for("desk.show")
    return url_for(_TASK_PAGES[task.kind], of=task.language)


def _text_addresses(session: Session, news: list[Notice], account: Account) -> dict[int, str]:
    """Return where the text stands that a notice (by id) is about, if the account may read it there.

    Not where it is to be read blind: the source stands there.
    """
    names = {domain.id: domain.name for domain in all_domains(session)}
    found = {}
    for one in news:
        unit = None if one.kind is NoticeKind.BACK else one.unit
        into = site().languages.by_tag(unit.language) if unit and not unit.message.obsolete else None
        if unit and into and account.may(Permission.TRANSLATION_READ, into.tag):
            domain, place = names[unit.message.domain_id], "comments" if one.comment_id else None
            found[one.id] = url_for("editor.show", into=into, domain=domain, number=unit.id, _anchor=place)
    return found


def _account_of(token: str) -> int | None:
    try:
        return int(_signer().loads(token))
    except (BadSignature, ValueError, TypeError):
        return None


def _no_mail_page(token: str, *, done: bool = False) -> str | tuple[str, int]:
    broken = _account_of(token) is None
    page = render_template("account/no_mail.html", broken=broken, done=done)
    return (page, 404) if broken else page


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(site().settings.secret_key, salt="no more mail")
