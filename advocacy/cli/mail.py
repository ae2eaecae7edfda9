"""`advocacy mail`: sending what is in the outbox."""

import os
import signal
import threading
from email.message import EmailMessage
from types import FrameType

import click
from flask import Flask

from advocacy.account import mails as mails_to_people
from advocacy.cli.application import application
from advocacy.models import OutgoingMail
from advocacy.public import mails as mails_to_signers
from advocacy.web.postman import Postman
from advocacy.web.site import site
from advocacy.web.transports import transport_for

_PARENT_CHECK = 1.0
"""Seconds."""


@click.group()
def mail() -> None:
    """Send mail."""


@mail.command()
@click.option("--with-parent", is_flag=True, help="End when the process that started this one ends.")
def work(*, with_parent: bool) -> None:
    """Send mail as it comes, until told to stop. Several workers may share one outbox.

    Example: advocacy mail work
    """
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    if with_parent:
        threading.Thread(target=_end_with_parent, args=(stop,), daemon=True).start()
    with application() as app:
        _postman(app).work(stop)


@mail.command()
def flush() -> None:
    """Send everything that is due now, then end.

    Example: advocacy mail flush
    """
    with application() as app:
        postman = _postman(app)
        postman.write_digests()
        while postman.deliver_due():
            pass


def _postman(app: Flask) -> Postman:
    return Postman(app, transport_for(site().settings), compose)


def compose(app: Flask, mail: OutgoingMail) -> EmailMessage | None:
    """Return the message for a mail of any kind, or None for a decoy."""
    if mail.kind in mails_to_people.KINDS:
        return mails_to_people.compose(app, mail)
    return mails_to_signers.compose(app, mail)


def _end_with_parent(stop: threading.Event) -> None:
    parent = os.getppid()
    while not stop.wait(_PARENT_CHECK):
        if os.getppid() != parent:
            stop.set()
