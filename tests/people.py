"""People in tests: accounts with passwords, signed in as a browser would be."""

import re
from datetime import UTC, datetime
from itertools import count

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from advocacy.actions.add_account import add_account
from advocacy.extensions import db
from advocacy.rules.permissions import Role
from tests.pages import value_of

PASSWORD = "correct horse battery"
_numbers = count(1)


def add_person(app: Flask, *roles: tuple[Role, str | None], name: str = "") -> str:
    """An account; returns the address that it signs in with."""
    number = next(_numbers)
    email = f"person{number}@example.org"
    with app.app_context():
        session = db.session()
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
