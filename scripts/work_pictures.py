"""The pictures of work: a small cast does real things with the first appeal's texts, and is looked at."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from playwright.sync_api import Browser, Page
from sqlalchemy import select

from advocacy import create_app
from advocacy.actions.decide import decide
from advocacy.actions.propose import Proposal, propose
from advocacy.actions.releases import build_release
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.models import Account, Unit
from advocacy.models.domain import domain_by_name
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES, Language
from advocacy.rules.review import Decision
from tests.factories import SLUG
from tests.people import enrol, sign_in
from tests.servers import Platform

DOMAIN = f"appeal-{SLUG}"
SOURCE = f"/staff/appeals/{SLUG}/source"
EDGE = 12
"""Pixels of the page around what a picture shows."""

TRANSLATORS = {"ko": "Haneul", "zh-Hans": "Chen", "zh-Hant": "Lin"}
"""Who of the development cast translates what; Sol reviews and publishes, Eun edits and prepares releases."""

WAITING = {
    "ko": {
        "resolution": "24일에는 이번 강제 송환에 반대하는 결의안이 외교통상부 명의로 "
        "만장일치로 통과되었습니다.",
        "politicians": "이러한 상황을 맞아, 북한 문제를 두고 끊임없이 대립하던 정치권도 "
        "한목소리로 강제 송환에 반대하고 나섰습니다.",
        "innocent-people": "정치적인 이유를 떠나, 죄 없는 이들을 살리는 일에 함께해 주십시오.",
    },
    "zh-Hans": {
        "resolution": "24日，反对此次强制遣返的决议案以外交通商部的名义获得一致通过。",
        "politicians": "面对这一局面，一向在朝鲜问题上争执不休的政界也团结起来，同声反对强制遣返。",
        "innocent-people": "请抛开政治因素，与我们一起营救无辜的人们。",
    },
    "zh-Hant": {
        "resolution": "24日，反對此次強制遣返的決議案以外交通商部的名義獲得一致通過。",
        "politicians": "面對這一局面，一向在北韓問題上爭執不休的政界也團結起來，同聲反對強制遣返。",
        "innocent-people": "請拋開政治因素，與我們一起營救無辜的人們。",
    },
}
"""Better texts by the key of their block, for somebody to review."""

APPROVED = {
    "ko": {"help-us": "정치적인 이유로 처형될 위기에 놓인 탈북자들을 구하는 일에 힘을 보태 주십시오."}
}
"""What the next release brings to readers."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of `path`, seen by `who` in a window `width` pixels wide, from one part to another."""

    name: str
    who: str
    path: str
    width: int
    first: str
    last: str


class Cast:
    """The people whom `advocacy up` makes for development, at work on the platform that is served."""

    def __init__(self, served: Platform) -> None:
        self.served = served
        self._app = create_app(read_settings(served.environ))
        lines = (served.instance / "cast.txt").read_text(encoding="utf-8").splitlines()
        self._passwords = dict(line.split("\t")[:2] for line in lines)
        self._cookies: dict[str, str] = {}

    def work(self) -> None:
        """Write and review texts, and prepare a release."""
        with self._app.app_context():
            session = begin_writing(db.session())
            people = {account.name: account for account in session.scalars(select(Account))}
            now = datetime.now(UTC)
            for tag, name in TRANSLATORS.items():
                units = self._units(tag)
                for texts in (WAITING, APPROVED):
                    for key, text in texts.get(tag, {}).items():
                        proposal = Proposal(texts=[text], submit=True)
                        proposed = propose(session, units[key], proposal, by=people[name].id, now=now)
                        if (tag, key) == ("ko", "resolution"):
                            self.reviewed = proposed.id
                        if texts is APPROVED:
                            decide(session, proposed, Decision.APPROVE, by=people["Sol"].id, now=now)
            domain = domain_by_name(session, DOMAIN)
            self.release = build_release(session, domain, LANGUAGES, by=people["Eun"].id, now=now).number
            self.texts = {tag: self._units(tag)["resolution"].id for tag in TRANSLATORS}
            session.commit()
            db.engine.dispose()

    def _units(self, tag: str) -> dict[str, Unit]:
        domain = domain_by_name(db.session(), DOMAIN)
        return {unit.message.context: unit for unit in units_in(db.session(), domain.id, tag)}

    def cookie(self, name: str) -> dict[str, str]:
        """Return what a browser is known by in which `name` is signed in."""
        if name not in self._cookies:
            client = self._app.test_client()
            email = f"{name.lower()}@example.org"
            sign_in(client, email, self._passwords[email])
            if name not in TRANSLATORS.values():
                enrol(client)
            self._cookies[name] = client.get_cookie("session").value
        return {"name": "session", "value": self._cookies[name], "url": self.served.url}


def shots_for_translators(cast: Cast) -> Iterator[tuple[Language, Shot]]:
    """Yield what the guide in each language shows; where it is English, Korean is translated."""
    for language in LANGUAGES:
        into = LANGUAGES.by_tag("ko") if language == LANGUAGES.source else language
        who, texts = TRANSLATORS[into.tag], f"/translate/{into.slug}/{DOMAIN}"
        in_place = f"/translate/{into.slug}/in-place/appeals/{SLUG}"
        for shot in (
            Shot("editor", who, f"{texts}/{cast.texts[into.tag]}", 640, "header", ".save"),
            Shot("list", who, f"{texts}?mine=yes", 780, ".find", "tbody tr:nth-child(3)"),
            Shot("in-place", who, in_place, 640, "header", ".letter h1 ~ p"),
        ):
            yield language, shot


def shots_for_staff(cast: Cast) -> Iterator[Shot]:
    """Yield what the guides for staff show, which are in English."""
    yield Shot("staff-queue", "Sol", "/staff/review", 900, "h1", "table")
    review = f"/staff/review/{cast.reviewed}"
    yield Shot("staff-review", "Sol", review, 780, ".two", "section:has(#compared)")
    release = f"/staff/releases/{DOMAIN}/{cast.release}"
    yield Shot("staff-release", "Sol", release, 780, "h1", ".lang-card")
    yield Shot("staff-source", "Eun", f"{SOURCE}/help-us", 780, "h1", "form[action$='/help-us']")


def look(browser: Browser, cast: Cast, shot: Shot, language: Language) -> bytes:
    """Return the picture (PNG)."""
    context = browser.new_context(base_url=cast.served.url, color_scheme="light", reduced_motion="reduce")
    context.add_cookies([cast.cookie(shot.who)])
    page = context.new_page()
    page.set_viewport_size({"width": shot.width, "height": 900})
    address = f"{shot.path}{'&' if '?' in shot.path else '?'}language={language.slug}"
    answer = page.goto(address)
    if answer and answer.status == HTTPStatus.SERVICE_UNAVAILABLE:  # just started, it may be busy once
        answer = page.goto(address)
    if answer is None or not answer.ok:
        sys.exit(f"{shot.name} cannot be looked at.")
    if shot.name == "staff-source":
        _mend(page)
    picture = page.screenshot(full_page=True, clip=_cut(page, shot))
    context.close()
    return picture


def _mend(page: Page) -> None:
    """Change the block as an editor would, and have a look at what that does."""
    text = page.locator("#text").input_value()
    page.fill("#text", text.replace("facing executions due to", "facing execution for"))
    with page.expect_navigation():
        page.click("form[action$='/look'] button")


def _cut(page: Page, shot: Shot) -> dict[str, float]:
    """Return where the picture is on the page."""
    first = page.locator(shot.first).first.bounding_box()
    last = page.locator(shot.last).first.bounding_box()
    if first is None or last is None:
        sys.exit(f"{shot.name} does not show what it should.")
    top = max(0, first["y"] - EDGE)
    bottom = last["y"] + last["height"] + EDGE
    return {"x": 0, "y": top, "width": shot.width, "height": bottom - top}
