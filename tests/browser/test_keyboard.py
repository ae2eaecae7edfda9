"""With the keyboard alone."""

import pytest
from playwright.sync_api import Page

from tests.browser.visitor import APPEAL, EVERY_WINDOW, EVERYBODY
from tests.factories import new_address

FOCUS = """() => {
  const focused = document.activeElement, box = focused.getBoundingClientRect();
  const style = getComputedStyle(focused), x = box.x + box.width / 2;
  const hit = [box.y + 3, box.y + box.height / 2, box.bottom - 3].map(y => document.elementFromPoint(x, y));
  return {
    what: focused.id || focused.textContent.trim(),
    ring: [style.outlineStyle, parseFloat(style.outlineWidth)],
    seen: hit.every(element => focused.contains(element)),
  };
}"""
"""What has the focus, its outline, and whether it can be seen: in the window, with nothing over it."""


def move(page: Page, key: str) -> str:
    """Move the focus; returns where it is now, which must be plain to see."""
    page.keyboard.press(key)
    focus = page.evaluate(FOCUS)
    assert focus["ring"] == ["solid", 3], focus
    assert focus["seen"], focus
    return focus["what"]


def move_to(page: Page, target: str) -> None:
    passed = []
    while (now := move(page, "Tab")) != target:
        passed.append(now)
        assert len(passed) < 12, passed


def choose_to_be_shown(page: Page) -> None:
    assert move(page, "Tab") == "display-count"
    assert move(page, "ArrowDown") == "display-initials"
    assert move(page, "ArrowDown") == "display-name"
    assert move(page, "Tab") == "public_name"
    page.keyboard.type("芳")


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_the_appeal_is_signed_without_a_mouse(visit, walk, mailbox):
    visitor = visit(walk)
    page, address = visitor.page, new_address()
    visitor.open(APPEAL)
    assert move(page, "Tab") == visitor.says("Skip to the text")
    page.keyboard.press("Enter")
    move_to(page, "name")
    page.keyboard.type("王芳")
    move_to(page, "email")
    page.keyboard.type(address)
    move_to(page, "country")
    page.keyboard.press("ArrowDown")
    assert page.input_value("#country") != ""
    choose_to_be_shown(page)
    for box in ("discreet", "agree_use", "agree_sensitive", "agree_age"):
        move_to(page, box)
        page.keyboard.press("Space")
    move_to(page, visitor.says("What we keep, and for how long"))
    page.keyboard.press("Enter")
    assert visitor.sees("Verifying and counting signatures.")
    move_to(page, "stamp")
    visitor.take_her_time()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{APPEAL}/check-mail")
    mailbox.wait_for(address)


@pytest.mark.parametrize("walk", EVERY_WINDOW, ids=str)
def test_the_focus_is_plain_to_see_through_the_whole_page_and_back(visit, walk):
    visitor = visit(walk)
    visitor.open(APPEAL)
    first, last = visitor.says("Skip to the text"), visitor.page.locator(".foot button").inner_text()
    there = [move(visitor.page, "Tab")]
    while there[-1] != last:
        there.append(move(visitor.page, "Tab"))
    back = [last]
    while back[-1] != first:
        back.append(move(visitor.page, "Shift+Tab"))
    assert there[0] == first
    assert back == there[::-1]
    assert len(there) > 20


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_the_focus_is_plain_to_see_among_errors(visit, walk):
    visitor = visit(walk)
    visitor.open(APPEAL)
    assert visitor.press(visitor.button("Sign the petition")).status == 422
    there = [move(visitor.page, "Tab")]
    while there[-1] != "stamp":
        there.append(move(visitor.page, "Tab"))
    assert {"name", "email", "agree_age"} < set(there)
