"""Forty texts from nothing to live by two translators, a reviewer and two of the staff, presses counted.

After signing in nobody types an address: where no link leads on, the journey ends, and the test fails.
"""

from collections import Counter
from collections.abc import Callable
from itertools import count

import pytest
from flask import Flask

from advocacy.actions.add_account import add_account
from advocacy.actions.sync_messages import sync_messages
from advocacy.extensions import begin_writing, db
from advocacy.models import Domain
from advocacy.models.domain import domain_by_name
from advocacy.models.release import live_now
from advocacy.rules.languages import with_more
from advocacy.rules.permissions import Role
from tests.browser.desk import ARABIC, KOREAN, sign_in
from tests.browser.forty import sources, translations
from tests.browser.test_joining import set_up_app
from tests.browser.visitor import Visitor, Walk
from tests.counted import COUNTED
from tests.factories import NOW
from tests.people import PASSWORD

PAGES = {
    "the translator's dashboard",
    "a text to translate",
    "a text with plural forms to translate",
    "the list of texts",
    "the queue",
    "texts to approve together",
    "a text to decide on",
    "a text with plural forms to decide on",
    "the queue when all is decided",
    "the desk",
    "the releases",
    "what was prepared",
    "a release to confirm",
    "the releases with one live",
    "the live release",
}
"""Each kind of page on the way, looked at once in each language."""

WITHOUT_TERMS = """source => {
  const copy = source.cloneNode(true);
  copy.querySelectorAll("rt, rp").forEach(part => part.remove());
  return copy.textContent;
}"""
"""The words of a source, without what the glossary puts over them."""

_numbers = count(1)


class Journey:
    """The people, by what they do, their domain of forty texts, and what they have done and seen so far."""

    ROLES = (Role.TRANSLATOR, Role.TRANSLATOR, Role.REVIEWER, Role.EDITOR, Role.PUBLISHER)

    def __init__(self, app: Flask, walk: Walk) -> None:
        number = next(_numbers)
        self.app, self.walk, self.into, self.domain = app, walk, walk.language, f"forty-{number}"
        self.emails = [f"forty{number}-{place}@example.org" for place in range(len(self.ROLES))]
        self.words = translations(self.into.tag)
        self.done: Counter[str] = Counter()
        self.seen: set[str] = set()
        with app.app_context():
            session = begin_writing(db.session())
            domain = Domain.named(session, self.domain, source_language="en")
            sync_messages(session, domain, sources(), with_more([ARABIC.tag]))
            for place, (role, email) in enumerate(zip(self.ROLES, self.emails, strict=True)):
                add_account(
                    session,
                    name=f"Forty {number} {place}",
                    email=email,
                    password=PASSWORD,
                    roles=[(role, self.into.tag if role.of_language else None)],
                    by="operator",
                    now=NOW,
                )
            session.commit()

    @property
    def texts(self) -> str:
        """Where the addresses of the texts begin, to the translators."""
        return f"/translate/{self.into.slug}/{self.domain}"

    @property
    def releases(self) -> str:
        return f"/staff/releases/{self.domain}"

    def live_texts(self) -> int:
        with self.app.app_context():
            session = db.session()
            live = live_now(session, domain_by_name(session, self.domain).id)
            return next(one.translated for one in live.release.catalogs if one.language == self.into.tag)


class Person:
    """Somebody on the journey: she presses links, buttons and keys and fills in fields, all counted."""

    def __init__(self, visitor: Visitor, journey: Journey) -> None:
        self.visitor, self.page, self.journey = visitor, visitor.page, journey

    def sees(self, selector: str) -> bool:
        return self.page.locator(selector).first.is_visible()

    def press(self, selector: str) -> None:
        self._go(self.page.locator(selector).first.click)

    def keys(self, keys: str) -> None:
        self._go(lambda: self.page.keyboard.press(keys))

    def fill(self, name: str, text: str) -> None:
        self.page.fill(f"[name={name}]", text)
        self.journey.done["filled in"] += 1

    def look_at(self, kind: str) -> None:
        """Find no barrier in a kind of page, the first time that somebody comes to one."""
        if kind in self.journey.seen:
            return
        self.journey.seen.add(kind)
        self.page.wait_for_load_state()
        assert self.visitor.barriers() == [], kind
        assert not self.visitor.scrolls_sideways(), kind

    def _go(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded") as caught:
            act()
        assert caught.value.status == 200, (self.page.url, caught.value.status)
        self.journey.done["pressed"] += 1


@pytest.fixture(params=[Walk(KOREAN, 1280), Walk(ARABIC, 360)], ids=str)
def journey(behind, request) -> Journey:
    return Journey(behind, request.param)


def translate_next(does: Person) -> bool:
    """Translate the text that is open, which leads to the next; returns whether there was one."""
    if not does.sees("#editor"):
        return False
    assert not does.sees("main p.note")  # nobody else is at what is offered
    texts = does.journey.words[does.page.locator(".sheet-text[lang=en]").first.evaluate(WITHOUT_TERMS)]
    fields = [one.get_attribute("name") for one in does.page.locator("#editor .forms textarea").all()]
    does.look_at("a text to translate" if fields == ["text"] else "a text with plural forms to translate")
    for name, text in zip(fields, texts, strict=True):
        does.fill(name, text)
    does.keys("Control+Enter")
    if not does.sees("#editor"):
        does.look_at("the list of texts")
    return True


def translate(people: list[Person]) -> None:
    """Take turns with what the workbench offers next, until it offers nothing more."""
    for does in people:
        does.look_at("the translator's dashboard")
        does.press(f"main a.btn[href^='{does.journey.texts}/']")
    at_work = people
    while at_work:
        at_work = [does for does in at_work if translate_next(does)]


def review(does: Person) -> None:
    """Approve a text with plural forms, what no check finds fault with together, and the rest one by one."""
    if does.sees(f"main nav a[href$='domain={does.journey.domain}']"):  # only where others wait as well
        does.press(f"main nav a[href$='domain={does.journey.domain}']")
    does.look_at("the queue")
    does.press("main tr:has-text('%(count)s') td a")
    does.look_at("a text with plural forms to decide on")
    does.press("button[value=approve]")
    does.press("main .crumbs a")
    together, one = "main a[href^='/staff/review/together']", "main td a[href^='/staff/review/']"
    while does.sees(together):
        does.press(together)
        does.look_at("texts to approve together")
        if not does.sees("form#texts button"):
            does.press("main .note a")
            break
        does.press("form#texts button")
    if does.sees(one):
        does.press(one)
    while does.sees("button[value=approve]"):
        does.look_at("a text to decide on")
        does.press("button[value=approve]")
    does.look_at("the queue when all is decided")


def publish(editor: Person, publisher: Person) -> None:
    """Prepare a release and have somebody else confirm it, each from her desk."""
    releases = editor.journey.releases
    editor.look_at("the desk")
    editor.press(f"main a[href='{releases}']")
    editor.look_at("the releases")
    editor.press(f"form[action='{releases}/prepare'] button")
    editor.look_at("what was prepared")
    publisher.press(f"main a[href='{releases}']")
    publisher.press(f"main a.btn[href='{releases}/1']")
    publisher.look_at("a release to confirm")
    publisher.press(f"form[action='{releases}/1/confirm'] button")
    publisher.look_at("the releases with one live")
    publisher.press(f"main a[href='{releases}/1']")
    publisher.look_at("the live release")


def test_forty_texts_go_from_nothing_to_live(visit, journey, record_property):
    def come(place: int, path: str) -> Person:
        does = Person(visit(journey.walk), journey)
        sign_in(does.visitor, journey.emails[place], path)
        return does

    def come_to_the_desk(place: int) -> Person:
        does = come(place, "/staff/")
        set_up_app(does.page)
        does.press("main a.btn")  # the codes are written down, and on to the desk
        return does

    translate([come(0, "/translate/"), come(1, "/translate/")])
    review(come(2, "/staff/review"))
    publish(come_to_the_desk(3), come_to_the_desk(4))
    assert journey.live_texts() == len(journey.words) == 40
    assert journey.seen == PAGES
    done = journey.done
    assert done["filled in"] == sum(map(len, journey.words.values()))
    amount = f"{done['pressed']} presses, {done['filled in']} fields filled in"
    record_property(COUNTED, f"40 texts from nothing to live, in {journey.into.tag}: {amount}")
