"""The staff's face: the desk, and what is done from it."""

from flask import Flask

from advocacy.staff import (
    agreements,
    applications,
    audit,
    batches,
    desk,
    names,
    people,
    questions,
    releases,
    review,
    review_talk,
    terms,
)
from advocacy.staff.wording import give_words


def register(app: Flask) -> None:
    """Give `app` the staff's pages."""
    give_words(app)
    for part in (
        desk,
        review,
        review_talk,
        questions,
        terms,
        releases,
        names,
        batches,
        people,
        agreements,
        applications,
        audit,
    ):
        app.register_blueprint(part.pages)
