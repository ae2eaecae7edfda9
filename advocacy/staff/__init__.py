"""The staff's face: the desk, and what is done from it."""

from flask import Flask

from advocacy.staff import audit, desk


def register(app: Flask) -> None:
    """Give `app` the staff's pages."""
    for part in (desk, audit):
        app.register_blueprint(part.pages)
