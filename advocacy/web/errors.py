"""Errors as pages in the visitor's language. Nothing else knows status codes."""

from flask import Flask, Response, current_app, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, SecurityError
from werkzeug.routing import RequestRedirect

from advocacy.actions.links import UnknownLinkError
from advocacy.actions.live_domains import NotLiveError
from advocacy.actions.sign import AppealClosedError
from advocacy.actions.support import NoSupportError
from advocacy.extensions import DATABASE_AWAY
from advocacy.rules.words import N_
from advocacy.vault.keys import NoKeyError
from advocacy.web.access import SignedOutError
from advocacy.web.carrying import here
from advocacy.web.headers import close_again
from advocacy.web.logs import log_fault
from advocacy.web.phrases import gettext as _

_TEXTS: dict[int, tuple[str, str]] = {
    400: (
        N_("This request could not be understood"),
        N_("Please go back, check what you entered and try again."),
    ),
    403: (
        N_("This is not open to you"),
        N_("If you followed a link on another site, please start from our first page."),
    ),
    404: (N_("Page not found"), N_("The address may be mistyped, or the page may have moved.")),
    405: (N_("This does not work here"), N_("Please go back and use the buttons on the page.")),
    413: (
        N_("That was too much at once"),
        N_("What you sent is larger than this form can take. Please shorten it."),
    ),
    422: (N_("Something needs correcting"), N_("Please go back, check what you entered and try again.")),
    429: (N_("Too many attempts"), N_("Please wait a few minutes and try again.")),
    500: (
        N_("Something went wrong on our side"),
        N_("It is not your fault. Please try again in a few minutes."),
    ),
    503: (
        N_("This site cannot answer just now"),
        N_("Nothing you had confirmed is lost. Please try again in a few minutes."),
    ),
}
_RETRY_AFTER = "60"
"""Seconds."""


def handle_errors(app: Flask) -> None:
    """Make `app` answer errors with our pages."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(SignedOutError, _signed_out)
    for away in DATABASE_AWAY:
        app.register_error_handler(away, _unserviceable)
    app.register_error_handler(UnknownLinkError, _unknown_link)
    app.register_error_handler(NotLiveError, lambda _: error_page(404))
    for closed in (AppealClosedError, NoSupportError):
        app.register_error_handler(closed, _closed)
    app.register_error_handler(NoKeyError, _unserviceable)


def error_page(
    status: int, *, heading: str | None = None, text: str | None = None, sign_in: str | None = None
) -> Response:
    """Return the page for `status`, with our words for it unless others are given.

    It leads to the first page, or to signing in, at that address.
    """
    close_again()
    usual = _TEXTS.get(status) or _TEXTS[500 if status >= 500 else 400]  # noqa: PLR2004
    page = render_template(
        "error.html",
        heading=heading or _(usual[0]),
        text=text or _(usual[1]),
        sign_in=sign_in,
        status=status,
    )
    response = make_response(page, status)
    if status == 503:  # noqa: PLR2004
        response.headers["Retry-After"] = _RETRY_AFTER
    return response


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:  # noqa: PLR2004  a redirect is no error
        return error
    response = error_page(error.code)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _signed_out(_error: SignedOutError) -> Response:
    return error_page(
        403,
        heading=_("You are not signed in"),
        text=_("What you sent was not taken. Sign in, and send it again from the page that you come to."),
        sign_in=url_for("account.show_sign_in", next=here(_page_of_form())),
    )


def _page_of_form() -> str:
    """Return the nearest path at or above that of this request which is a page."""
    addresses, path = current_app.url_map.bind(""), request.path
    while path:
        try:
            addresses.match(path, method="GET")
        except RequestRedirect:
            return f"{path}/"
        except (NotFound, MethodNotAllowed):
            path = path.rpartition("/")[0]
        else:
            return path
    return "/"


def _foreign_host(_error: SecurityError) -> Response:
    """Answer a request for a host that is not ours: without links, for none of them would be right."""
    return Response("This host name is not served here.\n", 400, mimetype="text/plain")


def _unserviceable(error: Exception) -> Response:
    log_fault(error)
    return error_page(503)


def _unknown_link(_error: UnknownLinkError) -> Response:
    return error_page(
        404,
        heading=_("This link no longer works"),
        text=_(
            "It may have been used to delete a signature, or its 48 hours are over. "
            "You can sign again at any time."
        ),
    )


def _closed(_error: Exception) -> Response:
    return error_page(
        410,
        heading=_("This petition is closed"),
        text=_("It takes no more signatures. Thank you for wanting to sign."),
    )
