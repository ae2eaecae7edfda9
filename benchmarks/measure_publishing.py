"""What readers notice while ten releases are published and taken back: nothing.

The appeal's page is asked for over as many connections as two workers have threads, for some seconds: first
in peace, which is the ceiling, then while a release goes live and the one before is gone back to, ten times.
Any answer that is no page ends the run; besides, a reader compares whole pages by their hash: each has to be
wholly of one release.

    .venv/bin/python benchmarks/measure_publishing.py
"""

import hashlib
import io
import os
import re
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import redirect_stderr
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).parents[1]))

import tables
from application import application_of, hang_up
from load import CROWD, Figures, get, measure

from advocacy.actions.releases import build_release, confirm_release, roll_back
from advocacy.extensions import begin_writing, db
from advocacy.models import Release
from advocacy.models.domain import domain_by_name
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from tests.factories import SLUG, make_account, make_approved
from tests.servers import Platform, platform

_SECONDS = 12.0
_CHANGES = 10
_BETWEEN = 1.0
"""Seconds from one change to the next."""

_PATH = f"/ko/appeals/{SLUG}"


def main() -> None:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        platform(ADVOCACY_INSTANCE=folder, ADVOCACY_WORKERS="2", ADVOCACY_PAGE_SECONDS="1") as served,
    ):
        app = application_of(served)
        whole = {_hash_of(_page(served))}
        with redirect_stderr(io.StringIO()):
            numbers = _prepare(app)
        ceiling = _load(served)
        seen: set[str] = set()
        changing = threading.Thread(target=_change, args=(app, numbers))
        reading = threading.Thread(target=_read, args=(served, changing, seen))
        changing.start()
        reading.start()
        busy = _load(served)
        changing.join()
        reading.join()
        time.sleep(2)
        whole.add(_hash_of(_page(served)))
        rows = [("ceiling: nobody publishes", ceiling), ("a release a second", busy)]
        tables.show(
            f"The page while {_CHANGES} releases come and go: 2 workers, {CROWD}, {os.cpu_count()} cores",
            tables.HEADINGS,
            [tables.speed_row(what, figures, ceiling) for what, figures in rows],
        )
        mixed = "none of them mixed" if seen <= whole else "MIXED PAGES"
        print(f"  {busy.count:,} answers without an error; {len(seen)} different pages, {mixed}.")


def _load(served: Platform) -> Figures:
    return measure(served.port, [get(served.port, _PATH)], status=200, seconds=_SECONDS, clients=CROWD)


def _prepare(app: Flask) -> tuple[int, int]:
    """Build a release with another Korean title; returns the numbers of it and of the one that is live."""
    with app.app_context():
        session = begin_writing(db.session())
        domain = domain_by_name(session, f"appeal-{SLUG}")
        assert domain is not None
        title = next(unit for unit in units_in(session, domain.id, "ko") if unit.message.context == "title")
        make_approved(session, title, "둘째 제목")
        preparer = make_account(session)
        release = build_release(session, domain, LANGUAGES, by=preparer.id, now=datetime.now(UTC))
        session.commit()
        number = release.number
    hang_up(app)
    return number, number - 1


def _change(app: Flask, numbers: tuple[int, int]) -> None:
    time.sleep(1)
    for turn in range(_CHANGES + 1):  # ends with the new one
        with app.app_context():
            session = begin_writing(db.session())
            domain = domain_by_name(session, f"appeal-{SLUG}")
            release = Release.numbered(session, domain.id if domain else 0, numbers[turn % 2])
            assert release is not None
            if release.confirmed_at is None:
                confirm_release(session, release, by=None, now=datetime.now(UTC))
            else:
                roll_back(session, release, by=None, now=datetime.now(UTC), reason="measured")
            session.commit()
        time.sleep(_BETWEEN)


def _read(served: Platform, while_alive: threading.Thread, seen: set[str]) -> None:
    while while_alive.is_alive():
        seen.add(_hash_of(_page(served)))


def _page(served: Platform) -> str:
    with urllib.request.urlopen(f"{served.url}{_PATH}", timeout=30) as answer:
        return str(answer.read().decode())


def _hash_of(page: str) -> str:
    """Return what tells a page from another; the form's stamp is another each time."""
    return hashlib.sha256(re.sub(r'(name="stamp" value=")[^"]*', r"\1", page).encode()).hexdigest()


if __name__ == "__main__":
    main()
