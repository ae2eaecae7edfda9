"""Applying to translate: a short trial of real texts, and an answer to what is asked."""

import pytest
from sqlalchemy import func, select

from advocacy.actions.trial import approved_beside, trial_sources
from advocacy.models import Application, ApplicationState
from advocacy.rules.joining import LONGEST_TRIAL, LONGEST_WORDS, SHORTEST_TRIAL, TRIAL_TEXTS
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import stamp
from tests.pages import errors_in, parsed
from tests.people import ask_something

PAGE = "/ko/help-translate"


def filled(app, **changes) -> dict[str, str]:
    return {
        "stamp": stamp(app, form="help translate"),
        "name": "민들레",
        "email": "applicant@example.org",
        "about": "소설을 옮긴 적이 있습니다.",
        "text_1": "하나",
        "text_2": "둘",
        "text_3": "셋",
        **changes,
    }


def kept(session) -> list[Application]:
    session.rollback()
    return list(session.scalars(select(Application)))


@pytest.mark.parametrize("language", ["ko", "zh-Hans", "zh-Hant"])
def test_a_trial_is_of_real_sentences_that_are_approved_and_the_same_for_everybody(session, language):
    sources = trial_sources(session, language)
    assert len(set(sources)) == TRIAL_TEXTS
    assert sources == trial_sources(session, language)
    assert all(SHORTEST_TRIAL <= len(source) <= LONGEST_TRIAL for source in sources)
    assert all("%" not in source and "<" not in source for source in sources)
    assert all(approved_beside(session, language, sources))
    assert approved_beside(session, language, ["No such text."]) == [""]


def test_whoever_applies_is_thanked_and_her_trial_kept_beside_its_sources(app, client, session):
    page = client.get(PAGE).text
    sources = trial_sources(session, "ko")
    assert all(source in page for source in sources)
    answer = client.post(PAGE, data=filled(app, email=" Applicant@Example.org "))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}/thanks")
    (application,) = kept(session)
    assert (application.language, application.name, application.state) == ("ko", "민들레", "waiting")
    assert application.trial == [
        {"source": source, "text": text} for source, text in zip(sources, ("하나", "둘", "셋"), strict=True)
    ]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", ""),
        ("name", "#3"),
        ("name", "\u200b"),
        ("email", "nobody"),
        ("about", "가" * (LONGEST_WORDS + 1)),
        ("text_2", " "),
        ("text_3", "가" * (LONGEST_WORDS + 1)),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(app, client, session, field, text):
    typed = filled(app, **{field: text})
    answer = client.post(PAGE, data=typed)
    assert answer.status_code == 422
    parsed(answer.text)
    assert len(errors_in(answer.text)) == 1
    assert f'aria-describedby="{field}-error"' in answer.text.replace(f"{field}-hint ", "")
    for name in {"name", "email", "about", "text_1", "text_2"} - {field}:
        assert typed[name] in answer.text
    assert kept(session) == []


def test_one_network_applies_a_few_times_an_hour(app, client, session):
    statuses = [client.post(PAGE, data=filled(app)).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]
    assert session.scalar(select(func.count()).select_from(Application)) == 5


def test_into_the_source_language_nobody_translates(app, client, session):
    page = client.get("/en/help-translate").text
    assert 'href="/ko/help-translate"' in page
    assert client.post("/en/help-translate", data=filled(app)).status_code == 303
    assert kept(session) == []


def test_a_question_is_answered_once(app, client, session):
    ask_something(app, "token")
    path, form = "/ko/question/token", {"stamp": stamp(app, form="answer")}
    assert "언제 시간이 있으신가요?" in client.get(path).text
    empty = client.post(path, data={**form, "answer": " "})
    assert (empty.status_code, errors_in(empty.text)) == (422, ["답을 적어 주세요."])
    assert client.post(path, data={**form, "answer": "주말에요."}).status_code == 303
    (application,) = kept(session)
    assert (application.answer, application.state) == ("주말에요.", ApplicationState.WAITING)
    assert client.get(path).status_code == 404
    assert client.post(path, data={**form, "answer": "주말에요."}).status_code == 404
    assert client.post(path, data={**form, "answer": ""}).status_code == 404
