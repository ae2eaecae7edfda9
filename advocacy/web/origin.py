"""Refusing posts that another site made a visitor send, without a session or a cookie."""

from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import Forbidden

from advocacy.web.site import site


def refuse_foreign_posts() -> None:
    """Raise Forbidden unless the request comes from our own pages, or from no page at all.

    Browsers say where a post comes from in Sec-Fetch-Site, older ones in Origin or Referer. A client
    that sends none of them is no browser, and nobody can be made to use it by a web page.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        if fetch_site not in ("same-origin", "none"):
            raise Forbidden
        return
    for header in ("Origin", "Referer"):
        sender = request.headers.get(header)
        if sender is not None:
            if _host_of(sender) not in (request.host, urlsplit(site().settings.base_url).netloc):
                raise Forbidden
            return


def is_from_our_pages() -> bool:
    """Whether the browser says that one of our own pages sent this request."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    sender = request.headers.get("Origin")
    return sender is not None and _host_of(sender) in (
        request.host,
        urlsplit(site().settings.base_url).netloc,
    )


def _host_of(sender: str) -> str:
    """Return the host that a header names; nothing for what is no address."""
    try:
        return urlsplit(sender).netloc
    except ValueError:
        return ""
