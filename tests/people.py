"""People in tests: accounts with passwords, signed in as a browser would be."""

import re
from datetime import UTC, datetime
from itertools import count

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from advocacy.actions.add_account import add_account
from advocacy.actions.join import Wish, apply_to_translate
from advocacy.extensions import begin_writing, db
from advocacy.models import AccountSession, Application
from advocacy.rules.permissions import Role
from advocacy.vault.tokens import token_hash
from tests.pages import parsed, value_of

PASSWORD = "correct horse battery"
_numbers = count(1)


def add_person(app: Flask, *roles: tuple[Role, str | None], name: str = "") -> str:
    """An account; returns the address that it signs in with."""
    number = next(_numbers)
    email = f"person{number}@example.org"
    with app.app_context():
        session = begin_writing(db.session())
        add_account(
            session,
            name=name or f"Person {number}",
            email=email,
            password=PASSWORD,
            roles=list(roles),
            by="operator",
            now=datetime.now(UTC),
        )
        session.commit()
    return email


def post(client: FlaskClient, path: str, page: str | None = None, **fields: str):
    """Post a form with the token that its page holds."""
    token = value_of(client.get(page or path).text, "csrf_token")
    return client.post(path, data={"csrf_token": token, **fields})


OURS = {"Sec-Fetch-Site": "same-origin"}


def post_form_of(client: FlaskClient, page: str, path: str, **fields: str):
    """Send what a page's form would: its hidden fields, and what is filled in."""
    form = next(one for one in parsed(page).iter("form") if one.get("action") == path)
    hidden = [one for one in form.iter("input") if one.get("type") == "hidden"]
    data: dict[str, list[str]] = {}
    for one in hidden:
        data.setdefault(one.get("name"), []).append(one.get("value"))
    return client.post(path, data={**data, **fields}, headers=OURS)


def end_sessions(app: Flask) -> None:
    """End every sign-in, as time does."""
    with app.app_context():
        session = begin_writing(db.session())
        session.execute(delete(AccountSession))
        session.commit()


def forget_tries(app: Flask) -> None:
    """Let this machine sign in as often as if it had not tried yet."""
    limits = app.extensions["advocacy"].limits
    limits._here = type(limits._here)(type(limits._here._strategy.storage)())


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **fields: str):
    return post(client, "/account/sign-in", email=email, password=password, **fields)


def enrol(client: FlaskClient, *, ago: int = 0) -> tuple[pyotp.TOTP, list[str]]:
    """Set up a second factor; returns the app and the recovery codes."""
    page = client.get("/account/second-factor/new").text
    app = pyotp.TOTP(re.search(r'<code dir="ltr">([A-Z2-7]{32})</code>', page).group(1))
    code = app.at(datetime.now(UTC).timestamp() - ago)
    token = value_of(page, "csrf_token")
    done = client.post("/account/second-factor/new", data={"csrf_token": token, "code": code})
    assert done.status_code == 200, done.text
    return app, re.findall(r'<code dir="ltr">([0-9a-f]{16})</code>', done.text)


def staff_client(app: Flask, *roles: Role) -> FlaskClient:
    """A browser of somebody on the staff, second factor shown; what is of a language is of Korean."""
    client = app.test_client()
    sign_in(client, add_person(app, *((role, "ko" if role.of_language else None) for role in roles)))
    enrol(client)
    return client


def make_wish(**changes) -> Wish:
    values = {
        "language": "ko",
        "name": "민들레",
        "email": "applicant@example.org",
        "about": "소설을 옮긴 적이 있습니다.",
        "trial": (("Your signature is counted.", "서명이 집계되었습니다."),),
        **changes,
    }
    return Wish(**values)


def ask_something(app: Flask, token: str) -> None:
    """An application whose question is answered behind a link with this token."""
    with app.app_context():
        session = begin_writing(db.session())
        session.execute(delete(Application))
        application = apply_to_translate(session, make_wish(), now=datetime.now(UTC))
        application.question, application.answer_hash = "언제 시간이 있으신가요?", token_hash(token)
        session.commit()
