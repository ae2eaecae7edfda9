"""The staff's face: the desk, and what is done from it."""

from flask import Flask

from advocacy.staff import audit, batches, desk, names, releases, review
from advocacy.staff.wording import give_words


def register(app: Flask) -> None:
    """Give `app` the staff's pages."""
    give_words(app)
    for part in (desk, names, batches, audit, review, releases):
        app.register_blueprint(part.pages)
