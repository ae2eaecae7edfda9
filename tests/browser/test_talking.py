"""Comments and terms beside a text, in a browser: by keyboard alone, without JavaScript, and nothing lost."""

from advocacy.extensions import db
from advocacy.models import Comment, Notice, TermSuggestion
from advocacy.models.account import account_by_email
from advocacy.rules.notices import NoticeKind
from tests.browser.desk import EITHER_WAY, LIGHT, go_by, sign_in, tab_to


def said(desk) -> list[tuple[str, bool, bool]]:
    """The comments on the last text, whether each is about its source and whether it is resolved."""
    with desk.app.app_context():
        found = db.session().query(Comment).filter_by(unit_id=desk.units()[LIGHT].id).order_by(Comment.id)
        return [(one.text, one.about_source, one.resolved_at is not None) for one in found]


def was_called(desk, email: str) -> bool:
    with desk.app.app_context():
        session = db.session()
        asked = {"account_id": account_by_email(session, email).id, "kind": NoticeKind.MENTIONED}
        return session.query(Notice).filter_by(**asked).count() == 1


def test_a_comment_is_written_and_resolved_by_keyboard_while_a_text_is_being_typed(mina, desk):
    page, words = mina.page, desk.words
    page.focus("#text")
    page.keyboard.type(words.unfinished)
    tab_to(page, "#comment")
    page.keyboard.type(words.term)
    page.keyboard.press("Enter")  # a new line, and nothing is sent
    page.keyboard.type(words.question)
    tab_to(page, "button[formaction$='/comments']")
    go_by(page, "Enter")
    assert mina.sees("Your comment is posted.")
    assert page.input_value("#text") == words.unfinished
    assert page.input_value("#comment") == ""
    assert mina.barriers() == []
    tab_to(page, "button[formaction*='/comments/']")
    go_by(page, "Enter")
    assert mina.sees("The comment is resolved.")
    assert page.input_value("#text") == words.unfinished
    assert said(desk) == [(f"{words.term}\n{words.question}", False, True)]
    assert desk.texts(LIGHT) == []
    assert mina.barriers() == []


def suggest_what_a_light_is_called(visitor, desk, source: str) -> None:
    """Forget to say what, be told so, and say it; nothing typed elsewhere is touched."""
    page, suggest = visitor.page, visitor.page.locator("button[formaction$='/term']")
    page.locator("#terms ~ details summary").click()
    page.fill("#term_source", source)
    assert visitor.press(suggest).status == 422
    assert page.locator("#term_target-error").is_visible()
    page.fill(f"#term_target[lang={desk.into.tag}][dir={desk.into.direction}]", desk.words.term)
    page.fill("#term_why", desk.words.reason)
    assert visitor.press(suggest).status == 200
    assert visitor.sees("Your term is suggested. You are told what becomes of it.")
    assert page.input_value("#term_source") == ""
    assert not visitor.scrolls_sideways()
    with desk.app.app_context():
        found = db.session().query(TermSuggestion).filter_by(source=source).one()
        assert (found.language, found.target) == (desk.into.tag, desk.words.term)


@EITHER_WAY
def test_a_term_is_suggested_and_the_source_asked_about_calling_somebody(visit, desk, javascript):
    with desk.writing():
        yuri = desk.add_person("yuri")
    question = f"@Yuri {desk.domain.rsplit('-', 1)[-1]} {desk.words.question}"
    visitor = visit(desk.walk(javascript=javascript))
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(LIGHT))
    page.fill("#text", desk.words.unfinished)
    page.fill("#comment", question)
    suggest_what_a_light_is_called(visitor, desk, f"light of {desk.domain}")
    assert (page.input_value("#text"), page.input_value("#comment")) == (desk.words.unfinished, question)
    assert not javascript or visitor.barriers() == []
    assert visitor.press(page.locator("button[formaction$='/comments'][name=about_source]")).status == 200
    assert page.input_value("#text") == desk.words.unfinished
    assert page.locator("#comments ~ ol .tag").inner_text() == visitor.says("About the source")
    assert said(desk) == [(question, True, False)]
    assert was_called(desk, yuri)
    assert not visitor.scrolls_sideways()
    assert not javascript or visitor.barriers() == []
