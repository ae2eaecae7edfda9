"""How long pages take to answer inside the process, beside the bare statements that they send."""

import io
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from flask import Flask
from sqlalchemy import event, text

from advocacy import create_app
from advocacy.cli.up import prepare
from advocacy.config import read_settings
from advocacy.extensions import db, writing

HEADINGS = ("", "p50 ms", "best", "queries", "bare ms", "page/bare", "promised")
_RUNS = 5


class Page(NamedTuple):
    """A page to ask for: what it is called, what makes ready to ask it again, the most ms it may take."""

    name: str
    ask: Callable[[int], Callable[[], Any]]
    promised: int | None = None


class Answers(NamedTuple):
    """Rows under HEADINGS, and how many promises were not kept."""

    rows: list[list[str]]
    broken: int


def new_app(folder: Path, server: str | None, name: str) -> Flask:
    """Return a platform that is up, with Arabic: in a folder, or with a database (by name) on a server."""
    environ = {
        "ADVOCACY_INSTANCE": str(folder),
        "ADVOCACY_CALM_FORMS": "0",
        "ADVOCACY_MORE_LANGUAGES": "ar",
    }
    if server:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        environ["DATABASE_URL"] = f"{server}/{name}"
    app = create_app(read_settings(environ))
    with redirect_stderr(io.StringIO()):
        prepare(app)
    return app


def tidy(app: Flask) -> None:
    """Have the database look at what it holds, as PostgreSQL does by itself soon after much was written."""
    with app.app_context():
        analyse = "ANALYZE" if db.engine.dialect.name == "sqlite" else "VACUUM ANALYZE"
        with writing(db.engine).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(analyse))


def answers_of(app: Flask, pages: Sequence[Page], rounds: int) -> Answers:
    """Ask for all pages in each of several rounds, and say what came of it.

    A promise is kept if the median of all rounds' medians keeps it; the best round stands beside it.
    """
    yardsticks, all_rounds = [], []
    for number in range(rounds):
        yardsticks.append([_median(act) for act in (_add_up, _gather, _ask_nothing(app))])
        all_rounds.append([_ask(app, page, number) for page in pages])
    rows = [
        [name, *_median_and_best(times), "", "", "", ""]
        for name, times in zip(_YARDSTICKS, zip(*yardsticks, strict=True), strict=True)
    ]
    rows += [_row(page, found) for page, found in zip(pages, zip(*all_rounds, strict=True), strict=True)]
    return Answers(rows, sum(row[-1].endswith("BROKEN") for row in rows))


class _Round(NamedTuple):
    """The medians of a page and of its bare statements in a round, in ms, and how many statements it sent."""

    page: float
    bare: float
    queries: int


def _ask(app: Flask, page: Page, number: int) -> _Round:
    times, alone, count = [], [], 0
    for run in range(_RUNS):
        act = page.ask(number * _RUNS + run)
        with _heard(app) as statements:
            started = time.perf_counter()
            answer = act()
            times.append((time.perf_counter() - started) * 1000)
        assert answer.status_code in (200, 302, 303), (page.name, answer.status_code, answer.text)
        alone.append(_bare(app, statements))
        count = len([one for one in statements if one[0] != "BEGIN"])
    return _Round(statistics.median(times), statistics.median(alone), count)


def _row(page: Page, rounds: Sequence[_Round]) -> list[str]:
    times = [one.page for one in rounds]
    p50, bare = statistics.median(times), statistics.median(one.bare for one in rounds)
    kept = "" if page.promised is None else f"{page.promised} {'kept' if p50 <= page.promised else 'BROKEN'}"
    return [
        page.name,
        *_median_and_best(times),
        str(rounds[-1].queries),
        f"{bare:.1f}",
        f"{p50 / bare:.1f}" if bare > 0.05 else "",  # noqa: PLR2004  nothing to speak of
        kept,
    ]


def _median_and_best(times: Sequence[float]) -> tuple[str, str]:
    return f"{statistics.median(times):.1f}", f"{min(times):.1f}"


def _median(act: Callable[[], Any]) -> float:
    times = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


_YARDSTICKS = ("100,000 additions", "100,000 strewn objects", "SELECT 1")
_STREWN = random.Random(7).sample([[number] for number in range(300_000)], 100_000)


def _add_up() -> int:
    total = 0
    for number in range(100_000):
        total += number
    return total


def _gather() -> int:
    total = 0
    for one in _STREWN:
        total += one[0]
    return total


def _ask_nothing(app: Flask) -> Callable[[], Any]:
    def ask() -> None:
        with app.app_context():
            db.session().scalar(text("SELECT 1"))

    return ask


@contextmanager
def _heard(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """Give the statements that the database hears meanwhile, with their parameters."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        heard.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def _bare(app: Flask, statements: Sequence[tuple[str, Any]]) -> float:
    """Return how many ms the reading statements take alone; if others were among them, a commit is added."""
    reading = [one for one in statements if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    writes = len(reading) < len(statements)
    with app.app_context():
        engine = writing(db.engine) if writes else db.engine
    with engine.connect() as connection:
        connection.begin()
        cursor = connection.connection.cursor()
        started = time.perf_counter()
        for statement, parameters in reading:
            cursor.execute(statement, parameters)
            cursor.fetchall()
        if writes:
            cursor.execute("UPDATE domains SET source_language = source_language WHERE name = 'many'")
        connection.commit()
        return (time.perf_counter() - started) * 1000
