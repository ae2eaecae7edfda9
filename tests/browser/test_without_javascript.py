"""The whole workbench without JavaScript, at 360 pixels, by the keyboard alone."""

import pytest

from tests.browser.by_keyboard import press, tab_to
from tests.browser.desk import LETTERS, LIGHT, THANKS
from tests.browser.visitor import APPEAL, Visitor
from tests.people import PASSWORD

SAID_BACK = "Each signature is light."


def type_into(she: Visitor, selector: str, text: str) -> None:
    """Write into a field in place of what is there."""
    tab_to(she, selector)
    she.page.keyboard.press("Control+a")
    she.page.keyboard.insert_text(text)


def go(she: Visitor, selector: str) -> int:
    """Press a link or a button; returns the status of the page that comes, which has to fit the window."""
    status = press(she, selector)
    assert not she.scrolls_sideways(), she.page.url
    return status


@pytest.fixture
def she(visit, desk) -> Visitor:
    """The desk's translator, on her first page."""
    visitor = visit(desk.walk(360, javascript=False))
    visitor.page.goto(f"/translate/?language={desk.into.slug}")
    type_into(visitor, "#email", desk.email)
    type_into(visitor, "#password", PASSWORD)
    assert go(visitor, "main button") == 200
    return visitor


def test_texts_are_translated_and_found(she, desk):
    page, words = she.page, desk.words
    page.focus(f"h3 a[href='{desk.path()}']")  # past what other tests have left
    assert go(she, f"a.btn[href^='{desk.path()}/']") == 200
    scripted = page.locator("[data-keys], [data-kept], [data-insert]").all()
    assert [part.is_visible() for part in scripted] == [False] * 3
    assert page.locator("[data-inserts] code").inner_text() == "%(name)s"  # to be copied
    type_into(she, "#text", words.bare_thanks)
    assert go(she, "button[value=submit]") == 422
    assert page.input_value("#text") == words.bare_thanks
    type_into(she, "#text", words.thanks)
    assert go(she, "button[value=submit]") == 200
    assert she.sees("Submitted for review. This is the next one.")
    for index, text in enumerate(words.letters):
        type_into(she, f"#text_{index}", text)
    assert go(she, "button[value=check]") == 200
    assert go(she, "button[value=submit]") == 200
    assert [*desk.texts(THANKS), *desk.forms(LETTERS)] == [
        ("submitted", words.thanks),
        ("submitted", words.letters),
    ]
    page.goto(desk.path())
    type_into(she, "#q", "has:mine status:needs_review")
    assert go(she, "form[role=search] > button") == 200
    assert page.locator("tbody a").count() == 2


def test_a_text_is_taken_talked_about_and_its_conflict_settled(she, desk):
    page, words = she.page, desk.words
    page.goto(desk.path(LIGHT))
    type_into(she, "#comment", words.question)
    assert go(she, "button[formaction$='/comments']") == 200
    assert go(she, "button[formaction*='/comments/']") == 200
    assert she.sees("The comment is resolved.")
    assert go(she, "button[value=take]") == 200
    assert go(she, "button[value=give-back]") == 200
    type_into(she, "#text", words.light)
    tab_to(she, "details:has(#back) summary")
    page.keyboard.press("Enter")
    type_into(she, "#back", SAID_BACK)
    desk.somebody_writes(LIGHT, words.other_light)
    assert go(she, "button[value=submit]") == 409
    assert page.locator("[aria-labelledby=theirs]").is_visible()
    assert (page.input_value("#text"), page.input_value("#back")) == (words.light, SAID_BACK)
    assert go(she, "#editor button[value=submit]") == 200
    assert ("submitted", words.light) in desk.texts(LIGHT)


def test_texts_are_seen_in_place_and_taken_along(she, desk):
    page = she.page
    page.goto(f"/translate/{desk.into.slug}/in-place{APPEAL}")
    tab_to(she, "a[href='#in-place-texts']")
    page.keyboard.press("Enter")
    assert she.has_in_view(page.locator("#in-place-heading"))
    assert go(she, "#in-place-texts li a") == 200
    assert page.locator("textarea[name^=text]").first.is_visible()
    page.goto(f"{desk.path()}/offline")
    tab_to(she, "a[download]")
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    file = {"name": "texts.po", "mimeType": "text/plain", "buffer": caught.value.path().read_bytes()}
    page.set_input_files("#file", file)
    assert go(she, "main button.btn") == 200
    assert page.locator("[aria-labelledby^=group-]").count() == 1  # empty, all of them
