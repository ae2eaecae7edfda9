"""In place: an appeal's page with one's own drafts in it, and the ways from it to the texts and back."""

import re

from tests.browser.desk import sign_in
from tests.browser.visitor import APPEAL

PLACE = 4
"""Of the block, from the top, that has others on both sides."""
SPOKEN = "block => [block.closest('[lang]').lang, getComputedStyle(block).direction]"


def test_a_block_is_opened_from_its_page_and_found_there_with_the_draft(visit, desk):
    visitor, draft = visit(desk.walk()), f"{desk.words.light} {desk.name}"
    page, in_place = visitor.page, f"/translate/{desk.into.slug}/in-place{APPEAL}"
    sign_in(visitor, desk.email, "/translate/")
    visitor.press(page.locator(f"a[href='{in_place}']"))
    assert visitor.sees("Only translators see this page as it is here.")
    assert page.get_attribute("html", "dir") == desk.into.direction
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    handle = page.locator(".letter .handle").nth(PLACE)
    mark = handle.get_attribute("id")
    visitor.press(handle)

    assert page.locator("[aria-labelledby=before], [aria-labelledby=after]").count() == 2  # its neighbours
    assert visitor.barriers() == []
    page.fill("#text", draft)
    assert visitor.press(page.locator("button[value=draft]")).status == 303
    visitor.press(visitor.link("See it in the petition"))
    assert page.url.endswith(f"{in_place}#{mark}")
    block = page.locator(f"#{mark}")
    said = f"{visitor.says('Open this text')}: {visitor.says('Draft')} · {visitor.says('yours')}"
    assert " ".join(block.inner_text().split()) == said
    assert draft in block.locator("xpath=..").inner_text()
    assert block.locator("xpath=..").evaluate(SPOKEN) == [desk.into.tag, desk.into.direction]
    public = visitor.page.context.request.get(f"/{desk.into.slug}{APPEAL}")
    assert draft not in public.text()


def test_the_messages_of_a_page_are_listed_and_lead_to_their_texts(visit, desk):
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, f"/translate/{desk.into.slug}/in-place{APPEAL}")
    listed = page.locator("#in-place-texts li a")
    assert listed.count() > 20
    source = listed.nth(1).inner_text()
    visitor.press(listed.nth(1))
    assert re.search(rf"/translate/{desk.into.slug}/messages/\d+$", page.url)
    assert source[:40] in page.locator("h1").inner_text()
    assert visitor.barriers() == []
    visitor.press(visitor.link("See it in place"))
    assert page.locator("#in-place-texts").is_visible()
