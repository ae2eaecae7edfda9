"""What staff do with sources and releases, in a real browser: by keyboard, in any window, by axe's rules."""

import pytest

from advocacy import create_app
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.rules.permissions import Role
from tests.browser.by_keyboard import is_in_order, press, tab_to
from tests.browser.visitor import EITHER_WAY
from tests.letters import OTHER, make_letter
from tests.people import post, staff_client

DESK, SOURCE = f"/staff/releases/appeal-{OTHER}", f"/staff/appeals/{OTHER}/source"


@pytest.fixture(scope="module")
def cookies(site) -> dict[str, str]:
    """What editor and publisher are signed in by; a release is prepared, and a typo waits."""
    app = create_app(read_settings(site.environ))
    with app.app_context():
        make_letter(begin_writing(db.session()))
    editor, publisher = staff_client(app, Role.EDITOR), staff_client(app, Role.PUBLISHER)
    assert post(editor, f"{DESK}/prepare", page=DESK).status_code == 303
    found = {
        "editor": editor.get_cookie("session").value,
        "publisher": publisher.get_cookie("session").value,
    }
    with app.app_context():
        db.engine.dispose()
    return found


def enter(visitor, site, cookie: str) -> None:
    visitor.page.context.add_cookies([{"name": "session", "value": cookie, "url": site.url}])


def confirm(visitor, walk, site, cookies) -> None:
    """Find that the editor cannot confirm it, and let the publisher."""
    typos = f"/staff/typos?language={walk.language.slug}"
    visitor.page.goto(typos)
    assert visitor.page.locator("button[value=confirm]").count() == 0
    enter(visitor, site, cookies["publisher"])
    visitor.page.goto(typos)
    assert is_in_order(visitor, walk)
    assert press(visitor, "button[value=confirm]") == 200
    assert visitor.page.locator("[role=status]").is_visible()


@pytest.mark.parametrize("walk", EITHER_WAY, ids=str)
def test_an_editor_mends_a_typo_and_a_publisher_confirms_it(visit, walk, site, cookies):
    visitor, spoken = visit(walk), f"?language={walk.language.slug}"
    page = visitor.page
    enter(visitor, site, cookies["editor"])
    page.goto(f"{SOURCE}{spoken}")
    assert is_in_order(visitor, walk)
    assert press(visitor, "a[href$='/source/title']") == 200
    tab_to(visitor, "#text")
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {walk}!")
    assert press(visitor, "form[action$='/look'] button") == 200
    assert is_in_order(visitor, walk)
    assert page.locator("ins").count() == 1
    assert press(visitor, "form[action$='/title'] button") == 422
    assert is_in_order(visitor, walk)
    tab_to(visitor, "#meaning-changed")
    page.keyboard.press("ArrowDown")  # to the other choice
    tab_to(visitor, "#reason")
    page.keyboard.type("A mark was missing.")
    assert press(visitor, "form[action$='/title'] button") == 200
    assert page.locator("[role=status]").is_visible()
    confirm(visitor, walk, site, cookies)


@pytest.mark.parametrize("walk", EITHER_WAY, ids=str)
def test_a_publisher_reads_a_release_as_readers_would(visit, walk, site, cookies):
    visitor, spoken = visit(walk), f"?language={walk.language.slug}"
    page = visitor.page
    enter(visitor, site, cookies["publisher"])
    page.goto(f"{DESK}{spoken}")
    assert is_in_order(visitor, walk)
    page.goto(f"{DESK}/1{spoken}")
    assert is_in_order(visitor, walk)
    tab_to(visitor, "#at")
    assert press(visitor, "form[action$='/schedule'] button") == 422
    assert is_in_order(visitor, walk)
    assert page.locator("#at-error").is_visible()
    page.goto(f"{DESK}/1{spoken}")
    assert press(visitor, f"dd a[href$='in={walk.language.slug}']") == 200
    assert page.locator(f"html[lang={walk.language.tag}]").count() == 1
    assert is_in_order(visitor, walk)
    assert not page.locator("#name").is_enabled()
    page.goto(f"{SOURCE}/title/urgent{spoken}")
    assert is_in_order(visitor, walk)
