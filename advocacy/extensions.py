"""The extensions, unbound: the factory binds them, everything else imports them from here."""

import select
import sqlite3
import time
from typing import TYPE_CHECKING, Any

import psycopg
from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, MetaData, event, make_url
from sqlalchemy.exc import InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import DeclarativeBase, Session


class Base(DeclarativeBase):
    """All tables; constraints get the same names on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
babel = Babel()
compress = Compress()
csrf = CSRFProtect()
login = LoginManager()
migrate = Migrate()

DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeoutError)
"""What a query raises while the database cannot be reached, is full, or does not let us in in time."""

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def engine_options(database_url: str) -> dict[str, Any]:
    """Return what SQLAlchemy's engine is made with: no parameter ever shows in an error, and nobody writes.

    Whoever means to write says so, with `begin_writing` or on an engine of `writing`; anything else that
    tries is refused by the database. So reading needs no transaction on PostgreSQL: it saw each statement
    with a snapshot of its own anyway, and is spared two turns and the statements that a ROLLBACK forgets.
    """
    options: dict[str, Any] = {"hide_parameters": True}
    if not database_url.startswith("sqlite"):
        asked = make_url(database_url).normalized_query.get(
            "options", ()
        )  # which ours would take the place of
        read_only = " ".join((*asked, "-c default_transaction_read_only=on"))
        options |= {
            "connect_args": {"connect_timeout": 5, "options": read_only},
            "isolation_level": "AUTOCOMMIT",
        }
    return options


_BUSY_TIMEOUT = "busy_timeout = 15000"
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    _BUSY_TIMEOUT,
    "secure_delete = ON",  # what is erased is overwritten, not only forgotten
)
_MOST_PREPARED = 500
"""Statements that a connection to PostgreSQL keeps ready: more than all pages have between them."""


def begin_writing(session: Session) -> Session:
    """Return the session in a new transaction, opened as a writer's; reading before it is over with.

    It lasts until the session commits or rolls back: what is written after that begins anew. SQLite lets
    only one writer in, and refuses at once (without waiting) a reader that turns writer after somebody else
    wrote. So a writer says so at its first step and waits its turn.
    """
    session.rollback()
    session.connection(execution_options=_writing_options(session.get_bind().dialect.name))
    return session


def writing(engine: Engine) -> Engine:
    """Return the engine as one whose every transaction is a writer's."""
    return engine.execution_options(**_writing_options(engine.dialect.name))


def _writing_options(dialect: str) -> dict[str, Any]:
    options: dict[str, Any] = {"writing": True}
    if dialect == "postgresql":
        options |= {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}
    return options


def forget_erased(engine: Engine) -> None:
    """Have SQLite take what was erased out of its write-ahead log too; other databases keep no such file.

    While somebody reads, SQLite leaves it for the next time.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        # A checkpoint that waits for a reader keeps every writer out meanwhile: better to ask again.
        cursor.execute("PRAGMA busy_timeout = 0")
        for _ in range(_CHECKPOINT_TRIES):
            (busy, *_pages) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                break
            time.sleep(_CHECKPOINT_PAUSE)
        cursor.execute(f"PRAGMA {_BUSY_TIMEOUT}")
    finally:
        connection.close()


_CHECKPOINT_TRIES, _CHECKPOINT_PAUSE = 50, 0.02
"""How often, and with how many seconds between."""


@event.listens_for(Engine, "connect")
def _set_up(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # BEGIN is ours to say, see below
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    elif isinstance(connection, psycopg.Connection):
        connection.prepared_max = _MOST_PREPARED


@event.listens_for(Engine, "checkout")
def _see_whether_it_lives(connection: object, _record: object, _proxy: object) -> None:
    """Have the pool connect anew where PostgreSQL has hung up: then there is something to read, its end.

    Asking it would cost a turn for each request and tell no more: it can go away after the answer too.
    """
    if isinstance(connection, psycopg.Connection) and (connection.closed or _has_something(connection)):
        raise InvalidatePoolError


def _has_something(connection: psycopg.Connection[Any]) -> bool:
    arrived = select.poll()
    arrived.register(connection.fileno(), select.POLLIN)
    return bool(arrived.poll(0))


@event.listens_for(Engine, "begin")
def _begin_on_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writing", False)
        connection.connection.execute(f"PRAGMA query_only = {not writes}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
