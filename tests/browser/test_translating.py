"""A translator's way, from signing in to a submitted text, and what her browser does for her."""

from itertools import count

import pytest
from playwright.sync_api import Page

from advocacy import create_app
from advocacy.actions.add_account import add_account
from advocacy.actions.propose import Proposal, propose
from advocacy.actions.sign_in import sign_out_everywhere
from advocacy.actions.sync_messages import Source
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.models import Account, Unit
from advocacy.models.account import account_by_email
from advocacy.models.domain import domain_by_name
from advocacy.models.translation import translations_of
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from tests.browser.test_keyboard import move
from tests.browser.visitor import EVERY_WINDOW, Visitor, Walk
from tests.factories import NOW, make_domain
from tests.people import PASSWORD

KOREAN = LANGUAGES.by_tag("ko")
SOURCES = [
    Source(None, "Thank you, %(name)s.", None, ("python-format",), "Warm."),
    Source(None, "%(count)s letter", "%(count)s letters", ("python-format",)),
    Source("end", "Every signature is a light."),
]
_numbers = count(1)


class Desk:
    """A translator of Korean (and two other languages) with a domain of her own on the running platform."""

    def __init__(self, app) -> None:
        self.app = app
        number = next(_numbers)
        self.domain, self.email = f"journey-{number}", f"translator{number}@example.org"
        with app.app_context():
            session = begin_writing(db.session())
            make_domain(session, *SOURCES, name=self.domain)
            self.add_person(self.email, f"Mina {number}")
            session.commit()

    def add_person(self, email: str, name: str) -> Account:
        roles = [(Role.TRANSLATOR, tag) for tag in ("ko", "zh-Hans", "zh-Hant")]
        return add_account(
            db.session(), name=name, email=email, password=PASSWORD, roles=roles, by="operator", now=NOW
        )

    def units(self) -> list[Unit]:
        return units_in(db.session(), domain_by_name(db.session(), self.domain).id, "ko")

    def path(self, place: int | None = None) -> str:
        with self.app.app_context():
            return f"/translate/ko/{self.domain}" + ("" if place is None else f"/{self.units()[place].id}")

    def texts(self, place: int) -> list[tuple[str, str]]:
        with self.app.app_context():
            found = translations_of(db.session(), self.units()[place].id)
            return [(text.state.value, text.texts[0]) for text in found]

    def somebody_writes(self, place: int, text: str) -> None:
        with self.app.app_context():
            session = begin_writing(db.session())
            other = self.add_person(f"other-{self.email}", f"Yuri of {self.domain}")
            session.flush()
            proposal = Proposal(texts=[text], submit=True)
            propose(session, self.units()[place], proposal, by=other.id, now=NOW)
            session.commit()

    def end_her_session(self) -> None:
        with self.app.app_context():
            session = begin_writing(db.session())
            sign_out_everywhere(session, account_by_email(session, self.email), now=NOW)
            session.commit()


@pytest.fixture
def desk(site):
    app = create_app(read_settings(site.environ))
    yield Desk(app)
    with app.app_context():
        db.engine.dispose()


def sign_in(visitor: Visitor, desk: Desk, path: str) -> None:
    visitor.page.goto(f"{path}?language={visitor.language.slug}")
    visitor.page.fill("#email", desk.email)
    visitor.page.fill("#password", PASSWORD)
    with visitor.page.expect_navigation():
        visitor.page.press("#password", "Enter")


def tab_to(page: Page, selector: str, *, most: int = 40) -> None:
    for _ in range(most):
        move(page, "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached")


def go_by(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_three_actions_lead_from_signing_in_to_a_submitted_text(visit, desk):
    visitor = visit(Walk(KOREAN, 1280))
    page = visitor.page
    page.goto("/translate/?language=ko")
    assert visitor.barriers() == []
    tab_to(page, "#email")
    page.keyboard.type(desk.email)
    tab_to(page, "#password")
    page.keyboard.type(PASSWORD)
    go_by(page, "Enter")  # first: signing in
    assert page.url.endswith("/translate/")
    assert visitor.barriers() == []
    tab_to(page, f"a.btn[href^='{desk.path()}/']", most=400)  # as many as other tests have left
    go_by(page, "Enter")  # second: the next text
    assert visitor.barriers() == []
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type("%(name)s 님, 고맙습니다.")
    go_by(page, "Control+Enter")  # third: submitting it
    assert visitor.sees("Submitted for review. This is the next one.")
    assert desk.texts(0) == [("submitted", "%(name)s 님, 고맙습니다.")]
    assert page.url.endswith(f"{desk.path(1)}?status=untranslated")
    assert page.evaluate("document.activeElement.id") == "text_0"
    assert visitor.barriers() == []


@pytest.mark.parametrize("walk", [Walk(KOREAN, 360, javascript=False)], ids=str)
def test_all_of_it_works_without_javascript(visit, desk, walk):
    visitor = visit(walk)
    page = visitor.page
    sign_in(visitor, desk, "/translate/")
    visitor.press(page.locator(f"a.btn[href^='{desk.path()}/']"))
    page.fill("#text", "고맙습니다.")
    assert visitor.press(page.locator("button[value=submit]")).status == 422
    assert page.input_value("#text") == "고맙습니다."
    page.fill("#text", "%(name)s 님, 고맙습니다.")
    assert visitor.press(page.locator("button[value=submit]")).status == 303
    assert visitor.sees("Submitted for review. This is the next one.")
    assert not page.locator("[data-keys]").is_visible()
    assert not page.locator("[data-kept]").is_visible()
    assert not visitor.scrolls_sideways()


def test_keys_lead_on_and_back_and_are_explained(visit, desk):
    visitor = visit(Walk(KOREAN, 1280))
    page = visitor.page
    sign_in(visitor, desk, desk.path(1))
    go_by(page, "Alt+ArrowDown")
    assert page.url.endswith(desk.path(2))
    page.keyboard.press("Alt+ArrowDown")  # there is no other
    go_by(page, "Alt+ArrowUp")
    assert page.url.endswith(desk.path(1))
    page.keyboard.press("?")
    assert page.input_value("#text_0") == "?"
    assert not page.locator("dialog").is_visible()
    page.locator("h2").first.click()
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    assert visitor.barriers() == []
    page.check("#quiet-keys")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not page.locator("dialog").is_visible()
    visitor.button("Keys").click()
    assert page.locator("dialog").is_visible()


def test_a_key_that_belongs_to_an_input_method_does_nothing_else(visit, desk):
    visitor = visit(Walk(KOREAN, 1280))
    page = visitor.page
    sign_in(visitor, desk, desk.path(2))
    page.fill("#text", "서명 하나하나가 빛입니다.")
    begun = page.evaluate(
        """() => ["Enter", "ArrowUp"].map(key => document.querySelector("#text").dispatchEvent(
             new KeyboardEvent("keydown", {key, ctrlKey: key == "Enter", altKey: key != "Enter",
               isComposing: true, bubbles: true, cancelable: true})))"""
    )
    assert begun == [True, True]  # nobody has taken them
    page.wait_for_timeout(300)
    assert page.url.endswith(desk.path(2)) or f"{desk.path(2)}?" in page.url
    assert desk.texts(2) == []
    go_by(page, "Control+Enter")
    assert desk.texts(2) == [("submitted", "서명 하나하나가 빛입니다.")]


def test_what_was_typed_is_offered_after_a_reload_and_after_signing_in_again(visit, desk):
    visitor = visit(Walk(KOREAN, 1280))
    page = visitor.page
    sign_in(visitor, desk, desk.path(2))
    offer = page.locator("[data-kept]")
    assert not offer.is_visible()
    page.fill("#text", "아직 다 쓰지 못한 글")
    page.reload()
    assert offer.is_visible()
    assert page.input_value("#text") == ""
    assert visitor.barriers() == []
    page.locator("[data-kept-use]").click()
    assert page.input_value("#text") == "아직 다 쓰지 못한 글"
    desk.end_her_session()
    go_by(page, "Control+Enter")
    assert desk.texts(2) == []
    sign_in(visitor, desk, desk.path(2))
    assert "아직 다 쓰지 못한 글" in offer.inner_text()
    page.locator("[data-kept-use]").click()
    visitor.press(page.locator("button[value=draft]"))
    assert visitor.sees("Your draft is saved.")
    assert desk.texts(2) == [("draft", "아직 다 쓰지 못한 글")]
    page.goto(desk.path(2))
    assert not offer.is_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_what_was_typed_can_be_thrown_away_and_leaves_with_her(visit, desk):
    visitor = visit(Walk(KOREAN, 1280))
    page = visitor.page
    sign_in(visitor, desk, desk.path(2))
    page.fill("#text", "버릴 글")
    page.reload()
    page.locator("[data-kept-drop]").click()
    page.reload()
    assert not page.locator("[data-kept]").is_visible()
    page.fill("#text", "남긴 글")
    assert page.evaluate("sessionStorage.length") == 1
    visitor.button("Sign out").click()
    page.wait_for_url("**/account/sign-in**")
    assert page.evaluate("sessionStorage.length") == 0
    assert not any("text" in address.rsplit("/", 1)[-1] for address in visitor.asked)


@pytest.mark.parametrize("walk", EVERY_WINDOW, ids=str)
def test_no_page_of_the_workbench_puts_a_barrier_in_the_way(visit, desk, walk):
    visitor = visit(walk)
    page = visitor.page
    sign_in(visitor, desk, "/translate/")
    found = {}

    def look(what: str) -> None:
        found[what] = (visitor.barriers(), visitor.scrolls_sideways())

    look("dashboard")
    for path in (desk.path(), f"{desk.path()}?q=zzz&mine=yes", desk.path(1), desk.path(0)):
        page.goto(path)
        look(path)
    desk.somebody_writes(0, "%(name)s 님, 감사합니다.")
    page.fill("#text", "<b>고맙습니다  고맙습니다")
    assert visitor.press(page.locator("button[value=draft]")).status == 409
    look("conflict")
    assert visitor.press(page.locator("button[value=submit]")).status == 422
    look("errors")
    page.fill("#text", "%(name)s 님,  고맙습니다!")
    visitor.press(page.locator("button[value=draft]"))
    page.locator("details summary").first.click()
    look("warnings and history")
    assert found == {what: ([], False) for what in found}
    assert len(found) == 8
