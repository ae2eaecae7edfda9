"""How many signatures a second the platform takes, and how many it confirms.

One table for SQLite and, where a PostgreSQL server can be started, one for PostgreSQL (as tests start it:
without fsync, so read its figures beside its own ceiling only). Two workers and the mail worker run, as
`advocacy serve` starts them, and share the machine's cores with the clients.

- The ceiling is one bare INSERT and COMMIT of as many bytes as one signing leaves in all its tables, into the
  same kind of database on the same disk, from as many writers as the server has threads.
- Signing is POST /ko/appeals/.../sign, each with an address of its own: it ends with a pending signature,
  its consents, two links and a mail in the outbox, in one transaction.
- Confirming is POST /ko/confirm/..., with the links from the mails that the worker wrote meanwhile.

"Of ceiling" is the share of the ceiling's rate that is left. Afterwards the rows are counted: figures
whose signatures are not all stored are not printed. The field's figure to compare with is UK e-petitions'
peak: 100,000 signatures an hour.

    .venv/bin/python benchmarks/measure_signing.py
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import psycopg
from flask import Flask
from sqlalchemy import func, select

sys.path.insert(0, str(Path(__file__).parents[1]))

import tables
from application import application_of, hang_up
from bare_writes import bare_writes
from load import CROWD, Figures, UnexpectedAnswerError, measure, post

from advocacy.extensions import begin_writing, db
from advocacy.models import OutgoingMail, Signature, Token
from advocacy.rules.signing import SignatureState
from advocacy.web.stamp import FASTEST_PERSON
from tests.factories import SLUG, filled_form, link_in, make_pending
from tests.mails import text_of
from tests.pages import value_of
from tests.servers import Platform, platform, postgresql

_SECONDS = 5.0
_CEILING_SECONDS = 4.0
_MOST_POSTS = 4000
_LONGEST_WAIT = 8.0
"""Seconds that the mail worker gets to write the mails whose links are confirmed."""

_TABLES = (Signature, Token, OutgoingMail)

_PEAK = 100_000 / 3600
"""Signatures a second: UK e-petitions' busiest hour."""


def main() -> None:
    """Measure on each database that is to be had, and print."""
    with tempfile.TemporaryDirectory() as folder:
        _measure_on("SQLite", Path(folder) / "served", f"sqlite:///{folder}/ceiling.db")
        with ExitStack() as stack:
            try:
                server = stack.enter_context(postgresql())
            except (OSError, KeyError, subprocess.CalledProcessError):
                print("\nPostgreSQL cannot be started here: left out.")
                return
            for name in ("served", "ceiling"):
                with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                    connection.execute(f'CREATE DATABASE "{name}"')
            _measure_on(
                "PostgreSQL",
                Path(folder) / "postgresql",
                f"{server}/ceiling",
                DATABASE_URL=f"{server}/served",
            )


def _measure_on(kind: str, instance: Path, ceiling_url: str, **environ: str) -> None:
    with platform(ADVOCACY_INSTANCE=str(instance), ADVOCACY_WORKERS="2", **environ) as served:
        app = application_of(served)
        size = _size_of_one(app)
        stamp, taken = _stamp(served), time.monotonic()
        ceiling = bare_writes(ceiling_url, size, seconds=_CEILING_SECONDS)
        time.sleep(max(0.0, taken + FASTEST_PERSON + 1 - time.monotonic()))
        begun = time.monotonic()
        signing = _sign(served, app, stamp)
        links = _links(served, signing.count)
        mails = len(links) / (time.monotonic() - begun)
        confirming = _confirm(served, app, links)
    tables.show(
        f"Signing on {kind}: 2 workers, {CROWD} (client processes x connections), {os.cpu_count()} cores",
        tables.HEADINGS,
        [
            tables.speed_row(f"ceiling: INSERT of {size:,} bytes, COMMIT", ceiling, ceiling),
            tables.speed_row("sign", signing, ceiling),
            tables.speed_row("confirm", confirming, ceiling),
        ],
    )
    both = 1 / (1 / signing.rate + 1 / confirming.rate)
    print(f"  All {signing.count} signatures are stored, {confirming.count} are confirmed.")
    print(f"  Signed and confirmed: {both:.0f} a second, {both / _PEAK:.1f} times UK e-petitions' peak.")
    print(f"  The mail worker kept up with {mails:.0f} mails a second.")


def _size_of_one(app: Flask) -> int:
    """Return the bytes of all values that one signing stores."""
    with app.app_context():
        session = begin_writing(db.session())
        make_pending(session)
        rows = [row for table in _TABLES for row in session.scalars(select(table))]
        size = sum(_bytes(getattr(row, column.key)) for row in rows for column in row.__table__.columns)
        session.rollback()
    hang_up(app)
    return size


def _bytes(value: object) -> int:
    match value:
        case None:
            return 0
        case bytes():
            return len(value)
        case str():
            return len(value.encode())
        case _:
            return 8


def _stamp(served: Platform) -> str:
    with urlopen(f"{served.url}/ko/appeals/{SLUG}") as page:
        return value_of(page.read().decode(), "stamp")


def _sign(served: Platform, app: Flask, stamp: str) -> Figures:
    posts = [
        post(served.port, f"/ko/appeals/{SLUG}/sign", urlencode(filled_form(app, stamp=stamp)))
        for _ in range(_MOST_POSTS)
    ]
    signing = measure(served.port, posts, status=303, seconds=_SECONDS)
    _demand(_stored(app), signing.count, "signatures")
    return signing


def _links(served: Platform, most: int) -> list[str]:
    """Wait until `most` mails are written, or long enough; return the confirmation links in them."""
    folder, start = served.instance / "mail", time.monotonic()
    while len(files := list(folder.glob("*.eml"))) < most and time.monotonic() < start + _LONGEST_WAIT:
        time.sleep(0.1)
    texts = [text_of(message_from_bytes(file.read_bytes(), policy=policy.default)) for file in files]
    return [link_in(text, "confirm") for text in texts]


def _confirm(served: Platform, app: Flask, links: list[str]) -> Figures:
    posts = [post(served.port, link, "decision=confirm") for link in links]
    confirming = measure(served.port, posts, status=303, seconds=_SECONDS)
    _demand(_stored(app, SignatureState.CONFIRMED), confirming.count, "confirmed signatures")
    return confirming


def _stored(app: Flask, *states: SignatureState) -> int:
    query = select(func.count()).select_from(Signature)
    if states:
        query = query.where(Signature.state.in_(states))
    with app.app_context():
        count = db.session().scalar(query) or 0
    hang_up(app)
    return count


def _demand(found: int, expected: int, what: str) -> None:
    if found != expected:
        raise UnexpectedAnswerError(f"{expected} {what} were acknowledged, {found} are stored")


if __name__ == "__main__":
    main()
