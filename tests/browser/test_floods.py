"""Signing while very many others do, in a real browser: with its calculation, and without JavaScript."""

import pytest

from advocacy.rules.languages import LANGUAGES
from tests.browser.visitor import APPEAL, Visitor, Walk
from tests.factories import new_address
from tests.servers import platform

EVERYBODY = [Walk(language, width) for language, width in zip(LANGUAGES, [360, 1280, 360, 1280], strict=True)]


@pytest.fixture(scope="module")
def flooded(tmp_path_factory, new_database):
    """The platform, asking for work from the second form of a mail host on."""
    environ = {"ADVOCACY_CALM_FORMS": "1", "ADVOCACY_WORKERS": "1", **new_database("flooded_browser")}
    with platform(tmp_path_factory.mktemp("flooded"), **environ) as served:
        yield served


@pytest.fixture
def arrive(chromium, flooded):
    contexts = []

    def come(walk: Walk) -> Visitor:
        context = chromium.new_context(
            base_url=flooded.url,
            viewport={"width": walk.width, "height": 780},
            java_script_enabled=walk.javascript,
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        visitor = Visitor(context.new_page(), walk.language)
        visitor.open(APPEAL)
        visitor.fill_in(address=new_address())
        return visitor

    yield come
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def _pressure(flooded, arrive):
    """Enough forms beforehand that the next one is asked for work."""
    for _ in range(3):
        arrive(Walk(LANGUAGES.source, javascript=False)).send()


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_her_browser_calculates_and_goes_on_by_itself(arrive, walk):
    visitor = arrive(walk)
    assert visitor.send().status == 422
    visitor.page.wait_for_url(f"**{APPEAL}/check-mail")
    assert visitor.sees("Check your email")
    assert visitor.complaints == []


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_without_javascript_she_goes_on_by_a_button(arrive, walk):
    visitor = arrive(Walk(walk.language, walk.width, javascript=False))
    assert visitor.send().status == 422
    assert not visitor.scrolls_sideways()
    assert visitor.press(visitor.button("Go on without the calculation")).status == 303
    assert visitor.sees("Check your email")


def test_the_page_that_calculates_has_no_barriers(arrive):
    visitor = arrive(Walk(LANGUAGES.source))
    visitor.page.route("**/*.js", lambda route: route.abort())  # so that it stays
    visitor.send()
    assert visitor.sees("One more moment")
    assert visitor.barriers() == []
