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

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
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
    with (
        tempfile.TemporaryDirectory() as folder,
        platform(ADVOCACY_INSTANCE=folder, ADVOCACY_WORKERS="2") as served,
    ):
        app = application_of(served)
        _fill(app)
        with app.app_context():
            sheet = site().assets.path("public.css")
        _show_speed(served, sheet)
        with redirect_stderr(io.StringIO()):  # one log line a request
            _show_sizes(app.test_client(), sheet)
            _show_breakdown(app, app.test_client())


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
    """Time spent in one kind of work since it was last read, and how often it was begun."""

    ms: float = 0.0
    count: int = 0
    started: float = 0.0

    def start(self, *_args: object, **_more: object) -> None:
        self.count += 1
        self.started = time.perf_counter()

    def stop(self, *_args: object, **_more: object) -> None:
        self.ms += (time.perf_counter() - self.started) * 1000

    def read(self) -> float:
        """Return the ms and begin anew."""
        ms, self.ms = self.ms, 0.0
        return ms


def _show_breakdown(app: Flask, client: FlaskClient) -> None:
    path = f"/ko/appeals/{SLUG}"
    whole, database, template, bare, empty = (
        _Stopwatch(),
        _Stopwatch(),
        _Stopwatch(),
        _Stopwatch(),
        _Stopwatch(),
    )
    laps: list[tuple[float, ...]] = []
    for _ in range(_RUNS + 1):  # the first one warms up
        with _watched(app, database, template):
            _time(whole, lambda: client.get(path, headers={"Accept-Encoding": "br"}))
        _time(bare, lambda: client.get(path))
        _time(empty, lambda: client.get("/healthz"))
        laps.append(tuple(watch.read() for watch in (whole, database, template, bare, empty)))
    in_all, in_database, in_template, uncompressed, nothing = map(
        statistics.median, zip(*laps[1:], strict=True)
    )
    compression = in_all - uncompressed
    parts = [
        ("whole", in_all),
        (f"database, {database.count // (_RUNS + 1)} statements", in_database),
        ("template", in_template),
        ("compression", compression),
        ("everything else", in_all - in_database - in_template - compression),
        ("for comparison: /healthz", nothing),
    ]
    tables.show(
        f"One page inside the process, median of {_RUNS}",
        ("", "ms", "share"),
        [(what, f"{ms:.2f}", f"{ms / in_all:.0%}") for what, ms in parts],
    )


def _time(watch: _Stopwatch, act: Callable[[], object]) -> None:
    watch.start()
    act()
    watch.stop()


@contextmanager
def _watched(app: Flask, database: _Stopwatch, template: _Stopwatch) -> Iterator[None]:
    """Let the stopwatches run with the database's statements and with templates."""
    with app.app_context():
        engine = db.engine
    hooks = (("before_cursor_execute", database.start), ("after_cursor_execute", database.stop))
    for name, hook in hooks:
        event.listen(engine, name, hook)
    with (
        flask.before_render_template.connected_to(template.start),
        flask.template_rendered.connected_to(template.stop),
    ):
        yield
    for name, hook in hooks:
        event.remove(engine, name, hook)


if __name__ == "__main__":
    main()
