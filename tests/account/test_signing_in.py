"""Signing in, and everything that somebody might try instead."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import delete, select, update

from advocacy.actions import passwords
from advocacy.extensions import begin_writing, db
from advocacy.models import Account, AccountSession, AuditEntry
from advocacy.rules.permissions import Role
from advocacy.rules.signing_in import OTHERS_IDLE, STAFF_IDLE, TRIES
from advocacy.vault.tokens import token_hash
from advocacy.web.access import access_of
from tests.pages import errors_in, parsed, value_of
from tests.people import PASSWORD, add_person, forget_tries, post, sign_in

TRANSLATOR = (Role.TRANSLATOR, "ko")


@pytest.fixture
def email(app):
    return add_person(app, TRANSLATOR)


@pytest.fixture(autouse=True)
def _no_tries_yet(app):
    forget_tries(app)


def test_who_has_an_account_comes_in_and_goes_out(client, email):
    assert client.get("/account/").headers["Location"] == "/account/sign-in?next=/account/"
    answer = sign_in(client, email)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/")
    page = client.get("/account/").text
    assert "Person" in page
    assert "@" not in page
    client.get("/account/?language=ko")
    left = post(client, "/account/sign-out", "/account/")
    assert (left.status_code, left.headers["Location"]) == (303, "/account/sign-in?language=ko")
    assert "Clear-Site-Data" in left.headers
    assert client.get("/account/").status_code == 303


def test_the_address_is_taken_as_people_type_it(client, email):
    assert sign_in(client, f"  {email.upper()} ").status_code == 303


@pytest.mark.parametrize("page", ["/account/sign-in", "/account/"])
def test_pages_are_whole_and_kept_by_nobody(client, email, page):
    sign_in(client, email)
    answer = client.get(page)
    parsed(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_nobody_learns_whether_there_is_an_account(app, email):
    def answers(address: str) -> tuple[int, list[str]]:
        answer = sign_in(app.test_client(), address, "wrong password")
        return answer.status_code, errors_in(answer.text)

    assert answers(email) == answers("nobody@example.org")


def test_not_by_the_time_it_takes_either(app, email, monkeypatch):
    """argon2id takes nearly all of it: one hash of the same cost is computed, account or not."""
    costs: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash, password):  # noqa: A002  as the library names it
            costs.append(hash.rpartition("$")[0].rpartition("$")[0])
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Watched())
    for address in (email, "nobody@example.org"):
        sign_in(app.test_client(), address, "wrong password")
    assert costs == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


def test_who_guesses_has_to_wait_and_locks_out_nobody(app, email):
    for _ in range(TRIES):
        assert sign_in(app.test_client(), email, "wrong password").status_code == 422
    assert sign_in(app.test_client(), email).status_code == 429
    elsewhere = app.test_client()
    token = value_of(elsewhere.get("/account/sign-in").text, "csrf_token")
    form = {"csrf_token": token, "email": email, "password": PASSWORD}
    answer = elsewhere.post("/account/sign-in", data=form, environ_base={"REMOTE_ADDR": "8.8.8.8"})
    assert answer.status_code == 303


def test_a_session_of_before_is_not_the_session_of_afterwards(app, email):
    client = app.test_client()
    client.get("/account/sign-in")
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        cookie["_user_id"] = "planted"
    sign_in(client, email)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["_user_id"] != "planted"
        first = cookie["_user_id"]
    sign_in(client, email)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != first


def test_the_cookie_is_for_this_site_alone(client, email):
    cookie = sign_in(client, email).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_public_pages_set_no_cookie_even_for_who_is_signed_in(client, email):
    sign_in(client, email)
    answer = client.get("/ko/")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_token_is_kept_as_a_hash_only(app, client, email, session):
    sign_in(client, email)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    kept = session.scalars(select(AccountSession).order_by(AccountSession.id.desc())).first()
    assert kept.token_hash == token_hash(token)
    assert token.encode() not in kept.token_hash


@pytest.mark.parametrize(("role", "idle"), [(TRANSLATOR, OTHERS_IDLE), ((Role.EDITOR, None), STAFF_IDLE)])
def test_a_session_that_is_not_used_ends(app, client, role, idle):
    sign_in(client, add_person(app, role))
    path = "/account/" if role is TRANSLATOR else "/account/second-factor/new"
    assert client.get(path).status_code == 200
    with app.app_context():
        before = datetime.now(UTC) - idle - timedelta(minutes=2)
        session = begin_writing(db.session())
        session.execute(update(AccountSession).values(seen_at=before))
        session.commit()
    assert client.get(path).headers["Location"].startswith("/account/sign-in")


def test_a_session_that_is_used_stays(app, client, email):
    sign_in(client, email)
    with app.app_context():
        before = datetime.now(UTC) - timedelta(hours=11)
        session = begin_writing(db.session())
        session.execute(update(AccountSession).values(seen_at=before))
        session.commit()
    assert client.get("/account/").status_code == 200
    with app.app_context():
        seen = db.session().scalars(select(AccountSession.seen_at).order_by(AccountSession.id.desc())).first()
    assert datetime.now(UTC) - seen < timedelta(minutes=1)


def test_who_signs_out_everywhere_is_signed_out_everywhere_else(app, email):
    here, there = app.test_client(), app.test_client()
    sign_in(here, email)
    sign_in(there, email)
    assert post(here, "/account/sign-out-everywhere", "/account/").status_code == 303
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 303


def test_a_cookie_that_was_copied_is_worth_nothing_after_signing_out(app, client, email):
    sign_in(client, email)
    with client.session_transaction() as cookie:
        copied = dict(cookie)
    post(client, "/account/sign-out", "/account/")
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(copied)
    assert thief.get("/account/").status_code == 303


def test_changing_a_password_ends_every_other_session(app, email):
    here, there = app.test_client(), app.test_client()
    sign_in(here, email)
    sign_in(there, email)
    path = "/account/password"
    short = post(here, path, "/account/", password=PASSWORD, new_password="short")
    assert errors_in(short.text) != []
    wrong = post(here, path, "/account/", password="wrong", new_password="another good password")
    assert wrong.status_code == 422
    done = post(here, path, "/account/", password=PASSWORD, new_password="another good password")
    assert done.status_code == 303
    assert there.get("/account/").status_code == 303
    assert sign_in(app.test_client(), email).status_code == 422
    assert sign_in(app.test_client(), email, "another good password").status_code == 303


@pytest.mark.parametrize(
    ("wish", "goes"),
    [
        ("/staff/", "/staff/"),
        ("/translate/ko/messages", "/translate/ko/messages"),
        ("https://evil.example/account/", "/account/"),
        ("//evil.example/account/", "/account/"),
        ("/\\evil.example/account/", "/account/"),
        ("/ko/", "/account/"),
        ("javascript:alert(1)", "/account/"),
        ("", "/account/"),
    ],
)
def test_signing_in_leads_nowhere_else(client, email, wish, goes):
    assert sign_in(client, email, next=wish).headers["Location"] == goes


def test_every_post_needs_its_token(app, client, email):
    sign_in(client, email)
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods and "/account" in rule.rule]
    posts = [rule for rule in rules if access_of(app.view_functions[rule.endpoint]).session_guarded]
    assert len(posts) >= 15
    for rule in posts:
        assert client.post(rule.rule, data={"code": "123456"}).status_code == 400, rule.rule


def test_the_page_speaks_the_language_that_was_chosen(client, email):
    korean = client.get("/account/sign-in?language=ko").text
    assert 'lang="ko"' in korean
    assert 'lang="ko"' in client.get("/account/sign-in").text
    sign_in(client, email)
    assert 'lang="ko"' in client.get("/account/").text
    assert 'href="/account/?language=zh-hant"' in client.get("/account/").text


def test_signing_in_is_in_the_log_by_number_alone(app, client, email, session):
    sign_in(client, email)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    number = session.scalars(select(Account.id).where(Account.email == email)).one()
    assert (entry.act, entry.actor, entry.details) == ("account.sign_in", f"account:{number}", {})


def test_an_account_that_is_gone_is_signed_out(app, client, email):
    sign_in(client, email)
    with app.app_context():
        session = begin_writing(db.session())
        session.execute(delete(Account))
        session.commit()
    assert client.get("/account/").status_code == 303
