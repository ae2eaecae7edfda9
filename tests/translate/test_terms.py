"""Terms for the glossary: suggested in the editor, judged by others, and told to whoever suggested them."""

import pytest
from sqlalchemy import delete, select

from advocacy.models import AuditEntry, GlossaryTerm, TermSuggestion
from advocacy.rules.permissions import Role
from advocacy.rules.suggestions import LONGEST_TERM
from tests.pages import errors_in, parsed, value_of
from tests.people import add_person, post, sign_in, staff_client
from tests.translate.conftest import ASK, DAYS, field_of

TERMS = "/staff/terms"


@pytest.fixture(autouse=True)
def _no_such_term(session):
    """What a test takes into the glossary is gone afterwards."""
    yield
    session.rollback()
    session.execute(delete(GlossaryTerm).where(GlossaryTerm.source == "petition drive"))
    session.commit()


@pytest.fixture
def waiting(session):
    """What is suggested: source, target, state."""

    def read() -> list[tuple[str, str, str]]:
        session.rollback()
        found = session.scalars(select(TermSuggestion).order_by(TermSuggestion.id))
        return [(one.source, one.target, one.state.value) for one in found]

    return read


@pytest.fixture
def reviewer(app):
    client = app.test_client()
    sign_in(client, add_person(app, (Role.REVIEWER, "ko"), (Role.TRANSLATOR, "ko")))
    client.get("/account/?language=en")
    return client


def suggest(mina, unit, source="petition drive", target="청원 운동", why="흔히 이렇게 씁니다.", **fields):
    page = mina.open(unit)
    term = {"term_source": source, "term_target": target, "term_why": why}
    sent = {"text": field_of(page), **term, **fields}
    return mina.send(unit, page, path=f"{mina.path(unit)}/term", **sent)


def judge(client, session, act: str, reason: str = "", number: int | None = None):
    if number is None:
        session.rollback()
        number = session.scalar(select(TermSuggestion.id).order_by(TermSuggestion.id.desc()).limit(1))
    return post(client, TERMS, page="/account/", **{act: str(number), f"reason-{number}": reason})


def called(session, source: str) -> dict[str, list[str]]:
    session.rollback()
    return session.scalar(select(GlossaryTerm).where(GlossaryTerm.source == source)).targets


def test_a_term_is_suggested_accepted_and_shown_to_those_who_translate(
    translator, units, session, waiting, reviewer
):
    mina = translator("Mina")
    answer = suggest(mina, units[ASK], "  petition\r\ndrive ")
    assert answer.headers["Location"] == f"{mina.path(units[ASK])}#terms"
    assert "Your term is suggested." in mina.open(units[ASK])
    suggest(mina, units[ASK])  # a button was pressed twice
    assert waiting() == [("petition drive", "청원 운동", "waiting")]
    assert f'href="{TERMS}"' in reviewer.get("/account/news").text
    page = reviewer.get(TERMS).text
    parsed(page)
    assert "청원 운동" in page
    assert "흔히 이렇게 씁니다." in page
    assert judge(reviewer, session, "first").headers["Location"] == TERMS
    assert called(session, "petition drive") == {"ko": ["청원 운동"]}
    news = mina.client.get("/account/news").text
    parsed(news)
    assert "Your term is in the glossary." in news
    assert "No term is suggested." in reviewer.get(TERMS).text
    entry = session.scalar(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))
    assert (entry.act, entry.details) == ("glossary.accept", {"language": "ko"})
    assert suggest(mina, units[ASK], "Petition Drive").status_code == 422  # the glossary says so


def test_another_word_for_a_term_goes_first_or_last(translator, units, session, reviewer):
    mina = translator()
    for target, act in (("하나", "first"), ("둘", "other"), ("셋", "first")):
        suggest(mina, units[ASK], "petition drive", target)
        assert judge(reviewer, session, act).status_code == 303
    assert called(session, "petition drive") == {"ko": ["셋", "하나", "둘"]}


def test_a_term_is_declined_with_a_reason_that_is_told(translator, units, session, waiting, reviewer):
    mina = translator()
    suggest(mina, units[ASK])
    answer = judge(reviewer, session, "decline", " ")
    assert answer.status_code == 422
    parsed(answer.text)
    assert errors_in(answer.text) == ["Say why: whoever suggested it reads it."]
    assert judge(reviewer, session, "decline", "x" * 1001).status_code == 422
    assert waiting() == [("petition drive", "청원 운동", "waiting")]
    assert judge(reviewer, session, "decline", "‘서명 운동’이 맞습니다.").status_code == 303
    news = mina.client.get("/account/news").text
    assert "‘서명 운동’이 맞습니다." in news
    assert waiting() == [("petition drive", "청원 운동", "declined")]
    assert judge(reviewer, session, "first").status_code == 409  # too late
    assert session.scalar(select(GlossaryTerm).where(GlossaryTerm.source == "petition drive")) is None


def test_a_reason_begun_for_another_term_stays(translator, units, session, reviewer):
    mina = translator()
    for target in ("하나", "둘"):
        suggest(mina, units[ASK], "petition drive", target)
    session.rollback()
    first, second = session.scalars(select(TermSuggestion.id).order_by(TermSuggestion.id))
    answer = post(reviewer, TERMS, first=str(first), **{f"reason-{second}": "아직"})
    assert answer.status_code == 200
    assert ">\n아직</textarea>" in answer.text


def test_nobody_judges_what_they_suggested_or_what_is_of_another_language(
    app, translator, units, session, waiting
):
    rio = translator("Rio", (Role.TRANSLATOR, "ko"), (Role.REVIEWER, "ko"))
    suggest(rio, units[ASK])
    assert "You suggested this one." in rio.client.get(TERMS).text
    assert "suggested for the glossary" not in rio.client.get("/account/news").text
    assert judge(rio.client, session, "first").status_code == 403
    other = app.test_client()
    sign_in(other, add_person(app, (Role.REVIEWER, "zh-Hans")))
    assert "청원 운동" not in other.get(TERMS).text
    assert judge(other, session, "first").status_code == 403
    assert waiting() == [("petition drive", "청원 운동", "waiting")]
    editor = staff_client(app, Role.EDITOR)
    assert TERMS in editor.get("/staff/").text
    assert judge(editor, session, "first").status_code == 303
    assert waiting() == [("petition drive", "청원 운동", "accepted")]


def test_what_is_no_suggestion_is_not_judged(reviewer, session):
    for number in (2147483647, 0):
        assert judge(reviewer, session, "first", number=number).status_code == 404
    assert post(reviewer, TERMS, page="/account/").status_code == 404


@pytest.mark.parametrize(
    ("field", "text"), [("source", " "), ("target", ""), ("why", ""), ("source", "x" * (LONGEST_TERM + 1))]
)
def test_what_is_no_term_is_refused_beside_its_field(translator, units, waiting, texts, field, text):
    mina = translator()
    answer = suggest(mina, units[ASK], **{field: text}, text="서명하", comment="왜요?")
    assert answer.status_code == 422
    tree = parsed(answer.text)
    assert len(errors_in(answer.text)) == 1
    assert [link for link in tree.iter("a") if link.get("href") == f"#term_{field}"]
    assert field_of(answer.text) == "서명하"
    assert field_of(answer.text, "comment") == "왜요?"
    assert waiting() == []
    saved = mina.send(units[ASK], text="서명하", term_source="only", action="draft")
    assert saved.status_code == 422
    assert field_of(saved.text, "term_source") == "only"
    assert texts(units[ASK]) == []


def test_a_text_that_is_being_typed_comes_back_with_the_term_suggested(translator, units, waiting):
    mina = translator()
    answer = suggest(mina, units[ASK], text="서명하")
    assert answer.status_code == 200
    parsed(answer.text)
    assert field_of(answer.text) == "서명하"
    assert field_of(answer.text, "term_source") == ""
    term = {"term_source": "letter", "term_target": "편지글", "term_why": "왜냐하면"}
    assert mina.send(units[DAYS], text="%(left)s일", action="draft", **term).status_code == 303
    assert [one[0] for one in waiting()] == ["petition drive", "letter"]
    assert mina.client.get(f"{mina.path(units[ASK])}/term").headers["Location"] == mina.path(units[ASK])


def test_a_reviewer_who_does_not_translate_suggests_nothing(translator, units, waiting):
    rio = translator("", (Role.REVIEWER, "ko"))
    page = rio.open(units[ASK])
    assert "Suggest a term" not in page
    data = {
        "csrf_token": value_of(page, "csrf_token"),
        "term_source": "a",
        "term_target": "b",
        "term_why": "c",
    }
    assert rio.client.post(f"{rio.path(units[ASK])}/term", data=data).status_code == 403
    assert waiting() == []
