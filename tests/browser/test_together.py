"""Several texts of the list at once, in a browser without JavaScript, by keyboard, on a phone."""

import pytest

from advocacy.actions.propose import Proposal, propose
from advocacy.extensions import begin_writing, db
from advocacy.models import Unit
from advocacy.models.account import account_by_email
from advocacy.rules.languages import LANGUAGES
from tests.browser.test_translating import desk, go_by, sign_in, tab_to  # noqa: F401  one is a fixture
from tests.browser.visitor import Walk
from tests.factories import NOW

KOREAN = LANGUAGES.by_tag("ko")


DRAFTS = ("고맙습니다, %(name)s 님.", "편지", "서명은 빛입니다.")
"""Of the second, a check says that it cannot be submitted."""


def write_drafts(desk) -> None:  # noqa: F811
    for place, text in enumerate(DRAFTS):
        with desk.app.app_context():
            session = begin_writing(db.session())
            mine = account_by_email(session, desk.email).id
            unit = session.get_one(Unit, desk.units()[place].id)
            propose(session, unit, Proposal(texts=[text]), by=mine, now=NOW)
            session.commit()


@pytest.mark.parametrize(
    "walk", [Walk(KOREAN, 360, javascript=False), Walk(KOREAN, 1280, javascript=False)], ids=str
)
def test_drafts_are_submitted_together_by_keyboard(visit, desk, walk):  # noqa: F811
    write_drafts(desk)
    visitor = visit(walk)
    page = visitor.page
    sign_in(visitor, desk, desk.path())
    tab_to(page, "[name=unit]", most=80)
    page.keyboard.press("Space")
    tab_to(page, "#do")
    page.keyboard.press("ArrowDown")
    tab_to(page, "button[name=which]")
    go_by(page, "Enter")
    assert page.locator("[name=unit]:checked").count() == 2
    assert not visitor.scrolls_sideways()
    desk.somebody_writes(2, "서명 하나하나가 빛입니다.")
    tab_to(page, "form.stack button")
    go_by(page, "Enter")
    assert not visitor.scrolls_sideways()
    assert page.locator("table a").all_inner_texts() == ["Every signature is a light."]
    assert [desk.texts(place)[0][0] for place in range(3)] == ["submitted", "draft", "submitted"]
    assert desk.texts(2)[1] == ("draft", "서명은 빛입니다.")


@pytest.mark.parametrize(
    "walk", [Walk(KOREAN, 360, javascript=False), Walk(KOREAN, 1280, javascript=False)], ids=str
)
def test_texts_are_chosen_by_what_a_check_found_by_keyboard(visit, desk, walk):  # noqa: F811
    write_drafts(desk)
    visitor = visit(walk)
    page = visitor.page
    sign_in(visitor, desk, desk.path())
    tab_to(page, "#more summary", most=80)
    page.keyboard.press("Enter")
    tab_to(page, "#check")
    for _ in range(page.locator("#check option:has(~ [value=placeholders])").count()):
        page.keyboard.press("ArrowDown")
    tab_to(page, "#talk")
    tab_to(page, "#more button")
    go_by(page, "Enter")
    assert page.locator("#check").input_value() == "placeholders"
    assert page.locator("#texts a.line").count() == 1
    assert not visitor.scrolls_sideways()
    tab_to(page, "#more #by", most=80)
    page.keyboard.type("Nobody")
    go_by(page, "Enter")
    assert page.locator("#by").get_attribute("aria-invalid") == "true"
    assert not visitor.scrolls_sideways()


def test_what_is_done_together_puts_no_barrier_in_the_way(visit, desk):  # noqa: F811
    write_drafts(desk)
    visitor = visit(Walk(KOREAN, 360))
    page = visitor.page
    sign_in(visitor, desk, desk.path())
    assert visitor.barriers() == []
    page.select_option("#do", index=1)
    with page.expect_navigation():
        page.locator("button[name=which]").last.click()
    assert visitor.barriers() == []
    desk.somebody_writes(2, "서명 하나하나가 빛입니다.")
    with page.expect_navigation():
        page.locator("form.stack button").click()
    assert visitor.barriers() == []
