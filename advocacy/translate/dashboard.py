"""The first page: how far one's languages are, what waits for one, what happened to one's texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, render_template, request

from advocacy.extensions import db
from advocacy.models import Account, Notice
from advocacy.models.account import accounts_with
from advocacy.models.calls import open_calls
from advocacy.models.notice import news_of
from advocacy.models.own_texts import reasons_for, texts_waiting
from advocacy.rules.notices import CALLS, NEWS
from advocacy.rules.permissions import Permission
from advocacy.rules.review import TranslationState
from advocacy.rules.translation import UnitStatus
from advocacy.translate.places import Place, account_at_work, languages_of, place_of
from advocacy.translate.progress import HEIGHT, WEEKS, Chart, chart_of, first_day
from advocacy.translate.words import STATUSES, person_name, status_name
from advocacy.web.access import needs
from advocacy.web.news_words import amount_line, headline
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site
from advocacy.web.standing_places import path_in_place
from advocacy.web.standings import Standing

pages = Blueprint("workbench", __name__, url_prefix="/translate")

_MOST_WAITING, _MOST_NEWS = 20, 8
_TOLD = tuple(kind for kind in NEWS if kind not in CALLS)
"""The kinds that say what happened; what one is called for waits beside them."""
_ALL_WAITING = 500
"""More than anybody looks through on one page."""
_MANY, _SOME = 100, 10


@dataclass(frozen=True, slots=True)
class Share:
    """How many units have a status, and where that lies on a bar, in hundredths of its length."""

    status: UnitStatus
    name: str
    count: int
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a place is, how it came there, and whether there is something nobody has translated."""

    place: Place
    shares: list[Share]
    total: int
    untranslated: bool
    chart: Chart | None

    @property
    def in_place(self) -> str:
        """The address where its texts are seen on their pages."""
        return path_in_place(self.place.into, f"appeals/{self.place.appeal}" if self.place.appeal else "")


@pages.get("/")
@needs(Permission.TRANSLATION_READ)
def show() -> str:
    """Show one's languages and texts."""
    session, account, today = db.session(), account_at_work(), datetime.now(UTC).date()
    languages = languages_of(account)
    tags = [one.tag for one in languages]
    now = site().standings.now(session)
    standing, approved = now.of(tags), now.approved_since(first_day(today))
    places = {
        (domain.id, into.tag): place_of(domain, into, standing.titles.get(domain.id))
        for into in languages
        for domain in standing.domains
    }
    most = _ALL_WAITING if request.args.get("waiting") == "all" else _MOST_WAITING
    waiting = texts_waiting(session, account.id, tags, most=most + 1)
    more_wait, waiting = len(waiting) > most, waiting[:most]
    sent_back = [one.id for one in waiting if one.state is TranslationState.CHANGES_REQUESTED]
    news = news_of(session, account.id, kinds=_TOLD, most=_MOST_NEWS)
    calls = open_calls(session, account.id, most=_MOST_WAITING)
    return render_template(
        "translate/dashboard.html",
        progress=[
            (
                into,
                [
                    _progress(place, key, standing, chart_of(approved.get(key, {}), today))
                    for key, place in places.items()
                    if place.into == into and key in standing.counts
                ],
            )
            for into in languages
        ],
        places=places,
        calls=[call for call in calls if (call.domain_id, call.language) in places],
        waiting=waiting,
        more_wait=more_wait and most < _ALL_WAITING,
        reasons=reasons_for(session, sent_back),
        news=news,
        reviewers=_reviewers(news),
        milestone=_milestone(now.approved_of(account.id, most=_MANY)),
        may_write={into.tag for into in languages if account.may(Permission.TRANSLATION_WRITE, into.tag)},
        headline=headline,
        amount_line=amount_line,
        height=HEIGHT,
        weeks=WEEKS,
        person_name=lambda one: person_name(one, me=account.id),
    )


def _progress(place: Place, key: tuple[int, str], standing: Standing, chart: Chart | None) -> Progress:
    counts = standing.counts[key]
    total = sum(counts.values())
    shares, start = [], 0.0
    for status in STATUSES:
        length = 100 * counts.get(status, 0) / total
        shares.append(Share(status, status_name(status), counts.get(status, 0), start, length))
        start += length
    return Progress(place, shares, total, UnitStatus.UNTRANSLATED in counts, chart)


def _reviewers(news: Sequence[Notice]) -> dict[int, Account]:
    """Return who decided what is told, by account id: asked for at once, not one by one."""
    return accounts_with(
        db.session(),
        {one.review.reviewer_id for one in news if one.review and one.review.reviewer_id is not None},
    )


def _milestone(approved: int) -> str:
    """Return a sentence on how many of one's texts were approved, at the first, the tenth, the hundredth."""
    if approved >= _MANY:
        return _("A hundred of your texts have been approved. Thank you for all of them.")
    if approved >= _SOME:
        return _("Ten of your texts have been approved. Thank you.")
    if approved:
        return str(
            _("Your first text has been approved. Thank you: somebody will read it in their language.")
        )
    return ""
