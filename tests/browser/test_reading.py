"""Reading, before anybody signs anything."""

import pytest

from advocacy.rules.languages import LANGUAGES
from tests.browser.visitor import APPEAL, EITHER_WAY, EVERY_WAY, EVERYBODY, PAGES, Walk, title_in

PRESSED = """() => [...document.querySelectorAll('a, button, input, select, summary')]
  .filter(part => part.checkVisibility() && !part.closest('.vh, .trap'))
  .map(part => [part, part.getBoundingClientRect()])
  .map(([part, box]) => ({
    what: part.id || part.textContent.trim(),
    size: [box.width, box.height],
    button: part.matches('.btn'),
  }))"""
"""All that is there to be pressed, with its width and height."""


@pytest.mark.parametrize("walk", EVERY_WAY, ids=str)
def test_every_page_speaks_its_readers_language_and_fits_her_window_and_fingers(visit, walk):
    visitor = visit(walk)
    titles = set()
    for path in PAGES:
        assert visitor.open(path).status == 200
        html = visitor.page.locator("html")
        assert (html.get_attribute("lang"), html.get_attribute("dir")) == (walk.language.tag, "ltr")
        assert visitor.page.locator("h1").count() == 1
        assert visitor.page.locator("h1").is_visible()
        assert not visitor.scrolls_sideways(), path
        titles.add(visitor.page.title())
        pressed = visitor.page.evaluate(PRESSED)
        assert len(pressed) > 7
        small = [
            part for part in pressed if min(part["size"]) < 24 or (part["button"] and part["size"][1] < 44)
        ]
        assert small == [], path
    assert len(titles) == len(PAGES)
    assert visitor.page.context.cookies() == []


@pytest.mark.parametrize("walk", EITHER_WAY, ids=str)
def test_the_letter_is_read_in_full(visit, walk):
    visitor = visit(walk)
    visitor.open(APPEAL)
    assert visitor.page.title() == title_in(walk.language)
    assert visitor.page.locator("h1").inner_text().replace("\n", "") == title_in(walk.language)
    assert visitor.page.locator(".letter > p[id], .letter > blockquote[id]").count() == 13
    assert visitor.page.locator(".plea").is_visible()
    assert visitor.page.locator(".signoff b").is_visible()
    assert visitor.page.locator(".fallback").count() == 0


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_a_page_that_does_not_exist_says_so_and_leads_on(visit, walk):
    visitor = visit(walk)
    assert visitor.open("/nowhere").status == 404
    assert visitor.sees("Page not found")
    assert visitor.barriers() == []
    visitor.link("Go to the first page").click()
    visitor.page.wait_for_url(f"**/{walk.language.slug}/")


@pytest.mark.parametrize("path", ["/", APPEAL, f"{APPEAL}/signatures", "/privacy"])
@pytest.mark.parametrize("walk", [Walk(LANGUAGES.by_slug("ko"), 360, javascript=False)], ids=str)
def test_the_language_switch_stays_on_the_page_and_comes_back(visit, walk, path):
    visitor = visit(walk)
    visitor.open(path)
    for language in (*LANGUAGES, walk.language):
        visitor.page.get_by_role("link", name=language.endonym, exact=True).click()
        visitor.page.wait_for_url(f"**/{language.slug}{path}")
        assert visitor.page.locator("html").get_attribute("lang") == language.tag
        current = visitor.page.locator(".langs [aria-current]")
        assert current.all_inner_texts() == [language.endonym]


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_the_original_is_one_step_away(visit, walk):
    visitor = visit(walk)
    visitor.open(APPEAL)
    original = visitor.link("Read the original")
    if walk.language == LANGUAGES.source:
        assert original.count() == 0
    else:
        original.click()
        visitor.page.wait_for_url(f"**/en{APPEAL}")
        assert visitor.page.locator("h1").inner_text() == title_in(LANGUAGES.source)


@pytest.mark.parametrize(
    "walk", [Walk(walk.language, walk.width, dark=walk.dark) for walk in EVERY_WAY], ids=str
)
def test_no_page_has_a_barrier(visit, walk):
    visitor = visit(walk)
    for path in PAGES:
        visitor.open(path)
        assert visitor.barriers() == [], path


def test_a_barrier_would_be_found(visit):
    visitor = visit(EVERYBODY[0])
    visitor.open(APPEAL)
    visitor.page.evaluate("document.querySelector('#email').labels[0].remove()")
    assert "label" in [barrier.split(":")[0] for barrier in visitor.barriers()]


@pytest.mark.parametrize("walk", [Walk(language, 320) for language in LANGUAGES], ids=str)
def test_pages_fit_a_window_of_320_pixels(visit, walk):
    """As at 1280 enlarged to 400 % (WCAG 2.2, 1.4.10)."""
    visitor = visit(walk)
    for path in PAGES:
        visitor.open(path)
        assert not visitor.scrolls_sideways(), path


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_are_mirrored_for_a_language_written_from_right_to_left(visit, width):
    visitor = visit(Walk(LANGUAGES.source, width))
    for path in PAGES:
        visitor.open(path)
        visitor.page.evaluate("document.documentElement.dir = 'rtl'")
        assert not visitor.scrolls_sideways(), path
        mark, switch = (visitor.page.locator(part).bounding_box() for part in (".mark", ".langs"))
        assert mark["x"] + mark["width"] > switch["x"] + switch["width"] - 9  # the switch's own margin
    visitor.open(APPEAL)
    visitor.page.evaluate("document.documentElement.dir = 'rtl'")
    tick, label = (visitor.page.locator(part).bounding_box() for part in ("#agree_age", "[for=agree_age]"))
    assert tick["x"] > label["x"] + label["width"]


@pytest.mark.parametrize("walk", EITHER_WAY, ids=str)
def test_whoever_has_read_on_is_led_back_to_the_form(visit, walk):
    visitor = visit(walk)
    visitor.open(APPEAL)
    heading = visitor.page.locator("#join")
    visitor.page.locator("#share").scroll_into_view_if_needed()
    assert not visitor.has_in_view(heading)
    visitor.link("Sign the petition").click()
    assert visitor.page.url.endswith("#sign")
    assert visitor.has_in_view(heading)


@pytest.mark.parametrize("walk", [Walk(language, 360) for language in LANGUAGES], ids=str)
def test_the_bar_to_sign_stays_in_view_only_beside_the_letter(visit, walk):
    visitor = visit(walk)
    visitor.open(APPEAL)
    for part, beside in (("h1", False), ("#name", False), (".plea", True), ("#address", False)):
        visitor.page.locator(part).scroll_into_view_if_needed()
        assert visitor.has_in_view(visitor.page.locator(".signbar")) is beside, part


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_the_letter_is_printed_without_the_form_and_with_its_address(visit, walk):
    visitor = visit(walk)
    visitor.open(APPEAL)
    visitor.page.emulate_media(media="print")
    assert visitor.page.locator("h1").is_visible()
    assert visitor.page.locator(".signoff b").is_visible()
    assert visitor.page.get_by_text(visitor.page.url).is_visible()
    for left_out in (".head", "#sign", ".signbar", "#share", ".foot"):
        assert not visitor.page.locator(left_out).is_visible()
