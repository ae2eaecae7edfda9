"""Comments and terms beside a text, in a browser: by keyboard alone, without JavaScript, and nothing lost."""

from advocacy.extensions import db
from advocacy.models import Comment, Notice, TermSuggestion
from advocacy.models.account import account_by_email
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Role
from tests.browser.desk import EITHER_WAY, LIGHT, SOURCES, Desk, go_by, sign_in, tab_to
from tests.browser.test_joining import set_up_app
from tests.browser.visitor import Visitor

ANSWER = "A light for every one of the people who sign."


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


def answer(editor: Visitor, desk: Desk, question: str) -> None:
    """Sign in as who edits sources, and go from what is new to the question, and to its answer."""
    with desk.writing():
        email = desk.add_person("ada", (Role.EDITOR, None))
    page = editor.page
    sign_in(editor, email, "/account/news")
    set_up_app(page)
    page.goto("/account/news")
    editor.press(page.locator("main a[href='/staff/questions']"))
    asked = page.locator("article").filter(has=page.get_by_text(question, exact=True))
    assert asked.locator(".sheet-text").inner_text() == SOURCES[LIGHT].msgid
    assert asked.get_by_text(editor.says("%(name)s asks:", name=desk.name)).is_visible()
    assert editor.barriers() == []
    assert not editor.scrolls_sideways()
    asked.locator("textarea").fill(ANSWER)
    assert editor.press(asked.locator("button[name=question]")).status == 303
    assert editor.sees("Your answer is posted. Whoever asked is told.")
    assert asked.count() == 0


def test_who_edits_the_source_answers_a_question_and_whoever_asked_is_told(mina, visit, desk):
    page, question = mina.page, f"{desk.words.question} {desk.domain}"
    page.fill("#comment", question)
    mina.press(mina.button("Ask about the source"))
    assert mina.sees("Your question is with those who edit the source.")
    answer(visit(desk.walk()), desk, question)
    page.goto("/account/news")
    told = page.locator("section").filter(has=page.get_by_text(ANSWER, exact=True))
    assert mina.says("A comment asks for you.") in told.inner_text()
    assert mina.barriers() == []
    assert not mina.scrolls_sideways()
    mina.press(told.get_by_role("link"))
    assert page.locator("#comments ~ ol p.pre").all_inner_texts() == [ANSWER]
    page.locator("#comments ~ details summary").first.click()
    assert page.get_by_text(question, exact=True).is_visible()
    assert said(desk) == [(question, True, True), (ANSWER, False, False)]
    assert mina.barriers() == []
    assert not mina.scrolls_sideways()
