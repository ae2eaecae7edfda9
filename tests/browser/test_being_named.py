"""Who translates: named on the public page by her own wish alone, and thanked; and the guide for her."""

from playwright.sync_api import expect

from advocacy.rules.review import Decision
from tests.browser.desk import LIGHT, sign_in


def test_a_translator_is_thanked_and_named_if_she_wishes_so(visit, desk):
    desk.judge(LIGHT, desk.words.light, Decision.APPROVE)
    visitor = visit(desk.walk())
    page, named = visitor.page, f"tr:has(bdi:text-is('{desk.name}')) td"
    sign_in(visitor, desk.email, "/translate/")
    assert visitor.sees(
        "Your first text has been approved. Thank you: somebody will read it in their language."
    )
    visitor.open("/translators")
    assert page.locator(named).count() == 0
    page.goto("/account/")
    assert visitor.barriers() == []
    page.check("#credited")
    visitor.press(page.locator("form[action='/account/credit'] button"))
    assert page.is_checked("#credited")
    visitor.open("/translators")
    assert page.get_attribute("html", "dir") == desk.into.direction
    assert page.locator(named).inner_text() == "5"  # words of the source
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()


def test_the_guide_is_a_step_away_and_shows_what_it_says(visit, desk):
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, "/translate/")
    assert visitor.press(visitor.link("How translating works here")).status == 200
    assert page.url.endswith(f"/{desk.into.slug}/translating")
    pictures = page.locator("main img")
    assert pictures.count() == 3
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.evaluate("picture => picture.naturalWidth") > 0
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    assert page.locator("main h2").count() > 8
