"""A real browser before the real platform, which sends real mail."""

import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from advocacy import create_app
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.rules.signing import Display
from tests.browser.desk import ARABIC, KOREAN, LIGHT, Desk, sign_in
from tests.browser.visitor import Visitor, Walk
from tests.factories import SLUG, make_confirmed
from tests.servers import Mailbox, Platform, platform, smtp_peer

NAMES = ["남궁 민", "María José García-López y Fernández de Córdoba", "محمد علي", "陈"]
"""People who signed before the tests begin, so that no page is tried only while it is empty."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's own Chromium: what is tested is what people have."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Please install Chromium (Debian: apt-get install chromium); the browser tests drive it."
    quiet = ["--no-sandbox", "--disable-dev-shm-usage"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=quiet)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def post() -> Iterator[tuple[Mailbox, str]]:
    with smtp_peer() as peer:
        yield peer


@pytest.fixture
def mailbox(post) -> Mailbox:
    return post[0]


@pytest.fixture(scope="session")
def site(tmp_path_factory, new_platform, post) -> Iterator[Platform]:
    environ = new_platform(tmp_path_factory.mktemp("browser"), "browser")
    with platform(**environ, SMTP_URL=post[1], ADVOCACY_MORE_LANGUAGES="ar") as served:
        _let_people_sign(served)
        yield served


def _let_people_sign(served: Platform) -> None:
    app = create_app(read_settings(served.environ))
    with app.app_context():
        session = begin_writing(db.session())
        for name in NAMES:
            make_confirmed(session, name=name, display=Display.NAME)
        session.commit()
        db.engine.dispose()


@pytest.fixture(scope="session")
def behind(site) -> Iterator[Flask]:
    """The application on the platform's database, to put there what a test begins with."""
    app = create_app(read_settings(site.environ))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(params=[KOREAN, ARABIC], ids=lambda into: into.tag)
def desk(behind, request) -> Desk:
    """A translator's desk, once in Korean and once in Arabic."""
    return Desk(behind, request.param)


@pytest.fixture
def mina(visit, desk) -> Visitor:
    """The desk's translator, in the editor of the last text."""
    visitor = visit(desk.walk())
    sign_in(visitor, desk.email, desk.path(LIGHT))
    return visitor


@pytest.fixture
def let_names_show(site):
    """Looks at the names that wait, as an operator does, and shows them."""

    def look() -> None:
        waiting = site.command("signatures", "names", SLUG).splitlines()
        site.command("signatures", "show-names", *(line.split("\t")[0] for line in waiting))

    return look


@pytest.fixture
def visit(chromium, site):
    """Makes visitors, each with a browser of her own, as `walk` says.

    None may leave with something having gone wrong in her browser, or with a request to another host.
    """
    visitors = []

    def arrive(walk: Walk) -> Visitor:
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": walk.width, "height": 780},
            java_script_enabled=walk.javascript,
            color_scheme="dark" if walk.dark else "light",
            locale=walk.browser_language,
            reduced_motion="reduce",  # no waiting for a page to glide
        )
        context.set_default_timeout(20_000)
        visitors.append(Visitor(context.new_page(), walk.language))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.page.context.close()
    for visitor in visitors:
        assert {address for address in visitor.asked if not address.startswith(f"{site.url}/")} == set()
        assert visitor.complaints == []
