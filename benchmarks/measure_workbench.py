"""How fast the workbench answers, how often it asks the database, and how large its editor is.

For each database and size, one table. Each page is asked for inside the process (Flask's test client) in
several rounds, all pages in each; the figure is the median of a round, and of the rounds the best: others
may share the machine. How much they do is told by "all rounds", the median of all rounds' medians, and by two
yardsticks of the same rounds that have nothing of ours: 100,000 additions in a loop, the reading of 100,000
objects that are strewn over memory (on a machine of one's own some 10 ms), and an empty question.
Beside it stands what no page can beat, measured in the same run: "bare", the very statements that the
page sent, run alone on one connection and read to the end. For what writes, those are the reading ones, and
one row changed and committed. "page/bare" is the page over that; what is left is templates, checks, and the
framework, whose share `/healthz` shows. "promised" is the most that a page may take; of an editor within a
search nothing was promised: the next text is looked for through all of the list, if there is none.

The list that is worked in has so many texts in one language. Of these, two thirds are approved, a tenth
waits for review, a tenth is a draft.

Last, the editor's bytes as a browser that knows gzip alone loads them: page, style sheet and script the
first time, and the page alone after that.

    .venv/bin/python benchmarks/measure_workbench.py [--sizes 20000 100000] [--databases sqlite] [--rounds 15]
"""

import argparse
import io
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, redirect_stderr
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select, text

sys.path.insert(0, str(Path(__file__).parents[1]))

import tables

from advocacy import create_app
from advocacy.actions.keep_checked import check_everything
from advocacy.cli.up import prepare
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db, writing
from advocacy.models import Domain, Message, Origin, Translation, Unit
from advocacy.rules.permissions import Role
from advocacy.rules.review import TranslationState, content_hash, source_hash
from advocacy.rules.translation import UnitStatus
from tests.pages import value_of
from tests.people import add_person, sign_in
from tests.servers import postgresql

_RUNS = 5
_HIDDEN = ("csrf_token", "seen", "based_on", "source_hash", "source")
_AT = "/translate/ko/many"
_ENGLISH = [
    "sign",
    "the",
    "petition",
    "people",
    "letter",
    "government",
    "border",
    "return",
    "forced",
    "refugee",
    "family",
    "name",
    "address",
    "confirm",
    "support",
    "mail",
    "open",
    "link",
    "hours",
    "days",
    "thank",
    "you",
    "text",
    "protect",
    "human",
    "right",
    "north",
    "asylum",
    "send",
    "home",
    "appeal",
]
_KOREAN = [
    "청원",
    "서명",
    "사람",
    "편지",
    "정부",
    "국경",
    "강제",
    "송환",
    "난민",
    "가족",
    "이름",
    "주소",
    "확인",
    "지지",
    "메일",
    "열기",
    "링크",
    "시간",
    "감사",
    "글",
    "보호",
    "인권",
    "북한",
    "망명",
    "보내기",
    "집",
    "호소",
]


class _Page(NamedTuple):
    """A page to ask for, what it is called, and how many milliseconds it may take at each size."""

    name: str
    ask: Callable[[int], Callable[[], Any]]
    promised: Callable[[int], int | None]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[20_000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    for database in asked.databases:
        with postgresql() if database == "postgresql" else nullcontext() as server:
            for size in asked.sizes:
                with tempfile.TemporaryDirectory() as folder:
                    app = _app(Path(folder), server, size)
                    with redirect_stderr(io.StringIO()):  # one log line a request
                        _show(app, database, size, asked.rounds)
                    with app.app_context():
                        db.engine.dispose()


def _app(folder: Path, server: str | None, size: int) -> Flask:
    environ = {"ADVOCACY_INSTANCE": str(folder), "ADVOCACY_CALM_FORMS": "0"}
    if server:
        name = f"many{size}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        environ["DATABASE_URL"] = f"{server}/{name}"
    app = create_app(read_settings(environ))
    with redirect_stderr(io.StringIO()):
        prepare(app)
    return app


@dataclass(slots=True)
class _Many:
    """The texts that are worked on: ids of units nobody has touched, and of texts that wait."""

    untouched: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)


def _fill(app: Flask, size: int, author: int) -> _Many:  # noqa: PLR0915  one step after another
    """Add a domain of so many texts in Korean."""
    dice = random.Random(7)
    many, now = _Many(), datetime.now(UTC)
    with app.app_context():
        session = begin_writing(db.session())
        domain = Domain.named(session, "many", source_language="en")
        messages = []
        for number in range(size):
            msgid = f"{' '.join(dice.choices(_ENGLISH, k=14)).capitalize()} {number}"
            hashed = source_hash(None, msgid, None)
            messages.append(
                {"domain_id": domain.id, "source_hash": hashed, "msgid": msgid, "position": number}
            )
        for part in _parts(messages):
            session.execute(insert(Message), part)
        known = session.execute(
            select(Message.id, Message.msgid, Message.source_hash).where(Message.domain_id == domain.id)
        ).all()
        kinds = [_kind(number) for number in range(size)]
        units = [
            {"message_id": row.id, "language": "ko", "status": kind[0]}
            for row, kind in zip(known, kinds, strict=True)
        ]
        for part in _parts(units):
            session.execute(insert(Unit), part)
        unit_ids = dict(
            session.execute(
                select(Unit.message_id, Unit.id).join(Message).where(Message.domain_id == domain.id)
            )
            .tuples()
            .all()
        )
        texts = []
        for row, (_status, state) in zip(known, kinds, strict=True):
            if state is None:
                many.untouched.append(unit_ids[row.id])
                continue
            said = [" ".join(dice.choices(_KOREAN, k=9))]
            texts.append(
                {
                    "unit_id": unit_ids[row.id],
                    "texts": said,
                    "author_id": author,
                    "origin": Origin.EDITOR,
                    "state": state,
                    "msgid": row.msgid,
                    "source_hash": row.source_hash,
                    "content_hash": content_hash(None, row.msgid, None, said),
                    "created_at": now,
                }
            )
        for part in _parts(texts):
            session.execute(insert(Translation), part)
        query = select(Translation.id).where(Translation.state == TranslationState.SUBMITTED).limit(1000)
        many.waiting = list(session.scalars(query.order_by(Translation.id)))
        session.commit()
    _tidy(app)
    return many


def _tidy(app: Flask) -> None:
    """Have the database look at what it holds, as PostgreSQL does by itself soon after much was written."""
    with app.app_context():
        analyse = "ANALYZE" if db.engine.dialect.name == "sqlite" else "VACUUM ANALYZE"
        with writing(db.engine).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(analyse))


def _kind(number: int) -> tuple[UnitStatus, TranslationState | None]:
    place = number % 30
    if place < 20:  # noqa: PLR2004  two thirds
        return UnitStatus.APPROVED, TranslationState.APPROVED
    if place < 23:  # noqa: PLR2004
        return UnitStatus.NEEDS_REVIEW, TranslationState.SUBMITTED
    return (
        (UnitStatus.DRAFT, TranslationState.DRAFT) if place < 26 else (UnitStatus.UNTRANSLATED, None)  # noqa: PLR2004
    )


def _parts(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    return (rows[start : start + 5000] for start in range(0, len(rows), 5000))


@dataclass(slots=True)
class _Bench:
    """A translator and a reviewer in their browsers, and the texts that they work on."""

    translator: FlaskClient
    reviewer: FlaskClient
    many: _Many

    def page(self, path: str) -> Callable[[int], Callable[[], Any]]:
        """Ask for a page."""
        return lambda _number: lambda: self.translator.get(path)

    def editor(self, number: int) -> Callable[[], Any]:
        """Ask for the editor of one unit after another."""
        return lambda: self.translator.get(f"{_AT}/{self.many.untouched[-1 - number]}")

    def send(self, action: str) -> Callable[[int], Callable[[], Any]]:
        """Open the editor of a unit that nobody has touched, and send something for it."""

        def ready(_number: int) -> Callable[[], Any]:
            path = f"{_AT}/{self.many.untouched.pop(0)}"
            page = self.translator.get(path).text
            source = re.search(r" (\d+)", value_of(page, "source"))
            said = f"강제 송환을 멈춰 주십시오 {source.group(1) if source else ''}"
            fields = {name: value_of(page, name) for name in _HIDDEN} | {"text": said, "action": action}
            return lambda: self.translator.post(path, data=fields)

        return ready

    def approve(self, _number: int) -> Callable[[], Any]:
        """Open a text that waits, and approve it."""
        path = f"/staff/review/{self.many.waiting.pop(0)}"
        page = self.reviewer.get(path).text
        fields = {name: value_of(page, name) for name in ("csrf_token", "seen")} | {"decision": "approve"}
        return lambda: self.reviewer.post(path, data=fields)


def _show(app: Flask, database: str, size: int, rounds: int) -> None:
    author = add_person(app, (Role.TRANSLATOR, "ko"))
    translator, reviewer = app.test_client(), app.test_client()
    sign_in(translator, author)
    sign_in(reviewer, add_person(app, (Role.REVIEWER, "ko")))
    with app.app_context():
        number = db.session().execute(text("SELECT max(id) - 1 FROM accounts")).scalar_one()
    bench = _Bench(translator, reviewer, _fill(app, size, number))
    started = time.perf_counter()
    with app.app_context():
        checked = check_everything(db.session())
    took = time.perf_counter() - started
    _tidy(app)
    tables.show(
        f"Once, when the checks or the glossary changed, on {database}",
        ("texts", "s", "ms a text"),
        [[f"{checked:,}", f"{took:.1f}", f"{took / checked * 1000:.2f}"]],
    )
    for client in (translator, reviewer):  # what a process reads once
        client.get(f"{_AT}/{bench.many.untouched[-1]}")
    pages = [
        _Page("/healthz", bench.page("/healthz"), lambda _size: 2),
        _Page("dashboard", bench.page("/translate/"), lambda _size: 10),
        _Page("list", bench.page(_AT), lambda _size: 17),
        _Page("list, drafts", bench.page(f"{_AT}?status=draft"), lambda _size: 17),
        _Page("list, of mine", bench.page(f"{_AT}?mine=yes"), lambda _size: 17),
        _Page("list, with warnings", bench.page(f"{_AT}?warned=yes"), lambda _size: 17),
        *(_Page(f"search {query}", bench.page(f"{_AT}?q={query}"), lambda _size: 17) for query in _SEARCHES),
        _Page("editor", bench.editor, lambda size: 20 if size <= 20_000 else 40),  # noqa: PLR2004
        *(
            _Page(f"editor, ?{asked}", _editor_in(bench, asked), lambda _size: None)
            for asked in ("q=zzzzzz", "q=check:josa", "warned=yes")
        ),
        _Page("save", bench.send("draft"), lambda _size: 40),
        _Page("submit", bench.send("submit"), lambda _size: 40),
        _Page("approve", bench.approve, lambda _size: 40),
    ]
    headings = ("", "p50 ms", "all rounds", "queries", "bare ms", "page/bare", "promised")
    yardsticks, all_rounds = [], []
    for number in range(rounds):
        yardsticks.append([_median(act) for act in (_add_up, _gather, _ask_nothing(app))])
        all_rounds.append([_ask(app, page, number) for page in pages])
    rows = [
        [name, *_best_and_all(times), "", "", "", ""]
        for name, times in zip(_YARDSTICKS, zip(*yardsticks, strict=True), strict=True)
    ]
    rows += [
        _row(page, size, list(of_page))
        for page, of_page in zip(pages, zip(*all_rounds, strict=True), strict=True)
    ]
    tables.show(f"The workbench on {database}, {size:,} texts in the list", headings, rows)
    _show_sizes(app, translator, bench.many.untouched[-1])


_SEARCHES = (
    "petition",
    "zzzzzz",
    "강제송환",
    '"강제 송환"',
    "text:송환 -status:approved",
    "translation:zzz",
    "context:zzz",
    "check:josa",
    "check:length",
    "-check:length",
    "changed:2099-01-01",
)
"""What everything has, nothing has, and what is here and there."""


def _editor_in(bench: _Bench, asked: str) -> Callable[[int], Callable[[], Any]]:
    return lambda number: lambda: bench.translator.get(f"{_AT}/{bench.many.untouched[-1 - number]}?{asked}")


class _Round(NamedTuple):
    """The medians of a page and of its bare statements in a round, in ms, and how many statements it sent."""

    page: float
    bare: float
    queries: int


def _ask(app: Flask, page: _Page, number: int) -> _Round:
    times, alone, count = [], [], 0
    for run in range(_RUNS):
        act = page.ask(number * _RUNS + run)
        with _heard(app) as statements:
            started = time.perf_counter()
            answer = act()
            times.append((time.perf_counter() - started) * 1000)
        assert answer.status_code in (200, 302, 303), (page.name, answer.status_code, answer.text)
        alone.append(_bare(app, statements))
        count = len(statements)
    return _Round(statistics.median(times), statistics.median(alone), count)


def _row(page: _Page, size: int, rounds: Sequence[_Round]) -> list[str]:
    times = [one.page for one in rounds]
    best, bare = min(times), min(one.bare for one in rounds)
    count = rounds[-1].queries
    promised = page.promised(size)
    kept = "" if promised is None else f"{promised} {'kept' if best <= promised else 'BROKEN'}"
    return [
        page.name,
        *_best_and_all(times),
        str(count),
        f"{bare:.1f}",
        f"{best / bare:.1f}" if bare > 0.05 else "",  # noqa: PLR2004  nothing to speak of
        kept,
    ]


def _best_and_all(times: Sequence[float]) -> tuple[str, str]:
    return f"{min(times):.1f}", f"{statistics.median(times):.1f}"


def _median(act: Callable[[], Any]) -> float:
    times = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _add_up() -> int:
    total = 0
    for number in range(100_000):
        total += number
    return total


_YARDSTICKS = ("100,000 additions", "100,000 strewn objects", "SELECT 1")
_STREWN = random.Random(7).sample([[number] for number in range(300_000)], 100_000)


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


def _show_sizes(app: Flask, client: FlaskClient, unit: int) -> None:
    ask = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
    path = f"{_AT}/{unit}"
    page, plain = client.get(path, headers=ask), client.get(path).text
    assets = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', plain)))
    anybody = app.test_client()
    files = {name: len(anybody.get(name, headers=ask).data) for name in assets}
    rows = [("page", f"{len(page.data):,}"), *((name[25:], f"{size:,}") for name, size in files.items())]
    rows.append(("first load", f"{len(page.data) + sum(files.values()):,}"))
    rows.append(("after that", f"{len(page.data):,}"))
    tables.show("The editor, bytes after gzip", ("", "bytes"), rows)


if __name__ == "__main__":
    main()
