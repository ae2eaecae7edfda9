"""A translator's way, from signing in to a submitted text, and what her browser does for her."""

import pytest

from tests.browser.desk import ARABIC, KOREAN, LETTERS, LIGHT, THANKS, go_by, sign_in, tab_to
from tests.browser.visitor import EVERY_WINDOW, Walk
from tests.people import PASSWORD


def test_three_actions_lead_from_signing_in_to_a_submitted_text(visit, desk):
    visitor = visit(desk.walk(1280))
    page = visitor.page
    page.goto(f"/translate/?language={desk.into.slug}")
    assert page.get_attribute("html", "dir") == desk.into.direction
    assert visitor.barriers() == []
    tab_to(page, "#email")
    page.keyboard.type(desk.email)
    tab_to(page, "#password")
    page.keyboard.type(PASSWORD)
    go_by(page, "Enter")  # first: signing in
    assert page.url.endswith("/translate/")
    page.focus(f"h3 a[href='{desk.path()}']")  # past what other tests have left
    tab_to(page, f"a.btn[href='{desk.path()}/next']", most=1)
    go_by(page, "Enter")  # second: the next text
    assert visitor.barriers() == []
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type(desk.words.thanks)
    go_by(page, "Control+Enter")  # third: submitting it
    assert visitor.sees("Submitted for review. This is the next one.")
    assert desk.texts(THANKS) == [("submitted", desk.words.thanks)]
    assert page.url.endswith(f"{desk.path(LETTERS)}?status=untranslated")
    assert page.evaluate("document.activeElement.id") == "text_0"
    assert visitor.barriers() == []


def press_mark(page, mark: str) -> None:
    """Press a key that no keyboard of the browser's driver has."""
    keyboard = page.context.new_cdp_session(page)
    key = {"key": mark, "text": mark, "code": "Slash", "modifiers": 8}
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def test_keys_lead_on_and_back_and_are_explained(visit, desk):
    visitor = visit(desk.walk(1280))
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(LETTERS))
    go_by(page, "Alt+ArrowDown")
    assert page.url.endswith(desk.path(LIGHT))
    page.keyboard.press("Alt+ArrowDown")  # there is no other
    go_by(page, "Alt+ArrowUp")
    assert page.url.endswith(desk.path(LETTERS))
    page.keyboard.press("?")
    assert page.input_value("#text_0") == "?"
    assert not page.locator("dialog").is_visible()
    page.locator("h2").first.click()
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    assert visitor.barriers() == []
    for mark in ("؟", "？"):  # as an Arabic keyboard has it, and a Chinese one
        page.keyboard.press("Escape")
        page.locator("h2").first.click()
        press_mark(page, mark)
        assert page.locator("dialog").is_visible()
    page.check("#quiet-keys")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not page.locator("dialog").is_visible()
    visitor.button("Keys").click()
    assert page.locator("dialog").is_visible()


def test_a_key_that_belongs_to_an_input_method_does_nothing_else(mina, desk):
    page = mina.page
    page.fill("#text", desk.words.light)
    begun = page.evaluate(
        """() => ["Enter", "ArrowUp"].map(key => document.querySelector("#text").dispatchEvent(
             new KeyboardEvent("keydown", {key, ctrlKey: key == "Enter", altKey: key != "Enter",
               isComposing: true, bubbles: true, cancelable: true})))"""
    )
    assert begun == [True, True]  # nobody has taken them
    page.wait_for_timeout(300)
    assert page.url.endswith(desk.path(LIGHT)) or f"{desk.path(LIGHT)}?" in page.url
    assert desk.texts(LIGHT) == []
    go_by(page, "Control+Enter")
    assert desk.texts(LIGHT) == [("submitted", desk.words.light)]


def test_what_was_typed_is_offered_after_a_reload_and_after_signing_in_again(mina, desk):
    page, unfinished = mina.page, desk.words.unfinished
    offer = page.locator("[data-kept]")
    assert not offer.is_visible()
    page.fill("#text", unfinished)
    page.reload()
    assert offer.is_visible()
    kept = page.locator("[data-kept-text]")
    assert (kept.get_attribute("lang"), kept.get_attribute("dir")) == (desk.into.tag, desk.into.direction)
    assert page.input_value("#text") == ""
    assert mina.barriers() == []
    page.locator("[data-kept-use]").click()
    assert page.input_value("#text") == unfinished
    desk.end_her_session()
    go_by(page, "Control+Enter")
    assert desk.texts(LIGHT) == []
    sign_in(mina, desk.email, desk.path(LIGHT))
    assert unfinished in offer.inner_text()
    page.locator("[data-kept-use]").click()
    mina.press(page.locator("button[value=draft]"))
    assert mina.sees("Your draft is saved.")
    assert desk.texts(LIGHT) == [("draft", unfinished)]
    page.goto(desk.path(LIGHT))
    assert not offer.is_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_what_was_typed_can_be_thrown_away_and_leaves_with_her(mina, desk):
    page = mina.page
    page.fill("#text", desk.words.unfinished)
    page.reload()
    page.locator("[data-kept-drop]").click()
    page.reload()
    assert not page.locator("[data-kept]").is_visible()
    page.fill("#text", desk.words.light)
    assert page.evaluate("sessionStorage.length") == 1
    mina.button("Sign out").click()
    page.wait_for_url("**/account/sign-in**")
    assert page.evaluate("sessionStorage.length") == 0
    assert not any("text" in address.rsplit("/", 1)[-1] for address in mina.asked)


KEPT_AND = (
    "(text, gone) => { text = text.cloneNode(true); text.querySelectorAll(gone).forEach(one => one.remove());"
    "return text.textContent }"
)
"""What a comparison says without what is marked as `gone` (a selector)."""


def test_what_somebody_else_saved_meanwhile_stands_beside_ones_own(visit, desk):
    visitor, words = visit(desk.walk()), desk.words
    page, own = visitor.page, f"{desk.words.light} 1"
    desk.somebody_writes(LIGHT, words.light)
    sign_in(visitor, desk.email, desk.path(LIGHT))
    page.fill("#text", own)
    desk.somebody_writes(LIGHT, words.other_light)
    assert visitor.press(page.locator("button[value=submit]")).status == 409
    in_language = f"p[lang={desk.into.tag}][dir={desk.into.direction}]"
    theirs, mine, common = (
        page.locator(f"[aria-labelledby={one}] {in_language}") for one in ("theirs", "mine", "common")
    )
    assert common.inner_text() == words.light  # what both began from
    for compared, new in ((theirs, words.other_light), (mine, own)):
        assert compared.locator("ins").count() > 0
        assert compared.evaluate(KEPT_AND, "del") == new
        assert compared.evaluate(KEPT_AND, "ins") == words.light
    assert page.input_value("#text") == own
    assert desk.texts(LIGHT)[0] == ("draft", own)
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    assert visitor.press(page.locator("#editor button[value=submit]")).status == 303
    assert {("submitted", own), ("submitted", words.other_light)} <= set(desk.texts(LIGHT))


WHO_READS_WHAT = [
    pytest.param(walk, into, id=f"{walk}-into-{into.tag}")
    for walk, into in zip(
        [*EVERY_WINDOW, Walk(ARABIC, 360), Walk(ARABIC, 1280)],
        [*[KOREAN, ARABIC, ARABIC, KOREAN] * 2, ARABIC, ARABIC],
        strict=True,
    )
]
"""Each language of the pages in either window, and what is translated there."""


@pytest.mark.parametrize(("walk", "desk"), WHO_READS_WHAT, indirect=["desk"])
def test_no_page_of_the_workbench_puts_a_barrier_in_the_way(visit, desk, walk):
    visitor = visit(walk)
    page = visitor.page
    sign_in(visitor, desk.email, "/translate/")
    found = {}

    def look(what: str) -> None:
        found[what] = (visitor.barriers(), visitor.scrolls_sideways())

    look("dashboard")
    for path in (desk.path(), f"{desk.path()}?q=zzz&mine=yes", desk.path(LETTERS), desk.path(THANKS)):
        page.goto(path)
        look(path)
    desk.somebody_writes(THANKS, desk.words.thanks)
    page.fill("#text", f"<b>{desk.words.bare_thanks}  {desk.words.bare_thanks}")
    assert visitor.press(page.locator("button[value=draft]")).status == 409
    look("conflict")
    assert visitor.press(page.locator("button[value=submit]")).status == 422
    look("errors")
    page.fill("#text", f"{desk.words.thanks}  {desk.words.bare_thanks}")
    visitor.press(page.locator("button[value=draft]"))
    page.locator("details summary").first.click()
    look("warnings and history")
    assert found == {what: ([], False) for what in found}
    assert len(found) == 8
