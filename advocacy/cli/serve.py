"""`advocacy serve`: the web server, and in development the mail worker beside it."""

import subprocess
import sys

import click
from granian import Granian
from granian.constants import Interfaces

from advocacy.config import Settings, read_settings

_LAST_WORDS = 10
"""Seconds that a worker has to end by itself when told to."""

_THREADS = 1
"""Requests that one worker process answers at a time; docs/decisions/0008 says why not more."""


@click.command()
def serve() -> None:
    """Serve the platform. In development mail is sent too; in production run `advocacy mail work` beside it.

    Example: ADVOCACY_PORT=8080 advocacy serve
    """
    settings = read_settings()
    for line in _addresses(settings):
        click.echo(line)
    postman = _start_postman() if settings.in_development else None
    try:
        _serve_web(settings)
    finally:
        if postman:
            postman.terminate()
            postman.wait()


def _addresses(settings: Settings) -> list[str]:
    lines = [f"The platform: {settings.base_url}/"]
    if settings.in_development and not settings.smtp_url:
        lines.append(f"The mail it sends: {settings.base_url}/dev/mailbox")
    return lines


def _start_postman() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "advocacy", "mail", "work", "--with-parent"])


def _serve_web(settings: Settings) -> None:
    Granian(
        "advocacy:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_LAST_WORDS,
        log_access=False,
    ).serve()
