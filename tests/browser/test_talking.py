"""Comments and terms beside a text, in a browser: by keyboard alone, without JavaScript, and nothing lost."""

import pytest

from advocacy.extensions import db
from advocacy.models import Comment, TermSuggestion
from advocacy.rules.languages import LANGUAGES
from tests.browser.test_translating import desk, go_by, sign_in, tab_to  # noqa: F401  one is a fixture
from tests.browser.visitor import Walk

KOREAN = LANGUAGES.by_tag("ko")


def said(desk, place: int) -> list[tuple[str, bool]]:  # noqa: F811
    with desk.app.app_context():
        unit = desk.units()[place]
        found = db.session().query(Comment).filter_by(unit_id=unit.id).order_by(Comment.id)
        return [(one.text, one.resolved_at is not None) for one in found]


def test_a_comment_is_written_and_resolved_by_keyboard_while_a_text_is_being_typed(visit, desk):  # noqa: F811
    visitor = visit(Walk(KOREAN, 1280))
    page = visitor.page
    sign_in(visitor, desk, desk.path(2))
    page.keyboard.type("서명 하나하나")
    tab_to(page, "#comment")
    page.keyboard.type("빛")
    page.keyboard.press("Enter")  # a new line, and nothing is sent
    page.keyboard.type("맞나요?")
    tab_to(page, "button[formaction$='/comments']")
    go_by(page, "Enter")
    assert visitor.sees("Your comment is posted.")
    assert page.input_value("#text") == "서명 하나하나"
    assert page.input_value("#comment") == ""
    assert visitor.barriers() == []
    tab_to(page, "button[formaction*='/comments/']")
    go_by(page, "Enter")
    assert visitor.sees("The comment is resolved.")
    assert page.input_value("#text") == "서명 하나하나"
    assert said(desk, 2) == [("빛\n맞나요?", True)]
    assert desk.texts(2) == []
    assert visitor.barriers() == []


@pytest.mark.parametrize(
    "walk", [Walk(KOREAN, 360, javascript=False), Walk(KOREAN, 1280, javascript=False)], ids=str
)
def test_comments_and_terms_need_no_javascript(visit, desk, walk):  # noqa: F811
    visitor = visit(walk)
    page = visitor.page
    sign_in(visitor, desk, desk.path(2))
    page.fill("#text", "서명 하나하나")
    page.locator("#terms ~ details summary").click()
    page.fill("#term_source", "light")
    assert visitor.press(page.locator("button[formaction$='/term']")).status == 422
    page.fill("#term_target", "빛")
    page.fill("#term_why", "시처럼 읽힙니다.")
    page.fill("#comment", "아직 쓰는 중")
    assert visitor.press(page.locator("button[formaction$='/term']")).status == 200
    assert visitor.sees("Your term is suggested. You are told what becomes of it.")
    assert (page.input_value("#text"), page.input_value("#comment")) == ("서명 하나하나", "아직 쓰는 중")
    assert page.locator("#term_source").input_value() == ""
    assert not visitor.scrolls_sideways()
    assert visitor.press(page.locator("button[formaction$='/comments']:not([name])")).status == 200
    assert page.input_value("#text") == "서명 하나하나"
    assert said(desk, 2) == [("아직 쓰는 중", False)]
    assert not visitor.scrolls_sideways()
    with desk.app.app_context():
        assert db.session().query(TermSuggestion).filter_by(source="light").count() == 1
