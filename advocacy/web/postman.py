"""The mail worker: takes mail from the outbox, sends it, and settles what became of it."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from threading import Event

import structlog
from flask import Flask

from advocacy.actions import outbox
from advocacy.actions.count_countries import count_countries
from advocacy.actions.digest import write_digests
from advocacy.actions.purge import purge
from advocacy.actions.schedule import publish_due
from advocacy.extensions import DATABASE_AWAY, begin_writing, db, forget_erased
from advocacy.models import OutgoingMail
from advocacy.web.logs import log_fault
from advocacy.web.occasions import occasion_now
from advocacy.web.transports import Line, NotNowError, RefusedError, Transport

_log = structlog.get_logger()

BATCH = 20
"""Mails sent over one connection; few enough that all are sent well within their lease."""

_IDLE = 1.0
"""Seconds between looks into an empty outbox."""

_DIGESTS_EVERY = 15.0
"""Seconds."""

_RELEASES_EVERY = 5.0
"""Seconds."""

_PURGE_EVERY = timedelta(minutes=10)


class Postman:
    """Sends what is in `app`'s outbox over `transport`; `compose` writes a message for a row."""

    def __init__(
        self, app: Flask, transport: Transport, compose: Callable[[Flask, OutgoingMail], EmailMessage | None]
    ) -> None:
        self._app = app
        self._transport = transport
        self._compose = compose
        self._digests_at = self._releases_at = 0.0
        self._purged_at = datetime.min.replace(tzinfo=UTC)

    def work(self, stop: Event) -> None:
        """Send mail, publish releases whose moment has come, and delete what has expired until `stop` is set.

        Waits for a database that is away.
        """
        while not stop.is_set():
            try:
                self._publish_releases_now_and_then()
                self._write_digests_now_and_then()
                taken = self.deliver_due()
                self._purge_now_and_then()
            except DATABASE_AWAY as error:
                log_fault(error)
                taken = 0
            if not taken:
                stop.wait(_IDLE)

    def write_digests(self) -> int:
        """Put the digests that are due into the outbox. Returns how many."""
        with self._app.app_context():
            session = begin_writing(db.session())
            written = write_digests(session, occasion_now())
            session.commit()
            return written

    def publish_releases(self) -> int:
        """Make the releases live whose moment has come. Returns how many."""
        with self._app.app_context():
            session = begin_writing(db.session())
            published = len(publish_due(session, now=datetime.now(UTC)))
            session.commit()
            return published

    def deliver_due(self, *, lease: timedelta = outbox.LEASE) -> int:
        """Send one batch of the mail that is due. Returns how many mails were taken."""
        with self._app.app_context():
            session = begin_writing(db.session())
            mails = outbox.take(session, now=datetime.now(UTC), most=BATCH, lease=lease)
            for mail in mails:
                session.expunge(mail)  # what was read stays readable after the commit
            session.commit()
            if mails:
                self._deliver(mails)
            return len(mails)

    def _deliver(self, mails: list[OutgoingMail]) -> None:
        started = time.perf_counter()
        try:
            with self._transport.open() as line:
                for mail in mails:
                    self._settle(mail, self._send(line, mail))
        except NotNowError as problem:
            _log.warning("mail.no_connection", reason=str(problem))
            for mail in mails:
                self._settle(mail, "later")
        _log.info("mail.batch", mails=len(mails), ms=round((time.perf_counter() - started) * 1000))

    def _send(self, line: Line, mail: OutgoingMail) -> str:
        if mail.expires_at <= datetime.now(UTC):
            return "expired"
        try:
            message = self._compose(self._app, mail)
            if message is None:
                return "decoy"
            line.send(message)
        except NotNowError as problem:
            _log.warning("mail.later", kind=mail.kind, attempts=mail.attempts, reason=str(problem))
            return "later"
        except RefusedError as problem:
            _log.warning("mail.refused", kind=mail.kind, attempts=mail.attempts, reason=str(problem))
            return "refused"
        except Exception as error:  # noqa: BLE001  one unwritable mail must not keep back the others
            log_fault(error)
            return "later"
        return "sent"

    def _settle(self, mail: OutgoingMail, outcome: str) -> None:
        session = begin_writing(db.session())
        if outcome == "later":
            chance = random.random()  # noqa: S311  spreads load, hides nothing
            outbox.put_off(session, mail.id, attempts=mail.attempts, now=datetime.now(UTC), chance=chance)
        else:
            outbox.sent(session, mail.id)
        session.commit()

    def _publish_releases_now_and_then(self) -> None:
        if time.monotonic() >= self._releases_at:
            if published := self.publish_releases():
                _log.info("releases.published", releases=published)
            self._releases_at = time.monotonic() + _RELEASES_EVERY

    def _write_digests_now_and_then(self) -> None:
        if time.monotonic() >= self._digests_at:
            self.write_digests()
            self._digests_at = time.monotonic() + _DIGESTS_EVERY

    def _purge_now_and_then(self) -> None:
        now = datetime.now(UTC)
        if now - self._purged_at < _PURGE_EVERY:
            return
        with self._app.app_context():
            session = begin_writing(db.session())
            gone = purge(session, now=now)
            count_countries(session, now=now)
            session.commit()
            forget_erased(db.engine)
        self._purged_at = now
        _log.info("purge", signatures=gone)
