"""Fixtures that every kind of test uses."""

import shutil
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
from advocacy.actions.keep_checked import check_everything
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
from tests.counted import pytest_terminal_summary as pytest_terminal_summary
from tests.factories import SLUG, free_session
from tests.servers import postgresql


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what asks for a database: the rest would say again what it said beside SQLite."""
    if config.getoption("--database") == "sqlite":
        return
    asking = [item for item in items if "database_server" in item.fixturenames]
    config.hook.pytest_deselected(items=[item for item in items if item not in asking])
    items[:] = asking


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
    """Makes a database, empty or like another; returns the settings that lead to it."""
    numbers = count(1)

    def make(name: str, *, like: str = "template1") -> dict[str, str]:
        if database_server is None:
            return {}
        name = f"{name}-{next(numbers)}"  # a module's tests may come in two parts, and with them its fixtures
        with psycopg.connect(f"{database_server}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return {"DATABASE_URL": f"{database_server}/{name}"}

    return make


@pytest.fixture(scope="session")
def new_platform(tmp_path_factory, new_database):
    """Puts a platform into a folder, as its first `advocacy up` leaves it; returns the settings for it.

    Each is a copy with a database of its own: an `up` from nothing takes seconds.
    """
    first: Path = tmp_path_factory.mktemp("first") / "instance"
    environ = {"ADVOCACY_INSTANCE": str(first), **new_database("first")}
    app = create_app(read_settings(environ))
    with app.app_context():
        prepare(app)
        check_everything(db.session())
        db.session.remove()
        db.engine.dispose()

    def make(folder: Path, name: str) -> dict[str, str]:
        shutil.copytree(first, folder, dirs_exist_ok=True)
        like = environ.get("DATABASE_URL", "").rpartition("/")[2]
        return {"ADVOCACY_INSTANCE": str(folder), **new_database(name, like=like)}

    return make


@pytest.fixture(scope="session")
def app(tmp_path_factory, new_platform) -> Iterator[Flask]:
    """The application as `advocacy up` leaves it."""
    environ = new_platform(tmp_path_factory.mktemp("instance"), "advocacy")
    # All tests come from one machine, and look at once at what they did.
    settings = read_settings({**environ, "ADVOCACY_CALM_FORMS": "0", "ADVOCACY_PAGE_SECONDS": "0"})
    app = create_app(settings)
    app.testing = True
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
        app.extensions["advocacy"].standings.forget()  # ids come again for other texts
        for mail in app.extensions["advocacy"].settings.mail_folder.glob("*.eml"):
            mail.unlink()
