"""What is kept of a signer, and for how long."""

from flask import Blueprint, Response, render_template

from advocacy.public.consents import notice
from advocacy.rules.privacy import KEPT
from advocacy.web.access import public
from advocacy.web.headers import CACHEABLE
from advocacy.web.site import site

pages = Blueprint("privacy", __name__, url_prefix="/<language:language>")


@pages.get("/privacy")
@public
def show() -> Response:
    """Show the notice in full."""
    response = Response(
        render_template(
            "public/privacy.html", notice=notice(), kept=KEPT, controller=site().settings.controller
        )
    )
    response.headers["Cache-Control"] = CACHEABLE
    return response
