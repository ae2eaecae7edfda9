"""Comments in the editor: they are posted and resolved, and nothing that is being typed is lost by it."""

import pytest

from advocacy.actions.comment import LONGEST_COMMENT
from advocacy.models import Comment
from advocacy.models.account import account_by_email
from advocacy.models.notice import news_of
from advocacy.rules.permissions import Role
from tests.factories import make_approved
from tests.pages import errors_in, parsed, title_of, value_of
from tests.translate.conftest import ASK, DAYS, field_of


@pytest.fixture
def comments(session):
    """What was said about a unit, oldest first: text, whether about the source, whether resolved."""

    def read(unit) -> list[tuple[str, bool, bool]]:
        session.rollback()
        found = session.query(Comment).filter_by(unit_id=unit.id).order_by(Comment.id)
        return [(one.text, one.about_source, one.resolved_at is not None) for one in found]

    return read


def say(mina, unit, said: str, page: str | None = None, at: str = "", **fields: str):
    """Press a button of the comments, with the fields of the editor, which they belong to."""
    page = page or mina.open(unit)
    fields = {"text": field_of(page), "comment": said, **fields}
    return mina.send(unit, page, path=f"{mina.path(unit)}/comments{at}", **fields)


def only_comment(session, unit) -> Comment:
    session.rollback()
    return session.query(Comment).filter_by(unit_id=unit.id).one()


def test_a_comment_stands_beside_the_text_and_tells_whom_it_calls(translator, units, comments, session):
    yuri, mina = translator("유리"), translator("Mina")
    answer = say(mina, units[ASK], "@유리님, 높임말이\n맞을까요?")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{mina.path(units[ASK])}#comments")
    page = mina.open(units[ASK])
    parsed(page)
    assert "Your comment is posted." in page
    assert "@유리님, 높임말이\n맞을까요?" in page
    assert "@Mina" in page  # who can be called
    assert comments(units[ASK]) == [("@유리님, 높임말이\n맞을까요?", False, False)]
    there = account_by_email(session, yuri.email)
    assert [one.unit_id for one in news_of(session, there.id, before=None, most=9)] == [units[ASK].id]
    assert f'{yuri.path(units[ASK])}#comments"' in yuri.client.get("/account/news").text


def test_a_text_that_is_being_typed_comes_back_with_the_comment_posted(
    translator, units, comments, texts, session
):
    mina = translator()
    say(mina, units[ASK], "첫 번째")
    for at in ("", f"/{only_comment(session, units[ASK]).id}"):
        answer = say(mina, units[ASK], "" if at else "두 번째", at=at, text="서명하")
        assert answer.status_code == 200
        tree = parsed(answer.text)
        assert field_of(answer.text) == "서명하"
        (form,) = (form for form in tree.iter("form") if form.get("id") == "editor")
        assert "data-unsaved" in form.attrib
        assert form.get("action") == mina.path(units[ASK])
        assert field_of(answer.text, "comment") == ""
    assert comments(units[ASK]) == [("첫 번째", False, True), ("두 번째", False, False)]
    assert texts(units[ASK]) == []
    assert mina.client.get(f"{mina.path(units[ASK])}/comments?status=draft").headers["Location"] == (
        f"{mina.path(units[ASK])}?status=draft"
    )


def test_a_comment_in_its_field_goes_with_a_text_that_is_saved(translator, units, comments, texts):
    mina = translator()
    mina.send(units[ASK], text="서명하기", comment="더 짧게 했습니다.", action="submit")
    assert comments(units[ASK]) == [("더 짧게 했습니다.", False, False)]
    page = mina.send(units[DAYS], text="", comment="아직", action="draft").text
    assert field_of(page, "comment") == "아직"
    assert comments(units[DAYS]) == []
    answer = mina.send(units[DAYS], text="%(left)s일", comment="x" * (LONGEST_COMMENT + 1), action="draft")
    assert answer.status_code == 422
    assert field_of(answer.text) == "%(left)s일"
    assert texts(units[DAYS]) == []


def test_a_comment_is_kept_while_two_texts_are_compared(translator, units, comments):
    mina = translator()
    page = mina.open(units[ASK])
    translator().save(units[ASK], "유리의 글", action="submit")
    answer = mina.send(units[ASK], page, text="내 글", comment="왜요?", action="submit")
    assert answer.status_code == 409
    parsed(answer.text)
    assert field_of(answer.text, "comment") == "왜요?"
    assert comments(units[ASK]) == []


@pytest.mark.parametrize("text", [" \r\n", "x" * (LONGEST_COMMENT + 1)])
def test_what_is_no_comment_is_refused_beside_its_field(translator, units, comments, text):
    mina = translator()
    answer = say(mina, units[ASK], text, text="서명하")
    assert answer.status_code == 422
    tree = parsed(answer.text)
    assert title_of(answer.text).startswith("Error: ")
    assert len(errors_in(answer.text)) == 1
    assert [link for link in tree.iter("a") if link.get("href") == "#comment"]
    assert field_of(answer.text) == "서명하"
    assert field_of(answer.text, "comment") == text
    assert comments(units[ASK]) == []


def test_a_question_about_the_source_waits_for_the_staff(translator, units, comments):
    mina = translator()
    say(mina, units[ASK], "Whose petition?", about_source="yes")
    assert comments(units[ASK]) == [("Whose petition?", True, False)]
    page = mina.open(units[ASK])
    assert "About the source" in page
    assert "Your question is with those who edit the source." in page


def test_a_reviewer_talks_without_writing(translator, units, comments, session):
    rio = translator("Rio", (Role.REVIEWER, "ko"))
    page = rio.open(units[ASK])
    (form,) = (form for form in parsed(page).iter("form") if form.get("id") == "talk")
    token = value_of(page, "csrf_token")
    rio.client.post(form.get("action"), data={"csrf_token": token, "comment": "좋습니다."})
    found = only_comment(session, units[ASK])
    rio.client.post(f"{form.get('action')}/{found.id}", data={"csrf_token": token})
    assert comments(units[ASK]) == [("좋습니다.", False, True)]
    page = rio.open(units[ASK])
    assert "1 resolved comment" in page
    assert "Resolved by You" in page


def test_who_may_not_resolve_has_no_button_and_is_refused(translator, units, comments, session):
    mina, yuri = translator("Mina"), translator("Yuri")
    say(mina, units[ASK], "왜요?")
    found = only_comment(session, units[ASK])
    at = f"/comments/{found.id}"
    assert f'{at}"' in mina.open(units[ASK])
    assert f'{at}"' not in yuri.open(units[ASK])
    assert say(yuri, units[ASK], "", at=f"/{found.id}").status_code == 403
    assert say(mina, units[DAYS], "", at=f"/{found.id}").status_code == 404  # of another unit
    assert comments(units[ASK]) == [("왜요?", False, False)]


def test_comments_are_of_those_who_work_on_the_language(translator, units, comments):
    mina = translator("", (Role.TRANSLATOR, "zh-Hant"), (Role.TRANSLATOR, "ko"))
    page = mina.open(units[ASK])
    elsewhere = translator("", (Role.TRANSLATOR, "zh-Hans"))
    token = value_of(elsewhere.client.get("/account/").text, "csrf_token")
    sent = elsewhere.client.post(
        f"{mina.path(units[ASK])}/comments", data={"csrf_token": token, "comment": "안녕"}
    )
    assert sent.status_code == 403
    mina.at = "/translate/zh-hant/small"
    assert say(mina, units[ASK], "안녕", page).status_code == 404
    assert comments(units[ASK]) == []


def test_a_deleted_account_is_called_no_more(translator, units, session):
    mina, yuri = translator("Mina"), translator("떠난 이")
    say(yuri, units[ASK], "안녕히")
    assert "@떠난 이" in mina.open(units[ASK])
    yuri.client.post(
        "/account/delete",
        data={
            "csrf_token": value_of(yuri.client.get("/account/delete").text, "csrf_token"),
            "password": "correct horse battery",
        },
    )
    page = mina.open(units[ASK])
    assert "떠난 이" not in page
    assert "Former translator" in page


def test_an_approved_text_has_its_comments_too(translator, units, session, comments):
    make_approved(session, units[ASK], "청원에 서명하기")
    session.commit()
    mina = translator()
    assert say(mina, units[ASK], "괜찮습니다.").status_code == 303
    assert comments(units[ASK]) == [("괜찮습니다.", False, False)]
