"""How fast the workbench answers, how often it asks the database, and how large its editor is.

For each database and size, one table. Each page is asked for inside the process (Flask's test client) in
several rounds, all pages in each; the figure is the median of the rounds' medians, and beside it stands the
best of them: others may share the machine. How much they do is told by two
yardsticks of the same rounds that have nothing of ours: 100,000 additions in a loop, the reading of 100,000
objects that are strewn over memory (on a machine of one's own some 10 ms), and an empty question.
Beside it stands what no page can beat, measured in the same run: "bare", the very statements that the
page sent, run alone on one connection and read to the end. For what writes, those are the reading ones, and
one row changed and committed. "page/bare" is the page over that; what is left is templates, checks, and the
framework, whose share `/healthz` shows. "promised" is the most that a page may take; of an editor within a
search nothing was promised: the next text is looked for through all of the list, if there is none. If a
promise is not kept, the program says so and ends with 1.

The list that is worked in has so many texts in one language. Of these, two thirds are approved, a tenth
waits for review, a tenth is a draft. "much said" are texts that were written six times, sent back twice and
talked about; "six forms" are plurals in Arabic, "of an appeal" the blocks of the one that is live.

Last, the editor's bytes as a browser that knows gzip alone loads them: page, style sheet and script the
first time, and the page alone after that.

    .venv/bin/python benchmarks/measure_workbench.py [--sizes 20000 100000] [--databases sqlite] [--rounds 15]
"""

import argparse
import io
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, redirect_stderr
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, text

sys.path.insert(0, str(Path(__file__).parents[1]))

import tables
from answers import HEADINGS, Page, answers_of, new_app, tidy

from advocacy.actions.comment import add_comment
from advocacy.actions.decide import decide
from advocacy.actions.keep_checked import check_everything
from advocacy.actions.propose import Proposal, propose
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.extensions import begin_writing, db
from advocacy.models import Domain, Message, Origin, Translation, Unit
from advocacy.models.unit import units_in
from advocacy.rules.languages import with_more
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision, TranslationState, content_hash, source_hash
from advocacy.rules.translation import UnitStatus
from tests.factories import shipped_appeal
from tests.pages import value_of
from tests.people import add_person, sign_in
from tests.servers import postgresql

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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[20_000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=15)
    asked, broken = parser.parse_args(), 0
    for database in asked.databases:
        with postgresql() if database == "postgresql" else nullcontext() as server:
            for size in asked.sizes:
                with tempfile.TemporaryDirectory() as folder:
                    app = new_app(Path(folder), server, f"many{size}")
                    with redirect_stderr(io.StringIO()):  # one log line a request
                        broken += _show(app, database, size, asked.rounds)
                    with app.app_context():
                        db.engine.dispose()
    if broken:
        sys.exit(f"{broken} promises were not kept.")


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
    tidy(app)
    return many


def _say_much(app: Flask, many: _Many, author: int) -> list[str]:
    """Write, judge and talk about some texts as a lively team does; returns their editors' addresses."""
    units, now = [many.untouched.pop() for _ in range(10)], datetime.now(UTC)
    with app.app_context():
        session = begin_writing(db.session())
        for number in units:
            unit = session.get_one(Unit, number)
            for turn in range(6):
                words = f"강제 송환을 멈춰 주십시오 {number} " + " ".join(_KOREAN[turn : turn + 9])
                text = propose(session, unit, Proposal(texts=[words], submit=True), by=author, now=now)
                if turn in (2, 4):
                    decide(
                        session,
                        text,
                        Decision.CHANGES,
                        by=author + 1,
                        now=now,
                        reason="더 정중하게 써 주세요.",
                    )
                add_comment(
                    session, unit, f"이 말이 맞습니까? {turn}", by=author, about_source=False, now=now
                )
        session.commit()
    return [f"{_AT}/{number}" for number in units]


def _add_plurals(app: Flask) -> list[str]:
    """Add messages with plural forms; returns the addresses of their editors in Arabic, which has six."""
    with app.app_context():
        session = begin_writing(db.session())
        domain = Domain.named(session, "forms", source_language="en")
        session.flush()
        sources = [
            Source(None, f"%(n)s letter to {word}", f"%(n)s letters to {word}", ("python-format",))
            for word in _ENGLISH
        ]
        sync_messages(session, domain, sources, with_more(["ar"]))
        session.commit()
        return [f"/translate/ar/forms/{unit.id}" for unit in units_in(session, domain.id, "ar")]


def _blocks(app: Flask) -> list[str]:
    """Return the addresses of the editors of the live appeal's blocks."""
    with app.app_context():
        session = db.session()
        domain = shipped_appeal(session).domain
        return [f"/translate/ko/{domain.name}/{unit.id}" for unit in units_in(session, domain.id, "ko")]


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

    def one_of(self, paths: Sequence[str]) -> Callable[[int], Callable[[], Any]]:
        """Ask for one page after another."""
        return lambda number: lambda: self.translator.get(paths[number % len(paths)])

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


def _show(app: Flask, database: str, size: int, rounds: int) -> int:
    """Measure one database at one size, and return how many promises were not kept."""
    author = add_person(app, (Role.TRANSLATOR, "ko"), (Role.TRANSLATOR, "ar"))
    translator, reviewer = app.test_client(), app.test_client()
    sign_in(translator, author)
    sign_in(reviewer, add_person(app, (Role.REVIEWER, "ko")))
    with app.app_context():
        number = db.session().execute(text("SELECT max(id) - 1 FROM accounts")).scalar_one()
    bench = _Bench(translator, reviewer, _fill(app, size, number))
    much_said = _say_much(app, bench.many, number)
    six_forms, of_an_appeal = _add_plurals(app), _blocks(app)
    started = time.perf_counter()
    with app.app_context():
        checked = check_everything(db.session())
    took = time.perf_counter() - started
    tidy(app)
    tables.show(
        f"Once, when the checks or the glossary changed, on {database}",
        ("texts", "s", "ms a text"),
        [[f"{checked:,}", f"{took:.1f}", f"{took / checked * 1000:.2f}"]],
    )
    for client in (translator, reviewer):  # what a process reads once
        client.get(f"{_AT}/{bench.many.untouched[-1]}")
    of_editor = 20 if size <= 20_000 else 40  # noqa: PLR2004
    pages = [
        Page("/healthz", bench.page("/healthz"), 2),
        Page("dashboard", bench.page("/translate/"), 10),
        Page("list", bench.page(_AT), 17),
        Page("list, drafts", bench.page(f"{_AT}?status=draft"), 17),
        Page("list, of mine", bench.page(f"{_AT}?mine=yes"), 17),
        Page("list, with warnings", bench.page(f"{_AT}?warned=yes"), 17),
        *(Page(f"search {query}", bench.page(f"{_AT}?q={query}"), 17) for query in _SEARCHES),
        Page("editor", bench.editor, of_editor),
        Page("editor, much said", bench.one_of(much_said), of_editor),
        Page("editor, six forms", bench.one_of(six_forms), of_editor),
        Page("editor, of an appeal", bench.one_of(of_an_appeal), of_editor),
        *(
            Page(f"editor, ?{asked}", _editor_in(bench, asked))
            for asked in ("q=zzzzzz", "q=check:josa", "warned=yes")
        ),
        Page("save", bench.send("draft"), 40),
        Page("submit", bench.send("submit"), 40),
        Page("approve", bench.approve, 40),
    ]
    found = answers_of(app, pages, rounds)
    tables.show(f"The workbench on {database}, {size:,} texts in the list", HEADINGS, found.rows)
    _show_sizes(app, translator, bench.many.untouched[-1])
    return found.broken


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
