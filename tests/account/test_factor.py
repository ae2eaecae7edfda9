"""The second factor: needed by staff before any staff page, and every code serves once."""

import re
from datetime import UTC, datetime

import pyotp
import pytest
from sqlalchemy import select

from advocacy.actions.second_factor import reset_second_factor
from advocacy.extensions import begin_writing, db
from advocacy.models import Account, RecoveryCode
from advocacy.models.account import account_by_email
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.pages import errors_in, parsed
from tests.people import add_person, enrol, post, post_form_of, sign_in

FACTOR = "/account/second-factor"


@pytest.fixture
def email(app):
    return add_person(app, (Role.ADMINISTRATOR, None))


def now() -> float:
    return datetime.now(UTC).timestamp()


def test_staff_see_nothing_before_the_second_factor_is_set_up_and_shown(app, client, email):
    sign_in(client, email)
    assert client.get("/staff/").headers["Location"] == f"{FACTOR}/new?next=/staff/"
    parsed(client.get(f"{FACTOR}/new").text)
    phone, codes = enrol(client, ago=30)
    assert len(set(codes)) == 10
    assert client.get("/staff/").status_code == 200
    again = app.test_client()
    sign_in(again, email)
    assert again.get("/staff/").headers["Location"] == f"{FACTOR}?next=/staff/"
    assert again.get("/account/").headers["Location"] == f"{FACTOR}?next=/account/"
    answer = post(again, FACTOR, code=phone.at(now()), next="/staff/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")
    assert again.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("/staff/review?of=ko", "/staff/review?of=ko"), ("https://evil.example/", "/account/")],
)
def test_whoever_has_set_it_up_goes_on_to_what_she_asked_for(client, email, asked, leads):
    sign_in(client, email)
    page = client.get(f"{FACTOR}/new", query_string={"next": asked}).text
    wrong = post_form_of(client, page, f"{FACTOR}/new", code="000000").text
    secret = re.search(r'<code dir="ltr">([A-Z2-7]{32})</code>', wrong).group(1)
    done = post_form_of(client, wrong, f"{FACTOR}/new", code=pyotp.TOTP(secret).now())
    links = [one.get("href") for one in parsed(done.text).iter("a") if "btn" in (one.get("class") or "")]
    assert links == [leads]


def test_a_code_serves_once(app, client, email):
    sign_in(client, email)
    phone, _ = enrol(client, ago=30)
    code = phone.at(now())
    for expected in (303, 422):
        another = app.test_client()
        sign_in(another, email)
        assert post(another, FACTOR, code=code).status_code == expected


def test_the_code_that_set_it_up_does_not_serve_again(app, client, email):
    sign_in(client, email)
    phone, _ = enrol(client)
    another = app.test_client()
    sign_in(another, email)
    assert post(another, FACTOR, code=phone.at(now())).status_code == 422


@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "１２３４５６", "' OR 1=1"])
def test_a_wrong_code_is_said_so(client, email, code):
    sign_in(client, email)
    enrol(client)
    assert errors_in(post(client, FACTOR, code=code).text) != []


def test_an_old_code_is_too_old(app, client, email):
    sign_in(client, email)
    phone, _ = enrol(client)
    assert post(client, FACTOR, code=phone.at(now() - 300)).status_code == 422


def test_a_recovery_code_lets_in_once(app, client, email, session):
    sign_in(client, email)
    _, codes = enrol(client)
    for expected in (303, 422):
        another = app.test_client()
        sign_in(another, email)
        assert post(another, FACTOR, code=codes[0].upper()).status_code == expected
    assert len(session.scalars(select(RecoveryCode)).all()) == 9
    assert all(codes[1].encode() not in code.code_hash for code in session.scalars(select(RecoveryCode)))


def test_codes_cannot_be_guessed_through(client, email):
    sign_in(client, email)
    phone, _ = enrol(client, ago=30)
    for _ in range(8):
        post(client, FACTOR, code="000000")
    assert post(client, FACTOR, code=phone.at(now())).status_code == 422


def test_whoever_stole_a_password_cannot_set_up_a_factor_of_their_own(app, client, email):
    sign_in(client, email)
    enrol(client)
    thief = app.test_client()
    sign_in(thief, email)
    assert thief.get(f"{FACTOR}/new").headers["Location"].startswith(f"{FACTOR}?next=")
    assert post(thief, f"{FACTOR}/new", FACTOR, code="123456").status_code == 303
    assert thief.get("/staff/").status_code == 303


def test_the_secret_is_locked_in_the_database(client, email, session):
    sign_in(client, email)
    phone, _ = enrol(client)
    kept = session.scalars(select(Account).where(Account.email == email)).one()
    assert phone.secret.encode() not in kept.totp_box


def test_a_factor_that_was_lost_is_set_up_anew_after_the_operator_resets_it(app, client, email):
    sign_in(client, email)
    enrol(client)
    with app.app_context():
        session = begin_writing(db.session())
        account = account_by_email(session, email)
        reset_second_factor(session, account, by="operator", now=datetime.now(UTC))
        session.commit()
    assert client.get("/staff/").headers["Location"].startswith("/account/sign-in")
    sign_in(client, email)
    assert client.get("/staff/").headers["Location"].startswith(f"{FACTOR}/new")


def test_others_may_have_one_too_and_are_asked_for_it_then(app, client):
    email = add_person(app, (Role.TRANSLATOR, "ko"))
    sign_in(client, email)
    assert client.get("/account/").status_code == 200
    phone, _ = enrol(client, ago=30)
    assert client.get("/account/").status_code == 200
    again = app.test_client()
    sign_in(again, email)
    assert again.get("/account/").headers["Location"] == f"{FACTOR}?next=/account/"
    assert post(again, FACTOR, code=phone.at(now())).status_code == 303
    assert again.get("/account/").status_code == 200
