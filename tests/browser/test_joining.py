"""A volunteer's whole way: applying, invited, a text sent back, told by mail, improved, approved."""

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import count

import pyotp
import pytest
from playwright.sync_api import Page
from sqlalchemy import update

from advocacy import create_app
from advocacy.actions.add_account import add_account
from advocacy.actions.sync_messages import Source
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.models import Notice
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from tests.browser.visitor import APPEAL, Visitor, Walk, said
from tests.factories import NOW, make_domain, new_address
from tests.mails import text_of
from tests.people import PASSWORD

KOREAN, ENGLISH = LANGUAGES.by_tag("ko"), LANGUAGES.source
HASTY, GOOD = "편지 나무", "모든 서명은 하나의 불빛입니다."
REASON = "뜻이 빠졌습니다. 서명이 불빛과 같다는 말을 살려 주세요."
_numbers = count(1)


class Organisation:
    """An administrator and a reviewer of Korean, and a domain with one text, on the running platform."""

    def __init__(self, app) -> None:
        self.app = app
        number = next(_numbers)
        self.domain = f"joining-{number}"
        self.admin, self.reviewer = f"admin{number}@example.org", f"reads{number}@example.org"
        with app.app_context():
            session = begin_writing(db.session())
            domain = make_domain(session, Source(None, "Every signature is a light."), name=self.domain)
            self.unit = units_in(session, domain.id, "ko")[0].id
            self._add(self.admin, f"Ada {number}", (Role.ADMINISTRATOR, None))
            self._add(self.reviewer, f"Sol {number}", (Role.REVIEWER, "ko"))
            session.commit()

    def _add(self, email: str, name: str, role: tuple[Role, str | None]) -> None:
        add_account(
            db.session(), name=name, email=email, password=PASSWORD, roles=[role], by="operator", now=NOW
        )

    def let_minutes_pass(self) -> None:
        """What happened is gathered for two minutes before mail goes out: make it older than that."""
        with self.app.app_context():
            session = begin_writing(db.session())
            session.execute(update(Notice).values(made_at=datetime.now(UTC) - timedelta(minutes=3)))
            session.commit()


@pytest.fixture
def organisation(site):
    app = create_app(read_settings(site.environ))
    yield Organisation(app)
    with app.app_context():
        db.engine.dispose()


def sign_in(page: Page, email: str, language: str, path: str) -> None:
    page.goto(f"{path}?language={language}")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.locator("main button").click()


def set_up_app(page: Page) -> None:
    """Set up the second factor that staff are asked for."""
    page.fill("#code", pyotp.TOTP(page.locator("main code").first.inner_text()).now())
    with page.expect_navigation():
        page.locator("main button.wide").click()


def apply(visitor: Visitor, name: str, address: str) -> None:
    """Find the page from the appeal, and apply with the three texts of the trial."""
    visitor.open(APPEAL)
    visitor.page.locator(f"footer a[href$='/{visitor.language.slug}/help-translate']").click()
    visitor.page.wait_for_url("**/help-translate")
    visitor.open("/help-translate")  # from now on she takes her time
    visitor.page.fill("#name", name)
    visitor.page.fill("#email", address)
    visitor.page.fill("#about", "소설을 옮긴 적이 있습니다.")
    for number in (1, 2, 3):
        visitor.page.fill(f"#text_{number}", f"시험 번역 {number}.")
    visitor.take_her_time()
    assert visitor.press(visitor.button("Apply")).status == 303


def translate(visitor: Visitor, organisation: Organisation, text: str) -> None:
    visitor.page.goto(f"/translate/ko/{organisation.domain}/{organisation.unit}")
    visitor.page.fill("#text", text)
    assert visitor.press(visitor.page.locator("button[value=submit]")).status == 303


def accept(admin: Visitor, organisation: Organisation, name: str) -> None:
    """Sign in for the first time, and go from what is new to the application."""
    sign_in(admin.page, organisation.admin, "en", "/staff/people/")
    set_up_app(admin.page)
    admin.page.goto("/account/news")
    admin.page.get_by_role("link", name=re.compile(r"application")).click()
    admin.page.get_by_role("link", name=name).click()
    assert "시험 번역 2." in admin.page.content()
    assert admin.press(admin.button("Accept")).status == 303


def take(volunteer: Visitor, invitation: EmailMessage, name: str) -> None:
    """Follow the invitation, and have mail come at once."""
    assert invitation["Subject"] == said(KOREAN, "You are invited")
    link = re.search(r"http://\S+/account/invitation/\S+", text_of(invitation)).group()
    assert volunteer.follow(link) == 200
    assert volunteer.page.input_value("#name") == name
    volunteer.page.fill("#new_password", PASSWORD)
    assert volunteer.press(volunteer.button("Begin")).status == 303
    volunteer.page.check("#rhythm-at_once")
    assert volunteer.press(volunteer.page.locator("form[action='/account/mail'] button")).status == 303


def decide(reviewer: Visitor, organisation: Organisation, text: str, decision: str, reason: str = "") -> None:
    """Find the text in the queue, and decide on it."""
    reviewer.page.goto(f"/staff/review?domain={organisation.domain}")
    reviewer.page.locator("a[href^='/staff/review/']:not([href*=together])").first.click()
    assert text in reviewer.page.content()
    reviewer.page.fill("#reason", reason)
    assert reviewer.press(reviewer.page.locator(f"button[value={decision}]")).status == 303


def read_digest(volunteer: Visitor, digest: EmailMessage) -> None:
    """See that the mail says nothing but that there is something, and read the reason on the page."""
    assert digest["Subject"] == said(KOREAN, "What is new")
    assert REASON not in text_of(digest)
    link = re.search(r"http://\S+/account/news\S+", text_of(digest)).group()
    assert volunteer.follow(link) == 200
    assert REASON in volunteer.page.content()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_from_an_application_to_an_approved_text(visit, organisation, mailbox, javascript):
    volunteer = visit(Walk(KOREAN, 360, javascript=javascript))
    name, address = f"민들레 {next(_numbers)}", new_address()
    apply(volunteer, name, address)
    accept(visit(Walk(ENGLISH, 1280, javascript=javascript)), organisation, name)
    take(volunteer, mailbox.wait_for(address)[0], name)
    translate(volunteer, organisation, HASTY)
    reviewer = visit(Walk(KOREAN, 1280, javascript=javascript))
    sign_in(reviewer.page, organisation.reviewer, "ko", "/staff/review")
    decide(reviewer, organisation, HASTY, "changes", REASON)
    organisation.let_minutes_pass()
    read_digest(volunteer, mailbox.wait_for(address, count=2)[1])
    assert not javascript or volunteer.barriers() == []
    translate(volunteer, organisation, GOOD)
    decide(reviewer, organisation, GOOD, "approve")
    volunteer.page.goto("/account/news")
    assert volunteer.says("Your text is approved.") in volunteer.page.content()
