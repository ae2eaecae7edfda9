"""Signing while very many others do, in a real browser: with its calculation, and without JavaScript."""

import time

import pytest

from advocacy.rules.languages import LANGUAGES
from advocacy.rules.pressure import WINDOW
from tests.browser.visitor import APPEAL, Visitor, Walk
from tests.factories import new_address
from tests.servers import platform

EVERYBODY = [Walk(language, width) for language, width in zip(LANGUAGES, [360, 1280, 360, 1280], strict=True)]
FOREIGNER = Walk(LANGUAGES.source, javascript=False)
LONGEST_TEST = 20
"""Seconds that a test here takes at most, its preparation included."""


@pytest.fixture(scope="module")
def flooded(tmp_path_factory, new_platform, chromium):
    """The platform, asking for work from the third form of a mail host on, and two forms."""
    environ = new_platform(tmp_path_factory.mktemp("flooded"), "flooded_browser")
    with platform(**environ, ADVOCACY_CALM_FORMS="1", ADVOCACY_WORKERS="1") as served:
        crowd = [_visitor(chromium, served, FOREIGNER) for _ in range(2)]
        for visitor in crowd:
            visitor.send()
            visitor.page.context.close()
        yield served


def _visitor(chromium, served, walk: Walk) -> Visitor:
    """Somebody who has filled in the form."""
    context = chromium.new_context(
        base_url=served.url,
        viewport={"width": walk.width, "height": 780},
        java_script_enabled=walk.javascript,
    )
    context.set_default_timeout(30_000)
    visitor = Visitor(context.new_page(), walk.language)
    visitor.open(APPEAL)
    visitor.fill_in(address=new_address())
    return visitor


@pytest.fixture
def arrive(chromium, flooded):
    visitors = []

    def come(walk: Walk) -> Visitor:
        visitors.append(_visitor(chromium, flooded, walk))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.page.context.close()


@pytest.fixture(autouse=True)
def _pressure(flooded, arrive):
    """One form more, in case that forms are forgiven in these moments: they are at each half of WINDOW."""
    until_forgiven = WINDOW / 2 - time.time() % (WINDOW / 2)
    if until_forgiven < LONGEST_TEST:
        time.sleep(until_forgiven)
    arrive(FOREIGNER).send()


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
