"""A reviewer's way through the desk: by keyboard, in any window, with and without JavaScript."""

from itertools import count

import pytest

from advocacy import create_app
from advocacy.actions.add_account import add_account
from advocacy.actions.sync_messages import Source
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Role
from tests.browser.by_keyboard import is_in_order, press, tab_to
from tests.browser.visitor import EITHER_WAY
from tests.factories import NOW, make_account, make_approved, make_domain, make_submitted
from tests.people import PASSWORD

_numbers = count(1)


@pytest.fixture
def waiting(site) -> tuple[str, int]:
    """The address that a reviewer signs in with, and a text that waits for her."""
    number = next(_numbers)
    app = create_app(read_settings(site.environ))
    with app.app_context():
        session = begin_writing(db.session())
        email = f"reviewer{number}@example.org"
        roles = [(Role.REVIEWER, "ko")]
        add_account(
            session,
            name=f"Reviewer {number}",
            email=email,
            password=PASSWORD,
            roles=roles,
            by="operator",
            now=NOW,
        )
        source = Source(None, f"Sign the petition of %(name)s by 24 November 2026, number {number}.")
        unit = units_in(session, make_domain(session, source, name=f"desk{number}").id, "ko")[0]
        make_approved(session, unit, f"%(name)s의 청원에 2026년 11월 24일까지 서명하세요, {number}번.")
        author = make_account(session, name=f"Author {number}")
        text = make_submitted(
            session, unit, f"%(name)s의 청원에 2026년 11월 25일까지, {number}번.", by=author
        )
        found = (email, text.id)
        session.commit()
        db.engine.dispose()
    return found


def sign_in(visitor, walk, email: str) -> None:
    """Ask for the queue, which leads to the sign-in page and back."""
    visitor.page.goto(f"/staff/review?language={walk.language.slug}")
    visitor.page.fill("#email", email)
    visitor.page.fill("#password", PASSWORD)
    assert press(visitor, "main button") == 200


@pytest.mark.parametrize("walk", EITHER_WAY, ids=str)
def test_a_reviewer_sends_a_text_back_and_takes_that_back(visit, walk, waiting):
    email, number = waiting
    visitor = visit(walk)
    page = visitor.page
    sign_in(visitor, walk, email)
    assert is_in_order(visitor, walk)
    assert press(visitor, f"a[href^='/staff/review/{number}']") == 200
    assert is_in_order(visitor, walk)
    assert page.locator(".compared .tag.warn").count() >= 1  # the date
    assert press(visitor, "button[value=changes]") == 422
    assert is_in_order(visitor, walk)
    assert page.locator("#reason-error").is_visible()
    tab_to(visitor, "#why-meaning")
    page.keyboard.press("Space")
    tab_to(visitor, "#reason")
    page.keyboard.type("11월 24일입니다.")
    assert press(visitor, "button[value=changes]") == 200
    assert page.locator("[role=status]").is_visible()
    page.goto(f"/staff/review/{number}?language={walk.language.slug}")
    assert "11월 24일입니다." in page.locator(".reason").inner_text()
    assert is_in_order(visitor, walk)
    assert press(visitor, "form[action*='take-back'] button") == 200
    assert page.locator("button[value=approve]").is_visible()
