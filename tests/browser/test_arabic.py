"""The editor for a language with six plural forms that is written from right to left."""

import pytest

from advocacy import create_app
from advocacy.actions.add_account import add_account
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.models import Domain
from advocacy.models.translation import translations_of
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES, with_more
from advocacy.rules.permissions import Role
from tests.browser.visitor import Visitor
from tests.factories import NOW
from tests.people import PASSWORD
from tests.servers import platform

ARABIC = with_more(["ar"]).by_tag("ar")
EMAIL = "noor@example.org"
FORMS = ["zero", "one", "two", "few", "other", "many"]
NUMBERS = [["0"], ["1"], ["2"], ["3", "4", "5"], ["100", "101", "102"], ["11", "12", "13"]]
TEXTS = [
    "لا رسائل %(count)s",
    "رسالة واحدة %(count)s",
    "رسالتان %(count)s",
    "%(count)s رسائل",
    "%(count)s من الرسائل",
    "%(count)s رسالة",
]


@pytest.fixture(scope="module")
def arabic_site(tmp_path_factory, new_database):
    settings = {"ADVOCACY_MORE_LANGUAGES": "ar", **new_database("arabic-desk")}
    with platform(tmp_path_factory.mktemp("arabic"), **settings) as served:
        app = create_app(read_settings(served.environ))
        with app.app_context():
            session = begin_writing(db.session())
            domain = Domain.named(session, "letters", source_language="en")
            several = Source(None, "%(count)s letter", "%(count)s letters", ("python-format",), "In a list.")
            tags = Source(None, "Thank you, <em>%(name)s</em>.", None, ("python-format",))
            sync_messages(session, domain, [several, tags], read_settings(served.environ).languages)
            roles = [(Role.TRANSLATOR, "ar")]
            add_account(
                session, name="Noor", email=EMAIL, password=PASSWORD, roles=roles, by="operator", now=NOW
            )
            session.commit()
            units = [unit.id for unit in units_in(session, domain.id, "ar")]
        yield served, app, units
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def noor(chromium, arabic_site):
    """Makes her come, at a width, reading one of the languages (slug)."""
    visitors = []

    def come(width: int, reads: str, *, javascript: bool = True) -> Visitor:
        context = chromium.new_context(
            base_url=arabic_site[0].url,
            viewport={"width": width, "height": 780},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        visitors.append(Visitor(context.new_page(), LANGUAGES.by_slug(reads) or ARABIC))
        page = visitors[-1].page
        page.goto(f"/translate/?language={reads}")
        page.fill("#email", EMAIL)
        page.fill("#password", PASSWORD)
        with page.expect_navigation():
            page.press("#password", "Enter")
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.page.context.close()
        assert visitor.complaints == []


@pytest.mark.parametrize("reads", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_six_forms_each_with_its_numbers_are_written_from_right_to_left(noor, arabic_site, width, reads):
    visitor = noor(width, reads)
    page = visitor.page
    plural, tagged = arabic_site[2]
    for path in ("", "ar/letters", f"ar/letters/{tagged}", f"ar/letters/{plural}"):
        page.goto(f"/translate/{path}")
        assert page.get_attribute("html", "dir") == ("rtl" if reads == "ar" else "ltr")
        assert visitor.barriers() == [], path
        assert not visitor.scrolls_sideways(), path
    fields = page.locator("textarea[name^=text_]")
    assert fields.count() == len(FORMS)
    assert page.locator(".forms label + code").all_inner_texts() == FORMS
    for index, numbers in enumerate(NUMBERS):
        field = fields.nth(index)
        assert (field.get_attribute("lang"), field.get_attribute("dir")) == ("ar", "rtl")
        label = page.locator(f"label[for=text_{index}]").inner_text()
        assert [number for number in numbers if number in label] == numbers
        box = field.bounding_box()
        assert box["width"] > 200
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.locator("[data-insert]").first.locator("span[dir]").last.get_attribute("dir") == "ltr"
    assert page.locator("#source-text dd").first.get_attribute("dir") == "ltr"


def test_a_text_in_six_forms_is_checked_sent_and_kept_whole(noor, arabic_site):
    visitor = noor(1280, "en")
    page = visitor.page
    served, app, (plural, _tagged) = arabic_site
    page.goto(f"/translate/ar/letters/{plural}")
    for index, text in enumerate(TEXTS[:5]):
        page.fill(f"#text_{index}", text)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "Fill in every form." in page.locator(".errors").inner_text()
    assert visitor.barriers() == []
    assert [page.input_value(f"#text_{index}") for index in range(6)] == [*TEXTS[:5], ""]
    page.focus("#text_5")
    page.keyboard.press("Alt+1")
    assert page.input_value("#text_5") == "%(count)s"
    page.keyboard.type(" رسالة")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    with app.app_context():
        (kept,) = translations_of(db.session(), plural)
        assert (kept.state.value, kept.texts) == ("submitted", TEXTS)
        db.session().rollback()
    assert served.url in page.url


def test_without_javascript_it_is_the_same_at_360_pixels(noor, arabic_site):
    visitor = noor(360, "ar", javascript=False)
    page = visitor.page
    page.goto(f"/translate/ar/letters/{arabic_site[2][1]}")
    page.fill("#text", "شكراً لك، <em>%(name)s</em>.")
    with page.expect_navigation():
        page.locator("button[value=draft]").click()
    assert page.input_value("#text") == "شكراً لك، <em>%(name)s</em>."
    assert not visitor.scrolls_sideways()
