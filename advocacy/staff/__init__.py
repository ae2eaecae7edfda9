"""The staff's face: the desk, and what is done from it."""

from flask import Flask

from advocacy.staff import audit, batches, desk, names


def register(app: Flask) -> None:
    """Give `app` the staff's pages."""
    for part in (desk, names, batches, audit):
        app.register_blueprint(part.pages)
