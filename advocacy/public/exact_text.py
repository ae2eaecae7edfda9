"""The exact text of a release, so that everybody who signed can read what she signed, for good."""

from flask import Blueprint, Response, render_template

from advocacy.extensions import db
from advocacy.public.appeal import appeal_here
from advocacy.public.letter import is_published, letter_of, letter_of_release
from advocacy.web.access import public
from advocacy.web.headers import CACHEABLE

pages = Blueprint("exact_text", __name__, url_prefix="/<language:language>/appeals/<slug:slug>")


@pages.get("/text/<int(max=2147483647):number>")
@public
def show(slug: str, number: int) -> Response:
    """Show the appeal as this release had it, in this language, with the digest that signatures name."""
    appeal = appeal_here(slug)
    letter = letter_of_release(db.session(), appeal, number)
    newest = is_published(appeal) and letter_of(appeal).release == number
    response = Response(render_template("public/text.html", appeal=appeal, letter=letter, newest=newest))
    response.headers["Cache-Control"] = CACHEABLE
    return response
