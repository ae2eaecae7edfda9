"""An agreement that the operator asks for: nothing opens before it but leaving."""

import pytest
from sqlalchemy import select

from advocacy.models import AuditEntry, Consent
from advocacy.rules.agreements import agreement_hash
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.pages import errors_in, value_of
from tests.people import PASSWORD, add_person, post, sign_in, staff_client

ASKING, AGREEING = "/staff/people/agreement", "/account/agreement"
TEXTS = {
    "en": "Keep what you see here to yourself.\n\nBe kind.",
    "ko": "이곳에서 본 것을 밖에 알리지 않습니다.",
}


@pytest.fixture
def admin(app):
    return staff_client(app, Role.ADMINISTRATOR)


@pytest.fixture
def person(app):
    client = app.test_client()
    sign_in(client, add_person(app, (Role.TRANSLATOR, "ko")))
    return client


def ask(admin, **texts: str):
    return post(admin, ASKING, **{f"text-{slug}": text for slug, text in texts.items()})


def agree(client, *, page: str = AGREEING, **fields: str):
    found = client.get(page).text
    values = {name: value_of(found, name) for name in ("csrf_token", "hash", "shown_in", "next")}
    return client.post(AGREEING, data={**values, "agree": "yes", **fields})


def test_whoever_works_here_agrees_before_the_next_page_and_once(admin, person, session):
    assert person.get("/account/").status_code == 200
    assert ask(admin, **TEXTS).status_code == 303
    assert person.get("/account/news").headers["Location"] == f"{AGREEING}?next=/account/news"
    korean = person.get(f"{AGREEING}?language=ko").text
    assert TEXTS["ko"] in korean
    assert "Be kind" not in korean
    assert agree(person, page=f"{AGREEING}?next=/account/news").headers["Location"] == "/account/news"
    assert person.get("/account/news").status_code == 200
    (consent,) = session.scalars(select(Consent))
    assert (consent.language, consent.text_hash) == ("ko", agreement_hash(TEXTS))
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.act, entry.details["hash"]) == ("agreement.accept", consent.text_hash)


def test_the_source_is_shown_where_a_language_has_no_text_of_its_own(admin, person, session):
    ask(admin, **TEXTS)
    page = person.get(f"{AGREEING}?language=zh-hant").text
    assert 'lang="en"' in page
    assert "Be kind." in page
    agree(person)
    assert session.scalar(select(Consent.language)) == "en"


def test_who_does_not_tick_the_box_has_not_agreed(admin, person, session):
    ask(admin, **TEXTS)
    answer = agree(person, agree="")
    assert (answer.status_code, errors_in(answer.text)) == (422, ["Tick the box to agree."])
    assert session.scalar(select(Consent)) is None


def test_who_does_not_agree_can_leave(admin, person):
    ask(admin, **TEXTS)
    assert post(person, "/account/delete", password=PASSWORD).status_code == 303
    assert person.get(AGREEING).headers["Location"].startswith("/account/sign-in")


def test_a_text_that_changed_while_it_was_read_is_shown_again(admin, person, session):
    ask(admin, **TEXTS)
    old = value_of(person.get(AGREEING).text, "hash")
    agree(admin)
    ask(admin, **TEXTS, **{"zh-hant": "請保密。"})
    answer = agree(person, hash=old)
    assert answer.status_code == 409
    assert "changed meanwhile" in answer.text
    assert person.get("/account/").status_code == 303


def test_a_new_version_is_asked_for_anew_and_none_ends_it(admin, person):
    ask(admin, **TEXTS)
    agree(person)
    agree(admin)
    ask(admin, en="Another text.")
    assert person.get("/account/").status_code == 303
    agree(admin)
    ask(admin)
    assert person.get("/account/").status_code == 200
    assert person.get(AGREEING).headers["Location"] == "/account/"


def test_whoever_comes_later_is_asked_too(app, admin):
    ask(admin, **TEXTS)
    late = app.test_client()
    sign_in(late, add_person(app, (Role.TRANSLATOR, "ko")))
    assert late.get("/account/").headers["Location"].startswith(AGREEING)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"ko": "비밀"}, "Write it in English too"),
        ({}, "what is in force"),
        ({"en": "x" * 20_001}, "at most"),
    ],
)
def test_what_cannot_be_put_into_force_is_said_and_nothing_is_lost(admin, texts, said):
    answer = ask(admin, **texts)
    assert answer.status_code == 422
    assert said in errors_in(answer.text)[0]
    assert all(text in answer.text for text in texts.values())
