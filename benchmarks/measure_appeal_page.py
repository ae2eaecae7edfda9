"""How fast the appeal's page comes, how large it is, and where its time goes.

Three tables:

1. The page over HTTP from two workers, beside what the same server does at best: `/healthz` is the ceiling
   (a request with nothing to do), the style sheet a static file (no database, compressed like the page). "Of
   ceiling" is the share of the ceiling's rate that is left. A visitor alone shows the latency without a
   queue. Clients share the machine's cores with the server; the line below the table says how much
   they took.
2. What a first visit loads, in bytes after Brotli: page and style sheet, by language. The promise is
   15 KB (15,000 bytes) in all.
3. Where one page's time goes inside the process (Flask's test client, median of 200): the share of the
   database's statements, of the template and of compression; `/healthz` shows what every request costs.

    .venv/bin/python benchmarks/measure_appeal_page.py
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import flask
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

sys.path.insert(0, str(Path(__file__).parents[1]))

import tables
from application import application_of, hang_up
from load import ALONE, CROWD, Clients, Figures, get, measure

from advocacy.extensions import begin_writing, db
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.signing import Display
from advocacy.web.site import site
from tests.factories import SLUG, make_confirmed
from tests.servers import Platform, platform

_SECONDS = 5.0
_RUNS = 200
_PROMISE = 15_000
"""Bytes of page and style sheet together."""

_NAMES = 24
"""Signers to begin with in each language, so that the page has its tallies and its list of names full."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, platform(Path(folder), ADVOCACY_WORKERS="2") as served:
        app = application_of(served)
        _fill(app)
        with app.app_context():
            sheet = site().assets.path("public.css")
        _show_speed(served, sheet)
        client = app.test_client()
        _show_sizes(client, sheet)
        _show_breakdown(app, client)


def _fill(app: Flask) -> None:
    with app.app_context():
        session = begin_writing(db.session())
        for language in LANGUAGES:
            for _ in range(_NAMES):
                make_confirmed(session, language=language.tag, display=Display.NAME)
        session.commit()
    hang_up(app)


def _show_speed(served: Platform, sheet: str) -> None:
    def run(path: str, clients: Clients = CROWD, encoding: str = "br") -> Figures:
        request = get(served.port, path, encoding=encoding)
        return measure(served.port, [request], status=200, seconds=_SECONDS, clients=clients)

    page = f"/ko/appeals/{SLUG}"
    ceiling, static, shown = run("/healthz"), run(sheet), run(page)
    rows = [
        ("ceiling: /healthz", ceiling),
        ("static file: public.css, br", static),
        ("appeal page, ko, br", shown),
        ("appeal page, ko, not compressed", run(page, encoding="identity")),
        ("appeal page, ko, br, a visitor alone", run(page, ALONE)),
    ]
    tables.show(
        f"The appeal's page: 2 workers, {CROWD} (client processes x connections), {os.cpu_count()} cores",
        tables.HEADINGS,
        [tables.speed_row(what, figures, ceiling) for what, figures in rows],
    )
    print(f"  The page comes {shown.rate / static.rate:.2f} times as often as the static file.")
    print(f"  Its clients used {shown.cores:.2f} cores, the ceiling's {ceiling.cores:.2f}.")


def _show_sizes(client: FlaskClient, sheet: str) -> None:
    style = _size(client, sheet)
    rows = []
    for language in LANGUAGES:
        page = _size(client, f"/{language.slug}/appeals/{SLUG}")
        kept = "kept" if page + style <= _PROMISE else "BROKEN"
        rows.append((language.tag, f"{page:,}", f"{style:,}", f"{page + style:,}", f"{_PROMISE:,} {kept}"))
    tables.show("A first visit, bytes after Brotli", ("", "page", "css", "both", "promise"), rows)


def _size(client: FlaskClient, path: str) -> int:
    answer = client.get(path, headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    return len(answer.data)


@dataclass(slots=True)
class _Stopwatch:
    """Seconds spent in one kind of work, one entry each time."""

    laps: list[float] = field(default_factory=list)
    started: float = 0.0

    def start(self, *_args: object, **_more: object) -> None:
        self.started = time.perf_counter()

    def stop(self, *_args: object, **_more: object) -> None:
        self.laps.append(time.perf_counter() - self.started)


def _show_breakdown(app: Flask, client: FlaskClient) -> None:
    path = f"/ko/appeals/{SLUG}"
    empty = _median(lambda: client.get("/healthz"))
    bare = _median(lambda: client.get(path))
    with _watched(app) as (database, template):
        whole = _median(lambda: client.get(path, headers={"Accept-Encoding": "br"}))
    queries = len(database.laps) // _RUNS
    in_database = sum(database.laps) / _RUNS * 1000
    in_template = statistics.median(template.laps) * 1000
    compression = whole - bare
    parts = [
        ("whole", whole),
        (f"database, {queries} statements", in_database),
        ("template", in_template),
        ("compression", compression),
        ("everything else", whole - in_database - in_template - compression),
        ("for comparison: /healthz", empty),
    ]
    tables.show(
        f"One page inside the process, median of {_RUNS}",
        ("", "ms", "share"),
        [(what, f"{ms:.2f}", f"{ms / whole:.0%}") for what, ms in parts],
    )


@contextmanager
def _watched(app: Flask) -> Iterator[tuple[_Stopwatch, _Stopwatch]]:
    """Stopwatches on the database's statements and on templates."""
    database, template = _Stopwatch(), _Stopwatch()
    with app.app_context():
        engine = db.engine
    hooks = (("before_cursor_execute", database.start), ("after_cursor_execute", database.stop))
    for name, hook in hooks:
        event.listen(engine, name, hook)
    with (
        flask.before_render_template.connected_to(template.start),
        flask.template_rendered.connected_to(template.stop),
    ):
        yield database, template
    for name, hook in hooks:
        event.remove(engine, name, hook)


def _median(act: Callable[[], object]) -> float:
    """Return how long `act` takes, in ms."""
    act()
    watch = _Stopwatch()
    for _ in range(_RUNS):
        watch.start()
        act()
        watch.stop()
    return statistics.median(watch.laps) * 1000


if __name__ == "__main__":
    main()
