"""Alembic's environment: migrations run inside the application, on its database."""

from alembic import context
from flask import current_app
from sqlalchemy import text

from advocacy.extensions import writing

config = context.config
database = current_app.extensions["migrate"].db


def run() -> None:
    """Run the migrations, each in a transaction.

    On SQLite, altering a table means rebuilding it; with foreign keys on, dropping the old table
    would delete what refers to it. So they are off meanwhile and checked afterwards.
    """
    engine = writing(database.engine)
    with engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            connection.rollback()
            connection.connection.execute("PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            compare_type=True,
            render_as_batch=on_sqlite,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if on_sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            connection.rollback()
            connection.connection.execute("PRAGMA foreign_keys = ON")
            if broken:
                raise RuntimeError(f"a migration left {len(broken)} rows that refer to nothing")


run()
