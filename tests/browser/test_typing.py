"""Typing in the editor: nothing is lost, checks come as one types, and input methods are left alone."""

from urllib.parse import quote

import pyotp
from playwright.sync_api import expect

from tests.browser.desk import (
    EITHER_WAY,
    IN_KOREAN,
    LETTERS,
    LIGHT,
    THANKS,
    fill_in_who_one_is,
    go_by,
    sign_in,
)
from tests.browser.visitor import Visitor


def asked_for_checks(visitor: Visitor) -> int:
    return len([address for address in visitor.asked if address.endswith("/checks")])


@EITHER_WAY
def test_an_ended_session_loses_nothing_not_even_the_list(visit, desk, javascript):
    visitor = visit(desk.walk(javascript=javascript))
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(LIGHT))
    page.goto(f"{desk.path(LIGHT)}?status=untranslated")
    page.fill("#text", desk.words.odd)
    desk.end_her_session()
    assert visitor.press(page.locator("button[value=submit]")).status == 403
    assert visitor.sees("Sign in")
    assert not javascript or visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    fill_in_who_one_is(page, desk.email)
    assert not javascript or visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    with page.expect_navigation():
        visitor.button("Go on with my text").click()
    assert page.input_value("#text") == desk.words.odd
    assert desk.texts(LIGHT) == []
    assert page.url.endswith(f"{desk.path(LIGHT)}?status=untranslated")
    assert visitor.press(page.locator("button[value=draft]")).status == 303
    assert desk.texts(LIGHT) == [("draft", desk.words.odd)]
    assert not any(quote(desk.words.odd[:1]) in address or "carried" in address for address in visitor.asked)


@IN_KOREAN
def test_an_ended_session_with_a_second_factor_loses_nothing(visit, desk):
    visitor = visit(desk.walk(javascript=False))
    page = visitor.page
    sign_in(visitor, desk.email, "/account/second-factor/new")
    secret = page.locator("main code").first.inner_text()
    page.fill("#code", pyotp.TOTP(secret).now())
    with page.expect_navigation():
        page.press("#code", "Enter")
    spare = page.locator("main li code").first.inner_text()
    page.goto(desk.path(LIGHT))
    page.fill("#text", desk.words.odd)
    desk.end_her_session()
    visitor.press(page.locator("button[value=draft]"))
    fill_in_who_one_is(page, desk.email)
    with page.expect_navigation():
        visitor.button("Go on with my text").click()
    assert visitor.sees("Second factor")
    page.fill("#code", spare)
    with page.expect_navigation():
        page.press("#code", "Enter")
    with page.expect_navigation():
        visitor.button("Go on with my text").click()
    assert page.input_value("#text") == desk.words.odd


def test_without_a_connection_the_text_waits_and_is_sent_once_there_is_one(mina, desk):
    page = mina.page
    page.fill("#text", desk.words.odd)
    page.context.set_offline(True)
    page.locator("button[value=draft]").click()
    said = page.locator("[data-sending]")
    expect(said).to_have_text(
        mina.says("No connection. Your text stays here and is sent as soon as there is one again.")
    )
    assert page.input_value("#text") == desk.words.odd
    assert mina.barriers() == []
    assert desk.texts(LIGHT) == []
    with page.expect_navigation():
        page.context.set_offline(False)
    assert mina.sees("Your draft is saved.")
    assert desk.texts(LIGHT) == [("draft", desk.words.odd)]


@IN_KOREAN
def test_a_server_that_is_away_is_asked_again_until_it_answers(mina, desk):
    page, away = mina.page, True
    # Before the page is there: Chromium lets a request pass now and then that follows upon this at once.
    page.route("**/healthz", lambda route: route.fulfill(status=503) if away else route.continue_())
    page.reload()
    with page.expect_response("**/checks"):
        page.fill("#text", desk.words.light)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-sending]")).not_to_be_empty()
    page.keyboard.press("Control+Enter")
    with page.expect_navigation():
        away = False
    assert desk.texts(LIGHT) == [("submitted", desk.words.light)]
    mina.complaints = [one for one in mina.complaints if "status of 503" not in one]


def test_whoever_goes_on_writing_without_a_connection_sends_it_herself(mina, desk):
    page = mina.page
    begun, rest = desk.words.unfinished[:5], desk.words.unfinished[5:]
    page.fill("#text", begun)
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-sending]")).not_to_be_empty()
    page.locator("#text").press_sequentially(rest)
    expect(page.locator("[data-sending]")).to_have_text(
        mina.says("Not sent, because you went on writing. Your text stays here; send it when you are done.")
    )
    page.context.set_offline(False)
    page.wait_for_timeout(500)
    assert desk.texts(LIGHT) == []
    assert page.input_value("#text") == desk.words.unfinished
    go_by(page, "Control+Enter")
    assert desk.texts(LIGHT) == [("submitted", desk.words.unfinished)]


@IN_KOREAN
def test_what_came_back_unsaved_is_offered_after_the_page_is_left(mina, desk):
    page = mina.page
    page.fill("#text", "<b>x</b>")
    assert mina.press(page.locator("button[value=submit]")).status == 422
    page.evaluate("sessionStorage.clear()")
    assert mina.press(page.locator("button[value=submit]")).status == 422
    page.goto(desk.path(LIGHT))
    assert page.locator("[data-kept-text]").inner_text() == "<b>x</b>"


def test_buttons_and_keys_insert_at_the_cursor_and_say_what_they_insert(visit, desk):
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(THANKS))
    assert not page.locator("[data-inserts] code").is_visible()
    button = page.locator("[data-insert='%(name)s']")
    after = desk.words.question
    page.fill("#text", after)
    page.locator("#text").press("Home")
    button.focus()
    expect(page.locator("[data-insert-help]")).not_to_be_empty()
    assert visitor.barriers() == []
    page.keyboard.press("Enter")
    assert page.input_value("#text") == f"%(name)s{after}"
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type(" ")
    assert page.input_value("#text") == f"%(name)s {after}"
    page.keyboard.press("Control+z")
    page.keyboard.press("End")
    page.keyboard.press("Alt+1")
    assert page.input_value("#text").endswith(f"{after}%(name)s")
    page.keyboard.press("Alt+9")  # there are not so many
    assert page.input_value("#text").endswith(f"{after}%(name)s")


def test_the_checks_answer_while_one_types_and_ask_once_a_pause(visit, desk):
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(THANKS))
    said = page.locator("[data-checks-said]")
    assert said.inner_text() == ""
    page.locator("#text").press_sequentially(desk.words.bare_thanks, delay=30)
    expect(page.locator("#text-checks li.e")).to_have_count(1)
    assert asked_for_checks(visitor) == 1
    assert page.get_attribute("#text", "aria-invalid") == "true"
    assert said.inner_text() == visitor.says("It cannot be submitted like this. See what the checks say.")
    assert visitor.barriers() == []
    page.keyboard.press("Alt+1")
    expect(page.locator("#text-checks li.e")).to_have_count(0)
    assert page.get_attribute("#text", "aria-invalid") is None
    assert page.evaluate("document.activeElement.id") == "text"
    assert desk.texts(THANKS) == []


@IN_KOREAN
def test_an_answer_that_comes_late_never_replaces_a_newer_one(visit, desk):
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(THANKS))
    held = []
    page.route("**/checks", lambda route: held.append(route) if not held else route.continue_())
    with page.expect_request("**/checks"):
        page.fill("#text", f"<b>{desk.words.bare_thanks}")
    page.fill("#text", desk.words.thanks)
    expect(page.locator("#text-checks")).to_contain_text(visitor.says("Passed"))
    held[0].continue_()
    page.wait_for_timeout(700)
    assert page.locator("#text-checks li.e").count() == 0


@IN_KOREAN
def test_the_reader_of_a_screen_hears_a_verdict_once_not_at_every_key(visit, desk):
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(THANKS))
    page.evaluate(
        """() => { window.heard = []; new MutationObserver(() => window.heard.push(
             document.querySelector("[data-checks-said]").textContent)).observe(
             document.querySelector("[data-checks-said]"), {childList: true}) }"""
    )
    for text in (desk.words.bare_thanks[:end] for end in (2, 3, 4)):
        with page.expect_response("**/checks"):
            page.fill("#text", text)
    page.wait_for_timeout(200)
    assert page.evaluate("window.heard.length") == 1
    assert page.get_attribute("[data-checks-said]", "role") == "status"


@IN_KOREAN
def test_a_reason_that_is_being_written_is_not_replaced(visit, desk):
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(LIGHT))
    page.fill("#text", desk.words.other_light.replace(" ", "  ", 1))
    visitor.press(page.locator("button[value=draft]"))
    page.locator("#text-checks summary").first.click()
    reason = page.locator("#text-checks textarea").first
    with page.expect_response("**/checks"):
        page.locator("#text").press_sequentially(" ")
        page.locator("#text").press("Backspace")
    reason.fill(desk.words.question)
    before = asked_for_checks(visitor)
    page.wait_for_timeout(600)
    assert asked_for_checks(visitor) == before  # a reason is no translation
    with page.expect_response("**/checks"):
        page.locator("#text").press_sequentially("!")
    page.wait_for_timeout(200)
    assert reason.input_value() == desk.words.question


def test_an_input_method_is_left_alone_until_it_is_done(visit, desk):
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(THANKS))
    page.wait_for_timeout(500)
    page.evaluate(
        """() => { window.ends = []; document.querySelector("#text").addEventListener(
             "compositionend", event => window.ends.push(event.data)) }"""
    )
    keyboard = page.context.new_cdp_session(page)
    page.focus("#text")

    def compose(text: str) -> None:
        keyboard.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )

    for text in desk.words.composed:
        compose(text)
    # what the keyboard sends while an input method is at work, as browsers pass it on
    for key, code, modifiers in (("Enter", "Enter", 2), ("ArrowDown", "ArrowDown", 1), ("1", "Digit1", 1)):
        keyboard.send(
            "Input.dispatchKeyEvent",
            {
                "type": "rawKeyDown",
                "key": key,
                "code": code,
                "modifiers": modifiers,
                "windowsVirtualKeyCode": 229,
            },
        )
    page.wait_for_timeout(900)
    assert asked_for_checks(visitor) == 0
    assert page.input_value("#text") == desk.words.composed[-1]
    assert page.evaluate("window.ends") == []
    assert page.url.split("?")[0].endswith(desk.path(THANKS))
    assert desk.texts(THANKS) == []
    kept = page.evaluate("Object.values({...sessionStorage})")
    assert desk.words.composed[-1] in kept[0]  # kept in this tab all the same
    compose("")
    keyboard.send("Input.insertText", {"text": desk.words.bare_thanks})
    expect(page.locator("#text-checks li.e")).to_have_count(1)
    assert asked_for_checks(visitor) == 1
    assert page.input_value("#text") == desk.words.bare_thanks


@EITHER_WAY
def test_another_language_takes_along_what_is_being_typed(visit, desk, javascript):
    visitor = visit(desk.walk(javascript=javascript))
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(LIGHT))
    page.fill("#text", desk.words.odd)
    page.fill("#comment", desk.words.question)
    english = page.locator("header nav [lang=en]").last
    with page.expect_navigation():
        english.click()
    assert page.get_attribute("html", "lang") == "en"
    assert (page.input_value("#text"), page.input_value("#comment")) == (desk.words.odd, desk.words.question)
    assert page.get_by_text("Your text is here again, and not saved yet.").is_visible()
    assert not javascript or visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    assert desk.texts(LIGHT) == []
    assert visitor.press(page.locator("button[value=draft]")).status == 303
    assert desk.texts(LIGHT) == [("draft", desk.words.odd)]
    with page.expect_navigation():
        page.locator("header nav [lang=en]").last.click()
    assert not page.get_by_text("Your text is here again, and not saved yet.").is_visible()


@EITHER_WAY
def test_another_language_takes_it_along_while_one_signs_in_again(visit, desk, javascript):
    visitor = visit(desk.walk(javascript=javascript))
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(LIGHT))
    page.fill("#text", desk.words.odd)
    desk.end_her_session()
    visitor.press(page.locator("button[value=draft]"))
    with page.expect_navigation():
        page.locator("header nav [lang=en]").last.click()
    assert page.get_by_role("heading", name="Sign in").is_visible()
    assert not javascript or visitor.barriers() == []
    fill_in_who_one_is(page, desk.email)
    with page.expect_navigation():
        page.locator(f"header nav [lang={desk.into.tag}]").last.click()
    assert page.input_value("#text") == desk.words.odd
    assert visitor.sees("Your text is here again, and not saved yet.")
    assert visitor.press(page.locator("button[value=draft]")).status == 303
    assert desk.texts(LIGHT) == [("draft", desk.words.odd)]


@IN_KOREAN
def test_a_comment_that_is_left_behind_is_offered_again(mina, desk):
    page = mina.page
    page.fill("#comment", desk.words.question)
    page.goto(desk.path(LETTERS))
    page.goto(desk.path(LIGHT))
    page.locator("[data-kept-use]").click()
    assert page.input_value("#comment") == desk.words.question
    with page.expect_navigation():
        page.locator("button[formaction$='/comments']").first.click()
    page.reload()
    assert not page.locator("[data-kept]").is_visible()
