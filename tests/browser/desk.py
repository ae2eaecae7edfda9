"""A translator's desk on the running platform, in Korean or in Arabic, and how she goes about it.

Arabic is written from right to left and has six plural forms; what is right for both is right for most.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from advocacy.actions.add_account import add_account
from advocacy.actions.decide import decide
from advocacy.actions.propose import Proposal, propose
from advocacy.actions.sign_in import sign_out_everywhere
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.extensions import begin_writing, db
from advocacy.models import Domain, Translation, Unit
from advocacy.models.account import account_by_email
from advocacy.models.domain import domain_by_name
from advocacy.models.translation import translations_of
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES, Language, Languages, with_more
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision
from tests.browser.test_keyboard import move
from tests.browser.visitor import Visitor, Walk
from tests.factories import NOW
from tests.people import PASSWORD

KOREAN, ENGLISH = LANGUAGES.by_tag("ko"), LANGUAGES.source
ARABIC = with_more(["ar"]).by_tag("ar")

SOURCES = (
    Source(None, "Thank you, %(name)s.", None, ("python-format",), "Warm."),
    Source(None, "%(count)s letter", "%(count)s letters", ("python-format",)),
    Source("end", "Every signature is a light."),
)
THANKS, LETTERS, LIGHT = range(3)
"""The places of the sources."""


@dataclass(frozen=True)
class Words:
    """What somebody writes in a language: good texts for the sources, and others."""

    thanks: str
    bare_thanks: str
    """Without its placeholder, so that it cannot be submitted."""
    letters: tuple[str, ...]
    light: str
    other_light: str
    unfinished: str
    odd: str
    """What has to be escaped in HTML."""
    question: str
    reason: str
    term: str
    """What a light is called."""
    composed: tuple[str, ...]
    """What an input method shows on the way to the first word of `bare_thanks`."""


WORDS = {
    "ko": Words(
        thanks="%(name)s 님, 고맙습니다.",
        bare_thanks="고맙습니다.",
        letters=("편지 %(count)s통",),
        light="서명 하나하나가 빛입니다.",
        other_light="모든 서명은 빛입니다.",
        unfinished="아직 다 쓰지 못한 글",
        odd='빛 하나하나가 <서명> "입니다".',
        question="맞나요?",
        reason="서명 하나의 무게를 살려 주세요.",
        term="빛",
        composed=("ㄱ", "고", "곰"),
    ),
    "ar": Words(
        thanks="شكرًا لك، %(name)s.",
        bare_thanks="شكرًا لك.",
        letters=(
            "لا رسائل",
            "رسالة واحدة",
            "رسالتان",
            "%(count)s رسائل",
            "%(count)s رسالة",
            "%(count)s رسالة",
        ),
        light="كل توقيع نور.",
        other_light="في كل توقيع نور.",
        unfinished="نص لم يكتمل بعد",
        odd='كل <توقيع> "نور".',
        question="هل هذا صحيح؟",
        reason="أبرز قيمة كل توقيع على حدة.",
        term="نور",
        composed=("ش", "شك", "شكرا"),
    ),
}
EITHER_WAY = pytest.mark.parametrize(
    ("desk", "javascript"),
    [(KOREAN, True), (ARABIC, True), (KOREAN, False)],
    ids=["ko", "ar", "ko-no-javascript"],
    indirect=["desk"],
)
"""A desk in both languages, and once without JavaScript."""
IN_KOREAN = pytest.mark.parametrize("desk", [KOREAN], ids=["ko"], indirect=True)
"""Where the language makes no difference to what is tried."""
_numbers = count(1)


class Desk:
    """A translator of one language, with a domain of her own."""

    def __init__(self, app: Flask, into: Language) -> None:
        self.app, self.into, self.words = app, into, WORDS[into.tag]
        number = next(_numbers)
        self.domain, self.name = f"journey-{number}", f"Mina {number}"
        with self.writing() as session:
            Domain.named(session, self.domain, source_language="en")
            session.flush()
            self.email, self.another = self.add_person("mina"), ""
        self.take_in(*SOURCES)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction on the platform's own database."""
        with self.app.app_context():
            session = begin_writing(db.session())
            yield session
            session.commit()

    def add_person(self, name: str, *roles: tuple[Role, str | None]) -> str:
        """Somebody who translates into the language, or has `roles`; returns her address."""
        number = self.domain.rsplit("-", 1)[-1]
        email = f"{name}{number}@example.org"
        add_account(
            db.session(),
            name=f"{name.title()} {number}",
            email=email,
            password=PASSWORD,
            roles=roles or [(Role.TRANSLATOR, self.into.tag)],
            by="operator",
            now=NOW,
        )
        return email

    def take_in(self, *sources: Source) -> None:
        """Make these the domain's messages: with no unit but in the one language, as few as can be."""
        with self.writing() as session:
            domain = domain_by_name(session, self.domain)
            sync_messages(session, domain, sources, Languages([self.into, ENGLISH]))

    def walk(self, width: int = 0, *, javascript: bool = True) -> Walk:
        """How she comes; by default in a wide window for Korean with JavaScript, else in a narrow one."""
        usual = 1280 if self.into == KOREAN and javascript else 360
        return Walk(self.into, width or usual, javascript=javascript)

    def units(self) -> list[Unit]:
        """The domain's units; only within `writing` or a context of the app."""
        return units_in(db.session(), domain_by_name(db.session(), self.domain).id, self.into.tag)

    def path(self, place: int | None = None) -> str:
        path = f"/translate/{self.into.slug}/{self.domain}"
        if place is None:
            return path
        with self.app.app_context():
            return f"{path}/{self.units()[place].id}"

    def texts(self, place: int) -> list[tuple[str, str]]:
        """State and first form of what was proposed for the unit there, newest first."""
        return [(state, forms[0]) for state, forms in self.forms(place)]

    def forms(self, place: int) -> list[tuple[str, tuple[str, ...]]]:
        """State and all forms of the same."""
        with self.app.app_context():
            found = translations_of(db.session(), self.units()[place].id)
            return [(text.state.value, tuple(text.texts)) for text in found]

    def judge(self, place: int, text: str | tuple[str, ...], decision: Decision, reason: str = "") -> None:
        """Have the translator submit a text, or one of several forms, and somebody decide on it."""
        number = self.write(place, *([text] if isinstance(text, str) else text))
        with self.writing() as session:
            email = self.add_person(f"rio-{place}{decision.value}-", (Role.REVIEWER, self.into.tag))
            by, found = account_by_email(session, email).id, session.get_one(Translation, number)
            decide(session, found, decision, by=by, now=datetime.now(UTC), reason=reason)

    def write(self, place: int, *texts: str, email: str = "", submit: bool = True) -> int:
        """Have somebody, by default the translator, write a text; returns its id."""
        with self.writing() as session:
            by = account_by_email(session, email or self.email).id
            proposal = Proposal(texts=texts, submit=submit)
            return propose(session, self.units()[place], proposal, by=by, now=datetime.now(UTC)).id

    def somebody_writes(self, place: int, *texts: str) -> None:
        """Have another translator of the language submit a text."""
        if not self.another:
            with self.writing():
                self.another = self.add_person("yuri")
        self.write(place, *texts, email=self.another)

    def end_her_session(self) -> None:
        with self.writing() as session:
            sign_out_everywhere(session, account_by_email(session, self.email), now=NOW)


def fill_in_who_one_is(page: Page, email: str) -> None:
    """Sign in on the page that asks for it."""
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.press("#password", "Enter")


def sign_in(visitor: Visitor, email: str, path: str) -> None:
    """Ask for a page in her language, and sign in to see it."""
    visitor.page.goto(f"{path}{'&' if '?' in path else '?'}language={visitor.language.slug}")
    fill_in_who_one_is(visitor.page, email)


def tab_to(page: Page, selector: str, *, most: int = 60) -> None:
    """Go there by the keyboard alone, the focus plain to see all the way."""
    for _ in range(most):
        move(page, "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached")


def go_by(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)
