"""Public pages that are asked for again within a moment are answered with the same bytes.

Only what is the same for everybody, and says that a cache in front may keep it: never a page at work, none
with a cookie. None is answered longer than the catalogs are live that it was written from: what is published
is seen at once. What people do (a signature counted, a name shown or taken away) is seen when the moment is
over.
"""

from flask import Flask, Response, g, request

from advocacy.web.headers import CACHEABLE
from advocacy.web.page_cache import Key
from advocacy.web.phrases import snapshot
from advocacy.web.site import site

_LARGEST = 256 * 1024
"""Bytes of a page that is kept."""


def cache_pages(app: Flask) -> None:
    """Make `app` answer from its kept pages. Comes before what adds headers: they are kept as well."""
    app.before_request(_find)
    app.after_request(_keep)


def _key() -> Key:
    return request.path, request.query_string, request.headers.get("Accept-Encoding", "")


def _find() -> Response | None:
    if request.method != "GET" or request.endpoint is None or not site().pages.seconds:
        return None
    found = site().pages.find(_key(), snapshot())
    g.is_kept = found is not None
    return found


def _keep(response: Response) -> Response:
    if g.get("is_kept", True) or not _is_for_everybody(response):
        return response
    if response.calculate_content_length() is not None and len(response.get_data()) <= _LARGEST:
        site().pages.keep(_key(), snapshot(), response)
    return response


def _is_for_everybody(response: Response) -> bool:
    return (
        response.status_code == 200  # noqa: PLR2004  a page
        and response.headers.get("Cache-Control") == CACHEABLE
        and "Set-Cookie" not in response.headers
        and set(response.vary) <= {"accept-encoding", "Accept-Encoding"}
    )
