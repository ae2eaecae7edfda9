"""Passkeys beside the app: whoever has either shows one of them, and no page opens before."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pyotp
import pytest
from sqlalchemy import func, select

from advocacy.models import Passkey, RecoveryCode
from advocacy.models.account import account_by_email
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.authenticator import SecurityKey
from tests.pages import errors_in, parsed, value_of
from tests.people import PASSWORD, add_person, enrol, post, sign_in

FACTOR, PASSKEYS = "/account/second-factor", "/account/passkeys"
MODULE = re.compile(r'<script type="module" src="/static/[0-9a-f]{16}/passkey\.js"></script>')


@pytest.fixture
def email(app):
    return add_person(app, (Role.ADMINISTRATOR, None))


@pytest.fixture
def key():
    return SecurityKey()


def options_in(page: str) -> str:
    return unescape(re.search(r'data-options="([^"]*)"', page).group(1))


def add(client, key: SecurityKey, name: str = "My phone"):
    """Add a passkey, as the page's script does."""
    page = client.get(PASSKEYS).text
    fields = {"csrf_token": value_of(page, "csrf_token"), "name": name}
    return client.post(PASSKEYS, data={**fields, "credential": key.make(options_in(page))})


def show(client, key: SecurityKey, **fields: str):
    page = client.get(FACTOR).text
    fields |= {"csrf_token": value_of(page, "csrf_token"), "credential": key.show(options_in(page))}
    return client.post(f"{FACTOR}/passkey", data=fields)


def remove(client, number: str, password: str = PASSWORD):
    return post(client, f"{PASSKEYS}/remove", PASSKEYS, passkey=number, password=password)


def signed_in(app, email: str):
    client = app.test_client()
    sign_in(client, email)
    return client


def number_in(client) -> str:
    return value_of(client.get(PASSKEYS).text, "passkey")


def test_a_passkey_is_enough_for_staff(app, client, email, key):
    sign_in(client, email)
    assert client.get("/staff/").headers["Location"] == f"{FACTOR}/new?next=/staff/"
    done = add(client, key)
    parsed(done.text)
    assert len(re.findall(r'<code dir="ltr">([0-9a-f]{16})</code>', done.text)) == 10
    assert client.get("/staff/").status_code == 200
    again = signed_in(app, email)
    for path in ("/staff/", "/account/"):
        assert again.get(path).headers["Location"] == f"{FACTOR}?next={path}"
    answer = show(again, key, next="/staff/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")
    assert again.get("/staff/").status_code == 200


def test_each_of_app_and_passkey_lets_in(app, client, email, key):
    sign_in(client, email)
    phone, _ = enrol(client, ago=30)
    assert add(client, key).status_code == 303
    by_key, by_app = signed_in(app, email), signed_in(app, email)
    assert show(by_key, key).status_code == 303
    assert post(by_app, FACTOR, code=phone.at(datetime.now(UTC))).status_code == 303
    for browser in (by_key, by_app):
        assert browser.get("/staff/").status_code == 200


def test_a_recovery_code_stands_in_for_a_passkey(app, client, email, key):
    sign_in(client, email)
    code = re.search(r'<code dir="ltr">([0-9a-f]{16})</code>', add(client, key).text).group(1)
    again = signed_in(app, email)
    assert "One of your recovery codes." in again.get(FACTOR).text
    assert post(again, FACTOR, code=code).status_code == 303
    assert again.get("/staff/").status_code == 200


def test_others_may_have_one_too_and_are_asked_for_it_then(app, client, key):
    email = add_person(app, (Role.TRANSLATOR, "ko"))
    sign_in(client, email)
    assert add(client, key).status_code == 200
    assert "<dt>Passkeys</dt>" in client.get("/account/").text
    again = signed_in(app, email)
    for path in ("/account/", "/account/delete", PASSKEYS):
        assert again.get(path).headers["Location"] == f"{FACTOR}?next={path}"
    assert post(again, "/account/delete", FACTOR, password=PASSWORD).status_code == 303
    show(again, key)
    assert again.get("/account/").status_code == 200


def test_whoever_stole_a_password_changes_nothing(app, client, email, key, session):
    sign_in(client, email)
    page = client.get(PASSKEYS).text
    thief = signed_in(app, email)
    early = thief.get(PASSKEYS).text  # opened before there was any second factor
    fields = {
        "csrf_token": value_of(page, "csrf_token"),
        "name": "x",
        "credential": key.make(options_in(page)),
    }
    assert client.post(PASSKEYS, data=fields).status_code == 200
    number = number_in(client)
    thief = signed_in(app, email)
    assert thief.get(PASSKEYS).headers["Location"] == f"{FACTOR}?next={PASSKEYS}"
    assert thief.get(f"{FACTOR}/new").headers["Location"].startswith(f"{FACTOR}?next=")
    token = value_of(thief.get(FACTOR).text, "csrf_token")
    with thief.session_transaction() as cookie:
        cookie["factor"] = "A" * 32
    code = pyotp.TOTP("A" * 32).now()
    forged = {"csrf_token": token, "name": "x", "credential": SecurityKey().make(options_in(early))}
    assert thief.post(PASSKEYS, data=forged).headers["Location"] == PASSKEYS
    for wrong in ({}, {"name": "x"}, {"name": "", "credential": "x"}):  # nor learns which passkeys there are
        answer = thief.post(PASSKEYS, data={"csrf_token": token, **wrong})
        assert answer.headers["Location"] == PASSKEYS
    for words in ({}, {"password": PASSWORD}):
        answer = thief.post(f"{PASSKEYS}/remove", data={"csrf_token": token, "passkey": number, **words})
        assert answer.headers["Location"] == PASSKEYS
    assert thief.post(f"{FACTOR}/new", data={"csrf_token": token, "code": code}).status_code == 303
    assert thief.get("/staff/").status_code == 303
    account = account_by_email(session, email)
    assert account.totp_box is None
    assert session.scalar(select(func.count()).where(Passkey.account_id == account.id)) == 1


def test_adding_and_removing_ends_other_sessions(app, client, email, key):
    sign_in(client, email)
    there = signed_in(app, email)
    add(client, key)
    assert there.get(FACTOR).headers["Location"].startswith("/account/sign-in")
    there = signed_in(app, email)
    show(there, key)
    number = number_in(client)
    answer = remove(client, number)
    assert answer.headers["Location"] == PASSKEYS
    page = client.get(PASSKEYS).text
    assert "The passkey is removed" in page
    assert "You have none." in page
    assert there.get("/account/").headers["Location"].startswith("/account/sign-in")


def test_staff_without_the_last_one_set_up_a_new_one(app, client, email, key, session):
    sign_in(client, email)
    add(client, key)
    remove(client, number_in(client))
    assert client.get("/staff/").headers["Location"] == f"{FACTOR}/new?next=/staff/"
    number = account_by_email(session, email).id
    assert session.scalar(select(func.count()).where(RecoveryCode.account_id == number)) == 0
    enrol(client)
    assert client.get("/staff/").status_code == 200


@pytest.mark.parametrize("password", ["", "another password"])
def test_removing_takes_the_password(client, email, key, password):
    sign_in(client, email)
    add(client, key)
    add(client, SecurityKey(), "Other")
    number = number_in(client)
    answer = remove(client, number, password)
    page = answer.text
    parsed(page)
    assert answer.status_code == 422
    assert errors_in(page) == ["This is not your password." if password else "Enter your password."]
    assert f'href="#password-{number}"' in page
    assert page.count("<details open>") == 1
    assert "another password" not in page
    assert "My phone" in client.get(PASSKEYS).text


def test_passwords_to_remove_one_are_not_guessed(client, email, key):
    sign_in(client, email)
    add(client, key)
    number = number_in(client)
    assert [remove(client, number, "guess").status_code for _ in range(9)] == [422] * 8 + [429]
    assert remove(client, number).status_code == 429
    assert "My phone" in client.get(PASSKEYS).text


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "2147483648", "9" * 30])
def test_what_is_no_passkey_of_hers_is_not_removed(client, email, key, number):
    sign_in(client, email)
    add(client, key)
    assert remove(client, number).status_code == 303
    assert "My phone" in client.get(PASSKEYS).text


def test_the_list_says_when_each_was_used(app, client, email, key):
    sign_in(client, email)
    add(client, key, "제 <b>휴대전화")
    page = client.get(PASSKEYS).text
    parsed(page)
    assert "<bdi>제 &lt;b&gt;휴대전화</bdi>" in page
    assert "<dd>Not yet</dd>" in page
    assert "This is your only second factor." in page
    again = signed_in(app, email)
    show(again, key)
    assert "<dd>Not yet</dd>" not in again.get(PASSKEYS).text


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\u202eb"])
def test_a_name_is_needed_and_asked_for_first(client, email, key, name):
    sign_in(client, email)
    answer = post(client, PASSKEYS, name=name)
    assert answer.status_code == 422
    (error,) = errors_in(answer.text)
    assert error.startswith("Enter a name")
    parsed(answer.text)
    answer = add(client, key, name)
    assert (answer.status_code, errors_in(answer.text)) == (422, [error])


def test_what_was_typed_is_not_lost_and_errors_stand_beside_the_button(client, email, key):
    sign_in(client, email)
    key.origin = "https://evil.example"
    answer = add(client, key, "My phone")
    parsed(answer.text)
    assert answer.status_code == 422
    assert value_of(answer.text, "name") == "My phone"
    assert errors_in(answer.text) == ["This passkey was not recognised. Try again, or use another one."]
    assert '<a href="#credential">This passkey was not recognised.' in answer.text
    assert 'aria-describedby="credential-error"' in answer.text


def test_a_form_that_no_script_filled_in_says_so(client, email, key):
    sign_in(client, email)
    answer = post(client, PASSKEYS, name="My phone")
    said = ["Passkeys need JavaScript, and your browser did not run it."]
    assert (answer.status_code, errors_in(answer.text)) == (422, said)
    add(client, key)
    answer = post(client, f"{FACTOR}/passkey", FACTOR)
    assert (answer.status_code, errors_in(answer.text)) == (422, said)
    parsed(answer.text)


def test_one_that_is_registered_already_says_so(app, client, email, key):
    sign_in(client, email)
    add(client, key)
    answer = add(client, key)
    assert (answer.status_code, errors_in(answer.text)) == (422, ["This passkey is already registered."])


def test_a_challenge_is_forgotten_once_it_was_answered_and_after_five_minutes(app, client, email, key):
    late = ["That took too long. Please try again."]
    sign_in(client, email)
    add(client, key)
    again = signed_in(app, email)
    page = again.get(FACTOR).text
    copied = {name: cookie.value for (_, _, name), cookie in again._cookies.items()}
    fields = {"csrf_token": value_of(page, "csrf_token"), "credential": key.show(options_in(page))}
    path = f"{FACTOR}/passkey"
    assert again.post(path, data=fields).status_code == 303
    assert errors_in(again.post(path, data=fields).text) == late
    thief = app.test_client()  # with a copy of the cookie from before it was answered
    for name, value in copied.items():
        thief.set_cookie(name, value)
    assert errors_in(thief.post(path, data=fields).text) == late
    slow = signed_in(app, email)
    page = slow.get(FACTOR).text
    with slow.session_transaction() as cookie:
        value, made_at = cookie["passkey to show"]
        cookie["passkey to show"] = (value, made_at - timedelta(minutes=5))
    fields = {"csrf_token": value_of(page, "csrf_token"), "credential": key.show(options_in(page))}
    assert errors_in(slow.post(path, data=fields).text) == late
    assert slow.get("/staff/").status_code == 303


def test_a_challenge_is_of_one_sign_in(client, email, key):
    sign_in(client, email)
    add(client, key)
    post(client, "/account/sign-out", "/account/")
    sign_in(client, email)
    options = options_in(client.get(FACTOR).text)
    sign_in(client, email)  # again, in the same browser
    token = value_of(client.get("/account/sign-in").text, "csrf_token")
    fields = {"csrf_token": token, "credential": key.show(options)}
    assert client.post(f"{FACTOR}/passkey", data=fields).status_code == 422
    assert client.get("/staff/").status_code == 303


def test_what_was_asked_for_adding_is_no_answer_for_showing(app, client, email, key):
    sign_in(client, email)
    options = options_in(client.get(PASSKEYS).text)
    add(client, key)
    page = client.get(FACTOR).text
    fields = {"csrf_token": value_of(page, "csrf_token"), "credential": key.show(options)}
    assert client.post(f"{FACTOR}/passkey", data=fields).status_code == 422


def test_tries_are_counted_with_those_of_codes(app, client, email, key):
    sign_in(client, email)
    add(client, key)
    for _ in range(8):
        post(client, FACTOR, code="000000")
    answer = show(client, key)
    assert answer.status_code == 429
    assert errors_in(answer.text) == ["Too many tries. Please wait 15 minutes, then try again."]


def test_passkeys_are_not_added_without_end(client, email, key):
    sign_in(client, email)
    add(client, key)
    assert [add(client, key).status_code for _ in range(8)] == [422] * 7 + [429]


def test_the_site_is_the_one_of_the_settings_whatever_the_request_says(app, client, email):
    sign_in(client, email)
    foreign = client.get(PASSKEYS, headers={"Host": "evil.example", "Cookie": ""})
    assert foreign.status_code == 303
    assert json.loads(options_in(client.get(PASSKEYS).text))["rp"]["id"] == "127.0.0.1"


def test_devices_know_an_account_by_the_same_thing_always_and_no_two_alike(app, client, email):
    def handle(browser) -> str:
        user = json.loads(options_in(browser.get(PASSKEYS).text))["user"]
        assert "@" not in user["name"] + user["displayName"]
        return user["id"]

    first, second = signed_in(app, email), signed_in(app, add_person(app, (Role.TRANSLATOR, "ko")))
    assert handle(first) == handle(signed_in(app, email)) != handle(second)


def test_a_page_names_the_script_only_where_there_is_something_to_show(client, email, key):
    sign_in(client, email)
    enrol(client)
    assert "<script" not in client.get(FACTOR).text
    assert "data-enhance" not in client.get(FACTOR).text
    add(client, key)
    page = client.get(FACTOR).text
    parsed(page)
    assert re.findall(r"<script.*?</script>", page) == MODULE.findall(page) != []
    assert "Enter a code of your authenticator app or a recovery code instead." in page
