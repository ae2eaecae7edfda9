"""Several texts of the list at once, in a browser: without JavaScript, by keyboard, on a phone."""

import pytest

from tests.browser.desk import ARABIC, KOREAN, LETTERS, LIGHT, THANKS, go_by, sign_in, tab_to


def write_drafts(desk) -> None:
    """Of the second, a check says that it cannot be submitted; of the others, one warns."""
    words = desk.words
    drafts = ([words.thanks.replace(" ", "  ", 1)], [words.bare_thanks] * len(words.letters))
    for place, texts in enumerate((*drafts, [words.other_light.replace(" ", "  ", 1)])):
        desk.write(place, *texts, submit=False)


@pytest.mark.parametrize(
    ("desk", "width"), [(KOREAN, 1280), (ARABIC, 360)], ids=["ko", "ar"], indirect=["desk"]
)
def test_drafts_are_submitted_together_by_keyboard(visit, desk, width):
    write_drafts(desk)
    visitor = visit(desk.walk(width, javascript=False))
    page = visitor.page
    sign_in(visitor, desk.email, desk.path())
    tab_to(page, "[name=unit]", most=80)
    page.keyboard.press("Space")
    tab_to(page, "#do")
    page.keyboard.press("ArrowDown")
    tab_to(page, "button[name=which]")
    go_by(page, "Enter")
    assert page.locator("[name=unit]:checked").count() == 2
    assert not visitor.scrolls_sideways()
    desk.somebody_writes(LIGHT, desk.words.light)
    tab_to(page, "form.stack button")
    go_by(page, "Enter")
    assert not visitor.scrolls_sideways()
    assert page.locator("table a").all_inner_texts() == ["Every signature is a light."]
    assert [desk.texts(place)[0][0] for place in range(3)] == ["submitted", "draft", "submitted"]
    assert desk.texts(LIGHT)[1][0] == "draft"


@pytest.mark.parametrize(
    ("desk", "width"), [(KOREAN, 1280), (ARABIC, 360)], ids=["ko", "ar"], indirect=["desk"]
)
def test_texts_are_chosen_by_what_a_check_found_by_keyboard(visit, desk, width):
    write_drafts(desk)
    visitor = visit(desk.walk(width, javascript=False))
    page = visitor.page
    sign_in(visitor, desk.email, desk.path())
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


def test_texts_are_submitted_and_taken_back_together_without_a_barrier(visit, desk):
    write_drafts(desk)
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, desk.path())

    def look(wish: str, button: str) -> None:
        page.select_option("#do", wish)
        visitor.press(visitor.button(button))
        assert visitor.barriers() == []
        assert not visitor.scrolls_sideways()

    def agree() -> None:
        assert visitor.press(page.locator("form.stack button")).status == 303
        assert page.locator("[role=status]").is_visible()
        assert visitor.barriers() == []

    look("submit", "Look at all on this page")
    agree()
    (_, hers), *_ = desk.texts(LIGHT)
    assert [desk.texts(place)[0][0] for place in range(3)] == ["submitted", "draft", "submitted"]
    desk.somebody_writes(LIGHT, desk.words.light)
    for place in (LETTERS, LIGHT):
        page.locator("#texts [name=unit]").nth(place).check()
    look("withdraw", "Look at the ticked ones")
    assert page.get_by_text(desk.words.light, exact=True).is_visible()  # newer, and not hers
    page.locator("#texts [name=unit]").first.uncheck()
    agree()
    assert [desk.texts(place)[0][0] for place in range(3)] == ["submitted", "draft", "submitted"]
    assert desk.texts(LIGHT)[:2] == [("submitted", desk.words.light), ("withdrawn", hers)]


def test_warnings_are_dismissed_together_without_a_barrier(visit, desk):
    write_drafts(desk)
    visitor = visit(desk.walk(360))
    page = visitor.page
    sign_in(visitor, desk.email, desk.path())
    assert visitor.barriers() == []
    assert visitor.press(page.locator("button[name=which]")).status == 422  # not said what to do
    assert page.locator("#do-error").is_visible()
    assert visitor.barriers() == []
    page.select_option("#do", "dismiss:double_space")
    visitor.press(page.locator("button[name=which]"))
    assert visitor.press(page.locator("form.stack button")).status == 422  # not said why
    assert page.locator("#reason-error").is_visible()
    assert visitor.barriers() == []
    page.fill("#reason", desk.words.reason)
    desk.somebody_writes(LIGHT, desk.words.light)
    visitor.press(page.locator("form.stack button"))
    assert page.locator("main table a").all_inner_texts() == ["Every signature is a light."]  # left out
    assert visitor.barriers() == []
    page.goto(desk.path(THANKS))
    assert page.locator("#editor blockquote.reason").inner_text() == desk.words.reason
