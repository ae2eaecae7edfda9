"""Signing with something missing or wrong."""

import pytest

from advocacy.rules.languages import LANGUAGES
from tests.browser.visitor import APPEAL, EITHER_WAY, EVERY_WAY, EVERYBODY, Walk
from tests.factories import new_address

MUST_BE_GIVEN = ["name", "email", "agree_use", "agree_sensitive", "agree_age"]


@pytest.mark.parametrize("walk", EVERY_WAY, ids=str)
def test_an_empty_form_comes_back_and_says_what_is_missing(visit, walk):
    visitor = visit(walk)
    visitor.open(APPEAL)
    assert visitor.press(visitor.button("Sign the petition")).status == 422
    assert visitor.page.title().startswith(visitor.says("Error: %(title)s", title=""))
    assert visitor.page.locator("h1").count() == 1
    summary = visitor.page.get_by_role("alert")
    links = summary.get_by_role("link").all()[: len(MUST_BE_GIVEN)]  # another may say that this was quick
    assert [link.get_attribute("href") for link in links] == [f"#{field}" for field in MUST_BE_GIVEN]
    assert len({link.inner_text() for link in links}) == len(MUST_BE_GIVEN)
    for field, link in zip(MUST_BE_GIVEN, links, strict=True):
        link.click()
        focused = visitor.page.locator(":focus")
        assert focused.get_attribute("id") == field
        assert focused.evaluate("field => getComputedStyle(field).outlineStyle") == "solid"
        assert focused.get_attribute("aria-invalid") == "true"
        assert f"{field}-error" in focused.get_attribute("aria-describedby").split()
        message, label = (visitor.page.locator(part) for part in (f"#{field}-error", f"label[for={field}]"))
        assert message.inner_text() == link.inner_text()
        assert all(map(visitor.has_in_view, (message, label, focused)))
    assert not visitor.scrolls_sideways()


@pytest.mark.parametrize("walk", EITHER_WAY, ids=str)
def test_what_was_entered_stays_and_is_sent_once_corrected(visit, walk, mailbox):
    visitor = visit(walk)
    page = visitor.page
    visitor.open(APPEAL)
    page.fill("#name", "  남궁 민 ")
    page.fill("#email", "mingung.example.org")
    page.select_option("#country", "KR")
    page.check("#display-name")
    page.fill("#public_name", "민")
    for box in ("#discreet", "#agree_use", "#agree_delivery"):
        page.check(box)
    assert visitor.send().status == 422
    links = page.get_by_role("alert").get_by_role("link").all()
    assert [link.get_attribute("href") for link in links] == ["#email", "#agree_sensitive", "#agree_age"]
    kept = {field: page.input_value(f"#{field}") for field in ("name", "email", "country", "public_name")}
    assert kept == {
        "name": "  남궁 민 ",
        "email": "mingung.example.org",
        "country": "KR",
        "public_name": "민",
    }
    ticked = page.locator("main :checked:not(option)")
    assert [box.get_attribute("id") for box in ticked.all()] == [
        "display-name",
        "discreet",
        "agree_use",
        "agree_delivery",
    ]
    address = new_address()
    page.fill("#email", address)
    page.check("#agree_sensitive")
    page.check("#agree_age")
    assert visitor.send().status == 303
    assert visitor.sees("Check your email")
    mailbox.wait_for(address)


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_the_page_with_errors_has_no_barrier(visit, walk):
    visitor = visit(walk)
    visitor.open(APPEAL)
    assert visitor.press(visitor.button("Sign the petition")).status == 422
    assert visitor.barriers() == []


@pytest.mark.parametrize("walk", [Walk(LANGUAGES.by_slug("ko"), 360, javascript=False)], ids=str)
def test_the_name_to_show_is_asked_only_of_those_who_want_to_be_shown(visit, walk):
    page = visit(walk).page
    page.goto(f"/ko{APPEAL}")
    for choice, asked in (("count", False), ("initials", False), ("name", True), ("count", False)):
        page.check(f"#display-{choice}")
        assert page.locator("#public_name").is_visible() is asked
