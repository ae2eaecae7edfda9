"""The application for the length of a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from advocacy import create_app
from advocacy.extensions import db


@contextmanager
def application() -> Iterator[Flask]:
    """Give the application in its context; its database connections are closed afterwards.

    Commands are the operator's, and the mail worker's: they may read private keys.
    """
    app = create_app(answers_the_web=False)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
