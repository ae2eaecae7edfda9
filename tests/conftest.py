"""Fixtures that every kind of test uses."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from advocacy import create_app
from advocacy.cli.up import prepare
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.models import (
    Account,
    Agreement,
    Appeal,
    Application,
    Assignment,
    BackTranslation,
    Batch,
    BlockedAddress,
    CountryCount,
    Domain,
    Invitation,
    Notice,
    Opinion,
    OutgoingMail,
    Policy,
    Publication,
    RecoveryLink,
    Review,
    Signature,
    Support,
    Tally,
    TermSuggestion,
)
from advocacy.models.domain import INTERFACE
from tests.factories import SLUG, free_session
from tests.servers import postgresql


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


@pytest.fixture(scope="session")
def database_server(request) -> Iterator[str | None]:
    """The URL of a PostgreSQL server, or None when testing on SQLite."""
    if request.config.getoption("--database") == "sqlite":
        yield None
        return
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def new_database(database_server):
    """Makes an empty database; returns the settings that lead to it."""
    numbers = count(1)

    def make(name: str) -> dict[str, str]:
        if database_server is None:
            return {}
        name = f"{name}-{next(numbers)}"  # a module's tests may come in two parts, and with them its fixtures
        with psycopg.connect(f"{database_server}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return {"DATABASE_URL": f"{database_server}/{name}"}

    return make


@pytest.fixture(scope="session")
def app(tmp_path_factory, new_database) -> Iterator[Flask]:
    """The application as `advocacy up` leaves it."""
    instance: Path = tmp_path_factory.mktemp("instance")
    environ = {"ADVOCACY_INSTANCE": str(instance), **new_database("advocacy")}
    # All tests come from one machine, and look at once at what they did.
    settings = read_settings({**environ, "ADVOCACY_CALM_FORMS": "0", "ADVOCACY_PAGE_SECONDS": "0"})
    app = create_app(settings)
    app.testing = True
    prepare(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the test's own, which may write at any time. What it commits is swept away afterwards."""
    with app.app_context():
        engine = db.engine
    with free_session(engine) as session:
        yield session


@pytest.fixture(autouse=True)
def _sweep(request) -> Iterator[None]:
    yield
    if "app" not in request.fixturenames:
        return
    app: Flask = request.getfixturevalue("app")
    with app.app_context():
        session = begin_writing(db.session())
        for table in (
            Agreement,
            Application,
            Assignment,
            BackTranslation,
            Invitation,
            Opinion,
            Notice,
            TermSuggestion,
            OutgoingMail,
            Policy,
            RecoveryLink,
            Signature,
            Batch,
            BlockedAddress,
            CountryCount,
            Publication,
            Support,
            Tally,
        ):
            session.execute(delete(table))
        session.execute(update(Review).values(replaced_id=None))  # PostgreSQL minds in which order texts go
        session.execute(delete(Appeal).where(Appeal.slug != SLUG))
        session.execute(delete(Domain).where(Domain.name.not_in([INTERFACE, f"appeal-{SLUG}"])))
        session.execute(delete(Account))
        session.commit()
        for mail in app.extensions["advocacy"].settings.mail_folder.glob("*.eml"):
            mail.unlink()
