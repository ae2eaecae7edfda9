"""Forty texts from nothing to live by two translators, a reviewer and two of the staff, presses counted."""

import re
from collections import Counter
from itertools import count

import pytest

from advocacy import create_app
from advocacy.actions.add_account import add_account
from advocacy.actions.sync_messages import Source
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.models.domain import domain_by_name
from advocacy.models.release import live_now
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from tests.browser.test_joining import set_up_app, sign_in
from tests.browser.visitor import Visitor, Walk
from tests.factories import NOW, make_domain
from tests.people import PASSWORD

KOREAN = LANGUAGES.by_tag("ko")
HALVES = {"Morning": "아침", "Evening": "저녁"}
EACH = 20
_numbers = count(1)


def source(half: str, number: int) -> str:
    return (
        f"{half} letter {number} is for %(name)s." if number % 5 == 0 else f"{half} letter {number} is read."
    )


def translation(text: str) -> str:
    """What a translator of Korean makes of one of the sources."""
    half, number = re.match(r"(\w+) letter (\d+)", text).groups()
    if "%(name)s" in text:
        return f"{HALVES[half]} 편지 {number}번은 %(name)s 님께 드립니다."
    return f"{HALVES[half]} 편지 {number}번을 읽었습니다."


class Presses:
    """What somebody does, counted: a link or button pressed, a field filled in."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.done: Counter[str] = Counter()

    def press(self, selector: str) -> None:
        self._go("pressed", self.page.locator(selector).first.click)

    def keys(self, keys: str) -> None:
        self._go("pressed", lambda: self.page.keyboard.press(keys))

    def fill(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)
        self.done["filled in"] += 1

    def _go(self, what: str, act) -> None:
        with self.page.expect_navigation() as caught:
            act()
        assert caught.value.status == 200, (self.page.url, caught.value.status)
        self.done[what] += 1


class Cast:
    """The people, by what they do, and their domain of forty texts on the running platform."""

    ROLES = (Role.TRANSLATOR, Role.TRANSLATOR, Role.REVIEWER, Role.EDITOR, Role.PUBLISHER)

    def __init__(self, app, number: int) -> None:
        self.app, self.domain = app, f"forty-{number}"
        self.emails = [f"forty{number}-{place}@example.org" for place in range(len(self.ROLES))]
        with app.app_context():
            session = begin_writing(db.session())
            texts = [source(half, number) for half in HALVES for number in range(1, EACH + 1)]
            sources = [Source(None, text, flags=("python-format",) * ("%" in text)) for text in texts]
            make_domain(session, *sources, name=self.domain)
            for place, (role, email) in enumerate(zip(self.ROLES, self.emails, strict=True)):
                add_account(
                    session,
                    name=f"Forty {number} {place}",
                    email=email,
                    password=PASSWORD,
                    roles=[(role, "ko" if role.of_language else None)],
                    by="operator",
                    now=NOW,
                )
            session.commit()

    def live_texts(self) -> int:
        with self.app.app_context():
            session = db.session()
            live = live_now(session, domain_by_name(session, self.domain).id)
            return next(one.translated for one in live.release.catalogs if one.language == "ko")


@pytest.fixture
def cast(site):
    app = create_app(read_settings(site.environ))
    yield Cast(app, next(_numbers))
    with app.app_context():
        db.engine.dispose()


def translate(does: Presses, domain: str, half: str) -> None:
    """Look for one half of the texts, and translate each as the one before leads to it."""
    does.press(f"a[href='/translate/ko/{domain}']")
    does.fill("[name=q]", half)
    does.press("form[role=search] button, form:has([name=q]) button")
    does.press(f"main a[href^='/translate/ko/{domain}/']")
    for _ in range(EACH):
        text = does.page.locator("[lang=en].sheet-text, .sheet-text[lang=en]").first.inner_text()
        does.fill("#text", translation(text))
        does.keys("Control+Enter")


def review(does: Presses, domain: str) -> None:
    """Approve what nothing is found in together, and the rest one by one."""
    does.page.goto(f"/staff/review?domain={domain}")
    while does.page.locator(f"a[href^='/staff/review/together'][href*='{domain}']").count():
        does.press(f"a[href^='/staff/review/together'][href*='{domain}']")
        if not does.page.locator("form#texts button").count():
            does.press("main a.inlink[href*='/staff/review']")
            break
        does.press("form#texts button.btn")
    while does.page.locator("main a[href^='/staff/review/']:not([href*=together])").count():
        does.press("main a[href^='/staff/review/']:not([href*=together])")
        if not does.page.locator("button[value=approve]").count():
            break
        does.press("button[value=approve]")
        does.page.goto(f"/staff/review?domain={domain}")


def test_forty_texts_go_from_nothing_to_live(visit, cast, record_property):
    done: Counter[str] = Counter()

    def come(place: int, path: str, *, staff: bool = False) -> Presses:
        does = Presses(visit(Walk(KOREAN, 1280)))
        sign_in(does.page, cast.emails[place], "ko", path)
        if staff:
            set_up_app(does.page)
            does.page.goto(path)
        return does

    people = [come(0, "/translate/"), come(1, "/translate/")]
    for does, half in zip(people, HALVES, strict=True):
        translate(does, cast.domain, half)
    people.append(come(2, "/staff/review"))
    review(people[2], cast.domain)
    releases = f"/staff/releases/{cast.domain}"
    people += [come(3, releases, staff=True), come(4, releases, staff=True)]
    people[3].press("form[action$='/prepare'] button")
    people[4].page.goto(releases)
    people[4].press(f"a[href='{releases}/1']")
    people[4].press("form[action$='/confirm'] button")
    assert cast.live_texts() == 2 * EACH
    done = sum((does.done for does in people), Counter())
    record_property("presses", done["pressed"])
    print(f"40 texts: {done['pressed']} presses, {done['filled in']} fields filled in")  # noqa: T201
    assert done["filled in"] == 2 * EACH + 2
