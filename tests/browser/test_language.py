"""Which language a visitor is given, and being remembered."""

import pytest

from advocacy.rules.languages import LANGUAGES
from tests.browser.visitor import APPEAL, EVERYBODY, PAGES, Walk


@pytest.mark.parametrize(
    ("browser_language", "slug"),
    [("ko-KR", "ko"), ("zh-CN", "zh-hans"), ("zh-TW", "zh-hant"), ("zh-HK", "zh-hant"), ("de-DE", "en")],
)
def test_the_first_page_is_in_the_language_of_the_browser(visit, browser_language, slug):
    visitor = visit(Walk(LANGUAGES.source, browser_language=browser_language))
    visitor.page.goto("/")
    assert visitor.page.url.endswith(f"/{slug}/")
    assert visitor.page.locator("html").get_attribute("lang") == LANGUAGES.by_slug(slug).tag


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_a_language_is_remembered_only_for_who_asks(visit, walk):
    visitor = visit(walk)
    cookies = visitor.page.context.cookies
    for path in PAGES:
        visitor.open(path)
    visitor.page.goto("/")
    assert visitor.page.url.endswith("/en/")  # the browser asks for French
    assert cookies() == []

    visitor.open(APPEAL)
    ask = visitor.says("Open this site in %(language)s next time", language=walk.language.endonym)
    assert visitor.press(visitor.page.get_by_role("button", name=ask)).status == 303
    assert visitor.page.url.endswith(f"/{walk.language.slug}{APPEAL}")
    [cookie] = cookies()
    assert (cookie["name"], cookie["value"]) == ("language", walk.language.slug)
    assert cookie["httpOnly"]
    visitor.page.goto("/")
    assert visitor.page.url.endswith(f"/{walk.language.slug}/")
    assert len(cookies()) == 1
