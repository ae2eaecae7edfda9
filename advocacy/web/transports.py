"""Handing mail over: to an SMTP server, or in development to a folder."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol, cast
from urllib.parse import SplitResult, unquote, urlsplit

from advocacy.config import Settings

_PATIENCE = 30
"""Seconds that one step of an SMTP conversation may take."""


class RefusedError(Exception):
    """The server will not take this mail, now or ever."""


class NotNowError(Exception):
    """The mail could not be handed over; a later attempt may succeed."""


class Line(Protocol):
    """An open way to hand mail over."""

    def send(self, message: EmailMessage) -> None:
        """Hand `message` over. Raises RefusedError or NotNowError; returns only once it was accepted."""


class Transport(Protocol):
    """Opens lines."""

    def open(self) -> AbstractContextManager[Line]:
        """Return a line for a few mails, closed after use. Raises NotNowError."""


def transport_for(settings: Settings) -> Transport:
    """Return the transport that the settings ask for."""
    if settings.smtp_url:
        return SmtpTransport(settings.smtp_url)
    return FolderTransport(settings.mail_folder)


class FolderTransport:
    """Writes each mail to `folder` as a file named for its Message-ID, so that a repeat replaces it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def open(self) -> Iterator["FolderTransport"]:
        """Make sure that the folder is there."""
        self._folder.mkdir(parents=True, exist_ok=True)
        yield self

    def send(self, message: EmailMessage) -> None:
        """Write `message`, whole or not at all."""
        name = "".join(letter for letter in str(message["Message-ID"]).partition("@")[0] if letter.isalnum())
        target = self._folder / f"{name}.eml"
        draft = target.with_suffix(f".{os.getpid()}")
        try:
            draft.write_bytes(message.as_bytes())
            draft.replace(target)
        except OSError as error:
            raise NotNowError(type(error).__name__) from error


class SmtpTransport:
    """Speaks SMTP to the server in `url`: smtp://[user:password@]host[:port], or smtps://.

    smtps:// is TLS from the start; with smtp:// TLS is used whenever the server offers it, and
    demanded by `?tls=require`.
    """

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    @contextmanager
    def open(self) -> Iterator["SmtpLine"]:
        """Connect, secure, sign in. Raises NotNowError, also for a password that the operator has to mend."""
        try:
            server = _connect(self._url)
        except (OSError, smtplib.SMTPException) as error:
            raise NotNowError(type(error).__name__) from error
        try:
            yield SmtpLine(server)
        finally:
            _hang_up(server)


class SmtpLine:
    """One SMTP connection."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def send(self, message: EmailMessage) -> None:
        """Hand `message` over."""
        eight_bit = self._server.has_extn("8bitmime")
        if not eight_bit:  # RFC 6152: then the body has to be encoded
            message = _in_seven_bits(message)
        try:
            self._server.send_message(message, mail_options=["BODY=8BITMIME"] if eight_bit else [])
        except smtplib.SMTPRecipientsRefused as refused:
            _raise_by_code(max(code for code, _ in refused.recipients.values()))
        except smtplib.SMTPDataError as refused:
            _raise_by_code(refused.smtp_code)
        except (
            smtplib.SMTPNotSupportedError
        ) as error:  # an address with letters that this server cannot write
            raise RefusedError(type(error).__name__) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotNowError(type(error).__name__) from error


def _connect(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=_PATIENCE, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=_PATIENCE)
    try:
        _introduce(server, url)
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server


def _introduce(server: smtplib.SMTP, url: SplitResult) -> None:
    server.ehlo()
    if url.scheme != "smtps" and (server.has_extn("starttls") or "tls=require" in url.query):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))


def _hang_up(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _raise_by_code(code: int) -> None:
    if 500 <= code < 600:  # noqa: PLR2004  RFC 5321, 4.2.1: permanent
        raise RefusedError(str(code))
    raise NotNowError(str(code))


def _in_seven_bits(message: EmailMessage) -> EmailMessage:
    content = message.as_bytes(policy=message.policy.clone(cte_type="7bit"))
    return cast("EmailMessage", message_from_bytes(content, policy=message.policy))
