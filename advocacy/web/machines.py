"""Addresses for machines: static files, health, robots."""

from flask import Blueprint, Response, abort
from sqlalchemy.exc import SQLAlchemyError

from advocacy.extensions import db
from advocacy.models.appeal import open_slugs
from advocacy.vault.keys import NoKeyError
from advocacy.web.access import public
from advocacy.web.addresses import absolute
from advocacy.web.headers import FOREVER
from advocacy.web.site import site

pages = Blueprint("machines", __name__)


@pages.get("/static/<digest>/<name>")
@public
def static(digest: str, name: str) -> Response:
    """Serve a static file under the hash of its content."""
    asset = site().assets.find(digest, name) or abort(404)
    response = Response(asset.content, content_type=asset.content_type)
    response.headers["Cache-Control"] = FOREVER
    return response


@pages.get("/healthz")
@public
def healthz() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
@public
def readyz() -> Response:
    """Say whether the process can do its work: the database has its tables, and signing has its keys."""
    try:
        for slug in open_slugs(db.session()):
            site().safe.check(slug)
    except SQLAlchemyError:
        return Response("database\n", 503, mimetype="text/plain")
    except NoKeyError as missing:
        return Response(f"{missing}\n", 503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")


@pages.get("/robots.txt")
@public
def robots() -> Response:
    """Keep search engines from pages that belong to one person."""
    private = "".join(
        f"Disallow: /{language.slug}/{part}/\n"
        for language in site().languages
        for part in ("confirm", "withdraw")
    )
    return Response(f"User-agent: *\n{private}Sitemap: {absolute('/sitemap.xml')}\n", mimetype="text/plain")
