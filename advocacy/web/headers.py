"""Headers on every answer."""

from flask import Flask, Response, g, request
from werkzeug.urls import iri_to_uri

from advocacy.extensions import compress
from advocacy.web.locale import language
from advocacy.web.site import site

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    # Not no-referrer: with it, browsers send "Origin: null" and posts from our own pages look foreign.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
_A_YEAR = 31_536_000

CACHEABLE = "public, max-age=0, s-maxage=5, stale-while-revalidate=30"
"""For pages that are the same for everybody: a cache in front may answer for five seconds."""

FORGET = '"cache", "cookies", "storage"'
"""Clear-Site-Data for whoever leaves: what the browser holds of this site, but for its history."""

FOREVER = f"public, max-age={_A_YEAR}, immutable"
"""For addresses whose content never changes."""


def add_headers(app: Flask) -> None:
    """Make `app` send them."""
    app.after_request(_finish)


def let_connect() -> None:
    """Let the scripts of this answer's page ask this site, and no other, for more."""
    g.connects = True


def close_again() -> None:
    """Take it back: the answer is another page than the one that was asked for."""
    g.pop("connects", None)


def _finish(response: Response) -> Response:
    if g.get("connects"):
        response.headers["Content-Security-Policy"] = f"{_POLICY}; connect-src 'self'"
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if site().settings.base_url.startswith("https:"):
        response.headers.setdefault("Strict-Transport-Security", f"max-age={_A_YEAR}")
    onion = site().settings.onion
    if onion and response.headers["Cache-Control"].startswith("public") and response.mimetype == "text/html":
        response.headers.setdefault("Onion-Location", onion + iri_to_uri(request.full_path.rstrip("?")))
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", language().tag)
    if request.method == "GET" and _may_compress(response):
        return compress.after_request(response)
    return response


def _may_compress(response: Response) -> bool:
    """Whether the answer's length may depend on what it says (docs/decisions/0021).

    Compression beside a secret gives the secret away to whoever can have a page asked for with words of
    his own and sees how long the answers are (BREACH). Nobody else's page can ask for a page of ours as
    one of ours does, and browsers say which it was.
    """
    if response.headers["Cache-Control"].startswith("public"):
        return True
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
