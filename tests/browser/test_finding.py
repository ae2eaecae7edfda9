"""Finding texts in the list: statuses, words and conditions, what cannot be meant, page by page."""

import pytest

from advocacy.actions.sync_messages import Source
from tests.browser.desk import LETTERS, LIGHT, SOURCES, THANKS, go_by, sign_in, tab_to
from tests.browser.visitor import Visitor

MANY = [Source(None, f"Window number {number} is lit.") for number in range(1, 31)]


FIRST, LAST = "Thank you, %(name)s.", "Every signature is a light."
UNKNOWN = "Nothing is called “%(word)s:” here. To look for these very words, put them in quotes."


@pytest.fixture
def seeker(visit, desk) -> Visitor:
    """The translator before a list of more than a page: her draft and her text, another's, thirty to do."""
    desk.take_in(*SOURCES, *MANY)
    desk.write(THANKS, desk.words.thanks, submit=False)
    desk.write(LETTERS, *desk.words.letters)
    desk.somebody_writes(LIGHT, desk.words.light)
    visitor = visit(desk.walk())
    sign_in(visitor, desk.email, desk.path())
    return visitor


def shown(visitor: Visitor) -> list[str]:
    return visitor.page.locator("tbody a").all_inner_texts()


def ask(visitor: Visitor, query: str) -> list[str]:
    visitor.page.fill("#q", query)
    visitor.press(visitor.page.locator("form[role=search] > button"))
    return shown(visitor)


def test_the_list_is_read_page_by_page_and_filtered(seeker, desk):
    page, first = seeker.page, shown(seeker)
    assert len(first) == 25
    translated = page.locator(f"tbody span[lang={desk.into.tag}][dir={desk.into.direction}]")
    assert translated.all_inner_texts() == [desk.words.thanks, desk.words.letters[0], desk.words.light]
    assert seeker.barriers() == []
    assert not seeker.scrolls_sideways()
    seeker.press(seeker.link("Next page"))
    assert (len(shown(seeker)), set(shown(seeker)) & set(first)) == (8, set())
    assert seeker.barriers() == []
    seeker.press(seeker.link("First page"))
    assert shown(seeker) == first
    seeker.press(page.locator(".chips a[href$='status=draft']"))
    assert shown(seeker) == [FIRST]
    seeker.press(page.locator(".chips a").first)
    page.check("#mine")
    assert ask(seeker, "") == [FIRST, "%(count)s letter"]


def test_what_is_asked_for_is_found_and_what_cannot_be_meant_explained(seeker, desk):
    page = seeker.page
    assert ask(seeker, f'status:needs_review -author:me translation:"{desk.words.light[:-1]}"') == [LAST]
    tab_to(page, "#q-help summary")
    page.keyboard.press("Enter")
    assert page.locator("#q-help dt code").first.is_visible()
    assert seeker.barriers() == []
    query = "window status:lost colour:red 3"
    assert ask(seeker, query) == [one.msgid for one in MANY if "3" in one.msgid]  # what can be meant, stands
    assert page.get_attribute("#q", "aria-invalid") == "true"
    said = page.locator("#q-error").inner_text()
    assert seeker.says(UNKNOWN, word="colour") in said
    assert "lost" in said
    assert page.input_value("#q") == query
    assert seeker.barriers() == []
    assert not seeker.scrolls_sideways()
    assert ask(seeker, "zzz") == []
    assert seeker.sees("Nothing fits. Try fewer words, another spelling, or look through everything.")
    tab_to(page, f"a.btn[href='{desk.path()}']")
    go_by(page, "Enter")
    assert len(shown(seeker)) == 25
