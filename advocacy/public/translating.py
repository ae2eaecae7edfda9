"""For those who translate: how it is done here, and who did it."""

from flask import Blueprint, Response, render_template

from advocacy.extensions import db
from advocacy.models.credit import credits_in
from advocacy.rules.languages import LANGUAGES
from advocacy.web.access import public
from advocacy.web.headers import CACHEABLE
from advocacy.web.locale import language

pages = Blueprint("translating", __name__, url_prefix="/<language:language>")


@pages.get("/translating")
@public
def show() -> Response:
    """Say how to work here; a language that was added has no pictures of its own."""
    pictured = LANGUAGES.by_tag(language().tag) or LANGUAGES.source
    return _cacheable(render_template("public/translating.html", pictured=pictured))


@pages.get("/translators")
@public
def translators() -> Response:
    """Name those who want to be named for this language."""
    return _cacheable(
        render_template("public/translators.html", named=credits_in(db.session(), language().tag))
    )


def _cacheable(page: str) -> Response:
    response = Response(page)
    response.headers["Cache-Control"] = CACHEABLE
    return response
