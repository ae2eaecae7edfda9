"""What sealing costs: signatures a second with it, beside the same path without.

One process, one database of each kind, the action as the web calls it, each form in a transaction of its own
with its commit. The two ways take turns, so that whatever else the machine does falls on both. Without
sealing, the same bytes go to the same columns: texts are padded as boxes are, digests are of zeros.

The promise is a share of at least 80 % that is left; the last line says whether it is kept.

    .venv/bin/python benchmarks/measure_sealing.py
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
from flask import Flask

sys.path.insert(0, str(Path(__file__).parents[1]))

import tables

from advocacy import create_app
from advocacy.actions import queue_mail
from advocacy.actions.sign import sign
from advocacy.cli.up import prepare
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.vault.safe import Safe
from tests.factories import make_occasion, make_submission, shipped_appeal
from tests.servers import postgresql

_ROUNDS = 12
_FORMS = 60
"""Forms a turn."""

_PROMISED = 0.8
_BOX = 256 + 60
"""Bytes of a sealed box of one name or address, about."""


class OpenSafe(Safe):
    """A safe that seals nothing and digests nothing, for comparison only."""

    def seal_person(self, appeal: str, reference: str, data: dict[str, str]) -> bytes:
        """Return the data as it is, as long as a box."""
        del appeal, reference
        return _plain(data)

    def seal_address(self, appeal: str, reference: str, address: str) -> bytes:
        """Return the address as it is, as long as a box."""
        del appeal, reference
        return _plain({"address": address})

    def seal_mail(self, message_id: str, contents: dict[str, str]) -> bytes:
        """Return the contents as they are."""
        del message_id
        return _plain(contents)

    def digest(self, appeal: str, kind: str, text: str) -> bytes:
        """Return as many bytes as a digest has."""
        del appeal, kind
        return text.encode()[-32:].rjust(32, b"\0")


def main() -> None:
    """Measure on each database that is to be had, and print."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        shares = [_measure("SQLite", {"ADVOCACY_INSTANCE": f"{folder}/sqlite"})]
        try:
            server = stack.enter_context(postgresql())
        except (OSError, KeyError, subprocess.CalledProcessError):
            print("\nPostgreSQL cannot be started here: left out.")
        else:
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                connection.execute('CREATE DATABASE "sealing"')
            environ = {"ADVOCACY_INSTANCE": f"{folder}/postgresql", "DATABASE_URL": f"{server}/sealing"}
            shares.append(_measure("PostgreSQL", environ))
    kept = "kept" if min(shares) >= _PROMISED else "NOT KEPT"
    print(f"\n  At least {_PROMISED:.0%} of the rate without sealing: {kept}.")


def _measure(kind: str, environ: dict[str, str]) -> float:
    app = create_app(read_settings(environ))
    prepare(app)
    seconds = {"sealed": 0.0, "open": 0.0}
    real_lock = queue_mail.lock
    for turn in range(2 * _ROUNDS):
        way = "sealed" if turn % 2 else "open"
        queue_mail.lock = real_lock if way == "sealed" else lambda _token, data: _plain(data)
        taken = _sign_many(app, Safe if way == "sealed" else OpenSafe)
        if turn > 1:  # the first of each warms up
            seconds[way] += taken
    queue_mail.lock = real_lock
    with app.app_context():
        db.engine.dispose()
    rates = {way: (_ROUNDS - 1) * _FORMS / taken for way, taken in seconds.items()}
    share = rates["sealed"] / rates["open"]
    tables.show(
        f"Signing with and without sealing on {kind}: 1 process, {os.cpu_count()} cores",
        ("what", "a second", "of ceiling"),
        [
            ("ceiling: the same without sealing", f"{rates['open']:,.0f}", "100 %"),
            ("with sealing", f"{rates['sealed']:,.0f}", f"{share:.0%}"),
        ],
    )
    return share


def _sign_many(app: Flask, safe: type[Safe]) -> float:
    """Return the seconds that `_FORMS` forms take."""
    with app.app_context():
        keys = app.extensions["advocacy"].keys
        appeal = shipped_appeal(db.session())
        db.session().expunge_all()
        submissions = [make_submission() for _ in range(_FORMS)]
        started = time.perf_counter()
        for submission in submissions:
            session = begin_writing(db.session())
            sign(session, appeal, submission, make_occasion(safe=safe(keys)))
            session.commit()
        return time.perf_counter() - started


def _plain(data: dict[str, str]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode().ljust(_BOX)


if __name__ == "__main__":
    main()
