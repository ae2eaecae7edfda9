"""/dev/mailbox: the mail that was written while developing. Registered in development only."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, abort, render_template

from advocacy.web.access import public
from advocacy.web.site import site

pages = Blueprint("mailbox", __name__, url_prefix="/dev/mailbox")


@pages.get("")
@public
def index() -> str:
    """List the mails, newest first."""
    files = sorted(site().settings.mail_folder.glob("*.eml"), key=lambda path: -path.stat().st_mtime_ns)
    return render_template("dev/mailbox.html", mails=[(path.stem, _read(path)) for path in files])


@pages.get("/<name>.html")
@public
def html(name: str) -> Response:
    """Show a mail's HTML as a mail program does: with the styles it carries, and nothing else."""
    path = site().settings.mail_folder / f"{name}.eml"
    if not name.isalnum() or not path.exists():
        abort(404)
    body = cast("EmailMessage", _read(path).get_body(("html",)))
    response = Response(body.get_content())
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
    )
    return response


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)
