"""The application in the measuring process, beside the served one and on the same database."""

from flask import Flask

from advocacy import create_app
from advocacy.config import read_settings
from advocacy.extensions import db
from tests.servers import Platform


def application_of(served: Platform) -> Flask:
    """Return the application that `served` runs, made here."""
    return create_app(read_settings(served.environ))


def hang_up(app: Flask) -> None:
    """Close the database's connections, so that none is open when client processes are forked off."""
    with app.app_context():
        db.engine.dispose()
