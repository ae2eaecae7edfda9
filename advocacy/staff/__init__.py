"""The staff's face: the desk, and what is done from it."""

from flask import Flask

from advocacy.staff import (
    agreements,
    applications,
    audit,
    back_translations,
    batches,
    desk,
    names,
    opinions,
    people,
    policies,
    questions,
    releases,
    review,
    review_talk,
    source,
    terms,
    typos,
)
from advocacy.staff.policy_words import give_policy_words
from advocacy.staff.wording import give_words


def register(app: Flask) -> None:
    """Give `app` the staff's pages."""
    give_words(app)
    give_policy_words(app)
    for part in (
        desk,
        review,
        review_talk,
        opinions,
        back_translations,
        questions,
        terms,
        releases,
        policies,
        source,
        typos,
        names,
        batches,
        people,
        agreements,
        applications,
        audit,
    ):
        app.register_blueprint(part.pages)
