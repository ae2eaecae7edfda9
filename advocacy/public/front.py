"""The way in: choosing a language, and the list of appeals."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.extensions import db
from advocacy.models.appeal import all_appeals
from advocacy.models.tally import tally_of
from advocacy.public.letter import is_published, letter_of
from advocacy.web.access import public
from advocacy.web.headers import CACHEABLE, FORGET
from advocacy.web.locale import LANGUAGE_COOKIE, language, negotiated
from advocacy.web.site import site

pages = Blueprint("front", __name__)
_A_YEAR = 31_536_000


@pages.get("/")
@public
def welcome() -> AnyResponse:
    """Lead a visitor to the first page in her language."""
    response = redirect(url_for("front.appeals", language=negotiated()), 302)
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@pages.get("/<language:language>/")
@public
def appeals() -> Response:
    """Show the appeals, open ones first."""
    session = db.session()
    published = [appeal for appeal in all_appeals(session) if is_published(appeal)]
    shown = [(one, letter_of(one), sum(tally_of(session, one.id).values())) for one in published]
    response = Response(render_template("public/appeals.html", appeals=shown))
    response.headers["Cache-Control"] = CACHEABLE
    return response


@pages.post("/<language:language>/remember")
@public
def remember() -> AnyResponse:
    """Keep this language for the visitor's next visit: the only cookie there is, set only when asked for."""
    response = redirect(_own_path(request.form.get("next", "")), 303)
    response.set_cookie(
        LANGUAGE_COOKIE,
        language().slug,
        max_age=_A_YEAR,
        secure=site().settings.base_url.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )
    return response


@pages.get("/<language:language>/leave")
@public
def leave() -> Response:
    """Have the browser forget this site as far as a site can ask it to, and say what it cannot forget."""
    response = Response(render_template("public/leave.html"))
    response.headers["Clear-Site-Data"] = FORGET
    return response


def _own_path(text: str) -> str:
    """Return `text` if it is a path on this site in this language, else the first page's."""
    home = url_for("front.appeals")
    try:
        parts = urlsplit(text)
    except ValueError:
        return home
    own = not parts.scheme and not parts.netloc and parts.path.startswith(home) and "\\" not in text
    return parts.path if own else home
