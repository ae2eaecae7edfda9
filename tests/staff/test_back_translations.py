"""Reviewers who do not read a language ask what a text says, and compare that with the source."""

import pytest
from sqlalchemy import select, update

from advocacy.actions.back_translate import keep_own
from advocacy.actions.sync_messages import Source
from advocacy.models import BackTranslation, Translation
from advocacy.models.account import account_by_email
from advocacy.models.unit import units_in
from advocacy.rules.back_translation import LONGEST_BACK
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import NOW, make_domain, make_submitted
from tests.pages import errors_in, parsed, title_of
from tests.people import add_person, post, sign_in

SOURCE = "Nobody may keep the petition"


def client_of(app, *roles: tuple[Role, str | None], name: str = ""):
    client = app.test_client()
    client.email = add_person(app, *roles, name=name)
    sign_in(client, client.email)
    client.get("/account/?language=en")
    return client


@pytest.fixture
def reviewer(app):
    return client_of(app, (Role.REVIEWER, "ko"), name="Rio")


@pytest.fixture
def mina(app):
    return client_of(app, (Role.TRANSLATOR, "ko"), name="Mina")


@pytest.fixture
def sora(app):
    return client_of(app, (Role.TRANSLATOR, "ko"), name="Sora")


@pytest.fixture
def waiting(session, mina) -> int:
    """A text of Mina's that waits, and what she says that it says."""
    unit = units_in(session, make_domain(session, Source("the context", SOURCE)).id, "ko")[0]
    account = account_by_email(session, mina.email)
    text = make_submitted(session, unit, "누구나 청원을 가질 수 있습니다", by=account)
    keep_own(session, text, "Nobody may <keep> the petition", by=account.id, now=NOW)
    number = text.id
    session.commit()
    return number


def one(number: int) -> str:
    return f"/staff/review/{number}"


def back(number: int) -> str:
    return f"/staff/review/{number}/back"


def number_of(session, client) -> str:
    number = account_by_email(session, client.email).id
    session.rollback()
    return str(number)


def section(page: str) -> str:
    """The part of the review page that says what the text says."""
    found = next(each for each in parsed(page).iter("section") if each.get("aria-labelledby") == "backs")
    return " ".join("".join(found.itertext()).split())


def blind_ones(session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(BackTranslation.text).where(BackTranslation.blind)))


def test_both_stand_beside_the_source_with_what_differs(session, waiting, reviewer, sora):
    assert post(sora, back(waiting), back="Everybody may keep the petition").status_code == 303
    page = reviewer.get(one(waiting)).text
    said = section(page)
    own, blind = said.index("The author’s own"), said.index("Blind")
    assert own < said.index("Mina") < blind < said.index("Sora")
    assert said.count(SOURCE) == 2
    assert "removed: Nobody added: Everybody may keep the petition" in said
    assert "&lt;keep&gt;" in page


def test_what_was_said_of_an_earlier_text_is_called_that(session, waiting, reviewer, mina):
    account, older = account_by_email(session, mina.email), session.get_one(Translation, waiting)
    newer = make_submitted(session, older.unit, "아무나 청원을 가질 수 있습니다", by=account)
    keep_own(session, newer, "Nobody may <keep> the petition", by=account.id, now=NOW)
    number = newer.id
    session.commit()
    assert "The same was said of an earlier text" in section(reviewer.get(one(number)).text)
    assert "The same was said of an earlier text" not in section(reviewer.get(one(waiting)).text)


def test_the_source_once_more_is_called_what_it_is(waiting, reviewer, sora):
    assert "source itself" not in section(reviewer.get(one(waiting)).text)
    post(sora, back(waiting), back=SOURCE)
    assert section(reviewer.get(one(waiting)).text).count("This is the source itself") == 1


def test_whoever_reads_blind_is_shown_the_text_and_nothing_that_tells_its_source(waiting, sora):
    page = sora.get(back(waiting))
    assert page.status_code == 200
    assert "누구나 청원을 가질 수 있습니다" in page.text
    for telling in (SOURCE, "Nobody", "the context", "small", "Mina", "keep"):
        assert telling not in page.text
    links = {node.get("href") for node in parsed(page.text).iter("a")}
    assert not {link for link in links if "/translate/ko" in link or link == one(waiting)}


def test_who_is_asked_by_name_finds_it_in_her_news_without_the_source(session, waiting, reviewer, sora):
    number = number_of(session, sora)
    answer = post(reviewer, f"{back(waiting)}/ask", one(waiting), person=number)
    assert "1 person is asked." in reviewer.get(answer.location).text
    news = sora.get("/account/news").text
    assert "You are asked to say what a text says." in news
    assert f'href="{back(waiting)}"' in news
    assert SOURCE not in news
    assert "Open the text" not in news
    post(reviewer, f"{back(waiting)}/ask", one(waiting), person=number)
    assert "has been asked already" in reviewer.get(one(waiting)).text
    assert post(reviewer, f"{back(waiting)}/ask", one(waiting), person="nobody").status_code == 422


def test_anybody_is_asked_but_the_author(session, waiting, reviewer, mina, sora):
    options = [
        node.text for node in parsed(reviewer.get(one(waiting)).text).find(".//select[@id='ask-back']")
    ]
    assert options == ["Anybody who knows the language", "Sora"]
    post(reviewer, f"{back(waiting)}/ask", one(waiting), person="anybody")
    assert "You are asked to say" in sora.get("/account/news").text
    post(reviewer, f"{back(waiting)}/ask", one(waiting), person=number_of(session, mina))
    assert "Nobody was asked" in reviewer.get(one(waiting)).text
    assert "You are asked to say" not in mina.get("/account/news").text


def test_who_wrote_the_text_is_offered_no_field_and_refused(session, waiting, mina):
    page = mina.get(back(waiting)).text
    assert "You wrote this one." in page
    assert 'name="back"' not in page
    answer = post(mina, back(waiting), "/account/", back="What I meant")
    assert answer.status_code == 403
    assert "What I meant" in answer.text
    assert blind_ones(session) == []


def test_nothing_and_too_much_are_refused_and_not_lost(session, waiting, sora):
    answer = post(sora, back(waiting), back=" \n")
    assert (answer.status_code, errors_in(answer.text)) == (422, ["Write what the text says."])
    assert title_of(answer.text).startswith("Error: ")
    long = "a" * (LONGEST_BACK + 1)
    answer = post(sora, back(waiting), back=long)
    assert (answer.status_code, errors_in(answer.text)) == (422, ["At most 10000 characters, please."])
    assert long in answer.text
    assert SOURCE not in answer.text
    assert blind_ones(session) == []


def test_it_is_said_once(session, waiting, sora):
    post(sora, back(waiting), back="Everybody may")
    page = sora.get(back(waiting)).text
    assert "Thank you." in page
    assert "Everybody may" in page
    assert 'name="back"' not in page
    answer = post(sora, back(waiting), "/account/", back="Nobody may")
    assert answer.status_code == 409
    assert blind_ones(session) == ["Everybody may"]


def test_who_has_judged_the_text_knows_its_source(session, waiting, sora):
    post(sora, f"{one(waiting)}/opinion", answer="yes")
    assert "know its source" in sora.get(back(waiting)).text
    assert post(sora, back(waiting), "/account/", back="Nobody may").status_code == 403
    assert blind_ones(session) == []


def test_a_draft_and_another_language_are_nobody_s_to_read(app, session, waiting, sora):
    chinese = client_of(app, (Role.TRANSLATOR, "zh-Hans"))
    assert chinese.get(back(waiting)).status_code == 403
    session.execute(update(Translation).where(Translation.id == waiting).values(state="draft"))
    session.commit()
    assert sora.get(back(waiting)).status_code == 404


def test_a_translator_asks_nobody(session, waiting, mina, sora):
    person = number_of(session, sora)
    answer = post(mina, f"{back(waiting)}/ask", "/account/", person=person)
    assert answer.status_code == 403


def test_a_decided_text_waits_for_no_answer(session, waiting, sora):
    session.execute(update(Translation).where(Translation.id == waiting).values(state="rejected"))
    session.commit()
    assert "This text is decided" in sora.get(back(waiting)).text
    answer = post(sora, back(waiting), "/account/", back="Nobody may")
    assert answer.status_code == 409
    assert "Nobody may" in answer.text
