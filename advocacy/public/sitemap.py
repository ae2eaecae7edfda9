"""What search engines read."""

from flask import Blueprint, Response, render_template

from advocacy.extensions import db
from advocacy.models.appeal import all_appeals
from advocacy.public.letter import is_published
from advocacy.web.access import public
from advocacy.web.headers import CACHEABLE

pages = Blueprint("sitemap", __name__)


@pages.get("/sitemap.xml")
@public
def sitemap() -> Response:
    """List every public page in every language, each with its other languages."""
    appeals = [appeal.slug for appeal in all_appeals(db.session()) if is_published(appeal)]
    response = Response(render_template("public/sitemap.xml", slugs=appeals), mimetype="application/xml")
    response.headers["Cache-Control"] = CACHEABLE
    return response
