"""Translators and a small domain to work on."""

from dataclasses import dataclass
from html import unescape

import pytest
from flask.testing import FlaskClient

from advocacy.actions.sync_messages import Source
from advocacy.models import Unit
from advocacy.models.unit import units_in
from advocacy.models.unit_history import history_of
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import make_domain
from tests.pages import value_of
from tests.people import add_person, sign_in

ASK, DAYS, LETTERS, LAST = range(4)
"""The places of the messages of `domain`."""

HIDDEN = ("csrf_token", "seen", "based_on", "source_hash", "source")


@dataclass
class Translator:
    """Somebody in her browser, in English, at work in one language."""

    client: FlaskClient
    email: str
    at: str = "/translate/ko/small"

    def open(self, unit: Unit | int, **asked: str) -> str:
        """The editor's page."""
        answer = self.client.get(self.path(unit), query_string=asked)
        assert answer.status_code == 200, answer.text
        return answer.text

    def path(self, unit: Unit | int) -> str:
        return f"{self.at}/{unit if isinstance(unit, int) else unit.id}"

    def send(self, unit: Unit | int, page: str | None = None, path: str = "", **fields: str):
        """Send the form of a page, by default one opened now, with `fields` in it."""
        page = page or self.open(unit)
        hidden = {name: value_of(page, name) for name in HIDDEN}
        return self.client.post(path or self.path(unit), data={**hidden, **fields})

    def save(self, unit: Unit | int, text: str, page: str | None = None, action: str = "draft"):
        return self.send(unit, page, text=text, action=action)


@pytest.fixture
def domain(session):
    sources = [
        Source("ask", "Sign the petition"),
        Source(None, "Only %(left)s days", None, ("python-format",), "Beside the count"),
        Source(None, "%(n)s letter", "%(n)s letters", ("python-format",)),
        Source("mail.end", "Thank you. 100% of it"),
    ]
    found = make_domain(session, *sources)
    session.commit()
    return found


@pytest.fixture
def units(session, domain) -> list[Unit]:
    """The domain's units in Korean."""
    return units_in(session, domain.id, "ko")


@pytest.fixture
def translator(app):
    """Makes people who translate into Korean, or have other roles."""

    def come(name: str = "", *roles: tuple[Role, str | None]) -> Translator:
        email = add_person(app, *(roles or ((Role.TRANSLATOR, "ko"),)), name=name)
        client = app.test_client()
        sign_in(client, email)
        client.get("/account/?language=en")
        return Translator(client, email)

    return come


@pytest.fixture
def texts(session):
    """What a unit's history holds, newest first: state and first form."""

    def read(unit: Unit) -> list[tuple[str, str]]:
        session.rollback()
        return [(text.state.value, text.texts[0]) for text in history_of(session, unit.id, most=20)]

    return read


def field_of(page: str, name: str = "text") -> str:
    """What stands in a text field of a page."""
    start = page.index(f'<textarea id="{name}"')
    inside = page[page.index(">", start) + 1 : page.index("</textarea>", start)]
    return unescape(inside.removeprefix("\n"))
