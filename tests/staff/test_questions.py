"""Questions about sources at the desk, and the talk on the page of a text that waits for a review."""

import pytest

from advocacy.actions.comment import add_comment
from advocacy.extensions import begin_writing
from advocacy.models import Comment, Review
from advocacy.models.account import account_by_email
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import NOW, make_account, make_domain, make_submitted
from tests.pages import errors_in, parsed, value_of
from tests.people import add_person, post, sign_in, staff_client

QUESTIONS = "/staff/questions"


@pytest.fixture
def unit(session):
    found = units_in(session, make_domain(session).id, "ko")[0]
    session.commit()
    return found


@pytest.fixture
def asked(session, unit) -> list[int]:
    """Two open questions."""
    begin_writing(session)
    asker = make_account(session, (Role.TRANSLATOR, "ko"), name="민들레")
    texts = ("Whose petition is it?", "Signed by hand?")
    found = [add_comment(session, unit, text, by=asker.id, about_source=True, now=NOW) for text in texts]
    numbers = [one.id for one in found]
    session.commit()
    return numbers


@pytest.fixture
def editor(app):
    client = staff_client(app, Role.EDITOR)
    client.get("/account/?language=en")
    return client


def state_of(session, number: int) -> bool:
    session.rollback()
    return session.get(Comment, number).resolved_at is not None


def test_an_answer_is_posted_and_resolves_the_question(editor, session, asked, unit):
    assert QUESTIONS in editor.get("/staff/").text
    assert f'href="{QUESTIONS}"' in editor.get("/account/news").text
    page = editor.get(QUESTIONS).text
    parsed(page)
    for shown in ("Whose petition is it?", "민들레 asks:", "Sign the petition", "한국어"):
        assert shown in page
    field = f"answer-{asked[0]}"
    answer = post(editor, QUESTIONS, question=str(asked[0]), **{field: "Ours."})
    assert answer.headers["Location"] == QUESTIONS
    assert [state_of(session, number) for number in asked] == [True, False]
    newest = session.query(Comment).filter_by(unit_id=unit.id).order_by(Comment.id.desc()).first()
    assert (newest.text, newest.about_source) == ("Ours.", False)
    page = editor.get(QUESTIONS).text
    assert "Your answer is posted." in page
    assert "Whose petition is it?" not in page


def test_an_answer_begun_to_another_question_stays(editor, session, asked):
    fields = {f"answer-{asked[0]}": "Ours.", f"answer-{asked[1]}": "Begun"}
    answer = post(editor, QUESTIONS, resolve=str(asked[0]), **fields)
    assert answer.status_code == 200
    assert ">\nBegun</textarea>" in answer.text
    assert [state_of(session, number) for number in asked] == [True, False]


@pytest.mark.parametrize("text", [" ", "x" * 2001])
def test_an_answer_that_is_none_is_refused_beside_its_field(editor, session, asked, text):
    fields = {f"answer-{asked[0]}": text, f"answer-{asked[1]}": "Begun"}
    answer = post(editor, QUESTIONS, question=str(asked[0]), **fields)
    assert answer.status_code == 422
    parsed(answer.text)
    assert len(errors_in(answer.text)) == 1
    assert ">\nBegun</textarea>" in answer.text
    assert [state_of(session, number) for number in asked] == [False, False]


def test_what_is_no_question_is_not_answered_here(editor, session, unit):
    begin_writing(session)
    asker = make_account(session, (Role.TRANSLATOR, "ko"))
    said = add_comment(session, unit, "안녕", by=asker.id, about_source=False, now=NOW)
    number = said.id
    session.commit()
    for wrong in (str(number), "2147483647", "x", ""):
        assert post(editor, QUESTIONS, page="/account/", resolve=wrong).status_code == 404
    assert not state_of(session, number)


def test_questions_are_shown_page_by_page(editor, session, unit):
    begin_writing(session)
    asker = make_account(session, (Role.TRANSLATOR, "ko"))
    for number in range(21):
        add_comment(session, unit, f"Question no. {number}!", by=asker.id, about_source=True, now=NOW)
    session.commit()
    seen, path = "", QUESTIONS
    while path:
        page = editor.get(path).text
        seen += page
        links = [link.get("href") for link in parsed(page).iter("a") if link.text == "Newer"]
        path = links[0] if links else ""
    assert all(seen.count(f"Question no. {number}!") == 1 for number in range(21))


@pytest.fixture
def waiting(session, unit) -> str:
    """The address of a text that waits."""
    begin_writing(session)
    text = make_submitted(session, unit, "청원에 서명하기", by=make_account(session))
    path = f"/staff/review/{text.id}"
    session.commit()
    return path


@pytest.fixture
def reviewer(app):
    client = app.test_client()
    client.email = add_person(app, (Role.REVIEWER, "ko"), (Role.TRANSLATOR, "ko"), name="Rio")
    sign_in(client, client.email)
    client.get("/account/?language=en")
    return client


def said_on(session, unit) -> list[tuple[str, bool]]:
    session.rollback()
    found = session.query(Comment).filter_by(unit_id=unit.id).order_by(Comment.id)
    return [(one.text, one.resolved_at is not None) for one in found]


def test_a_reviewer_comments_on_what_waits_and_keeps_what_she_began_to_say(reviewer, session, unit, waiting):
    answer = post(reviewer, f"{waiting}/comments", page=waiting, comment="왜요?")
    assert answer.headers["Location"] == f"{waiting}#comments"
    number = session.query(Comment).filter_by(unit_id=unit.id).one().id
    assert f'{waiting}/comments/{number}"' in reviewer.get(waiting).text
    begun = {"why": "tone", "reason": "아직 쓰는 중"}
    answer = post(reviewer, f"{waiting}/comments/{number}", page=waiting, comment="더", **begun)
    assert answer.status_code == 200
    tree = parsed(answer.text)
    assert "아직 쓰는 중</textarea>" in answer.text
    assert ">\n더</textarea>" in answer.text
    (ticked,) = (box for box in tree.iter("input") if box.get("id") == "why-tone")
    assert "checked" in ticked.attrib
    assert said_on(session, unit) == [("왜요?", True)]
    assert reviewer.get(f"{waiting}/comments").headers["Location"] == waiting


def test_a_comment_goes_with_a_decision(reviewer, session, unit, waiting):
    seen = value_of(reviewer.get(waiting).text, "seen")
    long = post(reviewer, waiting, decision="approve", seen=seen, comment="x" * 2001)
    assert long.status_code == 422
    assert said_on(session, unit) == []
    assert session.query(Review).join(Review.translation).filter_by(unit_id=unit.id).all() == []
    assert post(reviewer, waiting, decision="approve", seen=seen, comment="고맙습니다.").status_code == 303
    assert said_on(session, unit) == [("고맙습니다.", False)]


def test_a_comment_that_is_none_is_refused_at_review_too(reviewer, session, unit, waiting):
    for text in (" ", "x" * 2001):
        answer = post(reviewer, f"{waiting}/comments", page=waiting, comment=text, reason="아직")
        assert answer.status_code == 422
        parsed(answer.text)
        assert len(errors_in(answer.text)) == 1
        assert "아직</textarea>" in answer.text
    assert said_on(session, unit) == []


def test_whose_language_it_is_not_does_not_comment_at_review(app, session, unit, waiting):
    client = app.test_client()
    sign_in(client, add_person(app, (Role.REVIEWER, "zh-Hans")))
    assert post(client, f"{waiting}/comments", page="/account/", comment="안녕").status_code == 403
    assert said_on(session, unit) == []


def test_whoever_wrote_the_text_talks_about_it_at_review(app, reviewer, session, unit):
    own = make_submitted(begin_writing(session), unit, "서명", by=account_by_email(session, reviewer.email))
    path = f"/staff/review/{own.id}"
    session.commit()
    assert post(reviewer, f"{path}/comments", page=path, comment="제가 썼습니다.").status_code == 303
    assert said_on(session, unit) == [("제가 썼습니다.", False)]
