"""Nobody writes who has not said so; reading takes no transaction on PostgreSQL, and outlives its server."""

import select

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import event, func, text, update
from sqlalchemy.exc import DBAPIError

from advocacy import create_app
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.models import Domain
from tests.factories import make_account
from tests.servers import postgresql

_CHANGE = update(Domain).values(source_language=Domain.source_language)


@pytest.fixture
def mine(app):
    """The session of a request."""
    with app.app_context():
        yield db.session()


def test_whoever_has_not_said_so_cannot_write(mine):
    with pytest.raises(DBAPIError):
        mine.execute(_CHANGE)


def test_having_said_so_is_over_with_the_transaction(mine):
    mine.execute(text("SELECT 1"))
    account = make_account(begin_writing(mine))
    mine.commit()
    with pytest.raises(DBAPIError):
        mine.execute(_CHANGE)
    mine.rollback()
    begin_writing(mine).delete(account)
    mine.rollback()
    with pytest.raises(DBAPIError):
        mine.execute(_CHANGE)


def test_a_writer_who_gives_up_leaves_nothing(mine):
    before = mine.scalar(func.count(Domain.id).select())
    begin_writing(mine).add(Domain(name="half", source_language="en"))
    mine.flush()
    mine.rollback()
    assert mine.scalar(func.count(Domain.id).select()) == before


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory):
    """The application on a PostgreSQL of its own; nothing is in it."""
    with postgresql() as server:
        environ = {
            "ADVOCACY_INSTANCE": str(tmp_path_factory.mktemp("own")),
            "DATABASE_URL": f"{server}/postgres?options=-c%20statement_timeout%3D7s",
        }
        app = create_app(read_settings(environ))
        with app.app_context():
            yield db
            db.session.remove()
            db.engine.dispose()


def test_what_the_operator_asks_of_connections_stays(on_postgresql):
    assert on_postgresql.session.scalar(text("SHOW statement_timeout")) == "7s"
    assert on_postgresql.session.scalar(text("SHOW default_transaction_read_only")) == "on"


def driver(session) -> psycopg.Connection:
    return session.connection().connection.driver_connection


def test_reading_takes_no_transaction_and_keeps_statements_ready(on_postgresql):
    for _ in range(8):  # requests
        session = on_postgresql.session()
        assert session.scalar(text("SELECT 40 + 2")) == 42
        assert driver(session).info.transaction_status == TransactionStatus.IDLE
        on_postgresql.session.remove()
    ready = on_postgresql.session.scalar(
        text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 40%'")
    )
    assert ready == 1


def test_writing_is_one_transaction(on_postgresql):
    session = begin_writing(on_postgresql.session())
    session.execute(text("CREATE TABLE notes (words TEXT)"))
    assert driver(session).info.transaction_status == TransactionStatus.INTRANS
    session.rollback()
    assert session.scalar(text("SELECT to_regclass('notes')")) is None


def test_a_connection_that_the_server_closed_is_not_used_again(on_postgresql):
    session = on_postgresql.session()
    old = driver(session)
    on_postgresql.session.remove()
    with psycopg.connect(
        on_postgresql.engine.url.set(drivername="postgresql", query={}).render_as_string()
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [old.info.backend_pid])
    hung_up = select.poll()
    hung_up.register(old.fileno(), select.POLLIN)
    assert hung_up.poll(10_000)
    opened: list[object] = []
    event.listen(on_postgresql.engine, "connect", lambda one, _record: opened.append(one))
    assert on_postgresql.session.scalar(text("SELECT 1")) == 1
    assert len(opened) == 1
