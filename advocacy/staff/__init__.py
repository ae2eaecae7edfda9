"""The staff's face: the desk, and what is done from it."""

from flask import Flask

from advocacy.staff import agreements, applications, audit, batches, desk, names, people


def register(app: Flask) -> None:
    """Give `app` the staff's pages."""
    for part in (desk, names, batches, people, agreements, applications, audit):
        app.register_blueprint(part.pages)
