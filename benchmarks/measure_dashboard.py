"""How fast the workbench's first page answers somebody who works in three languages, with full charts.

Units are spread over the languages; three in four are approved, over half a year, by one of ten people, of
whom one asks. "nobody works" is the page again and again; "others work" the page after somebody else has
saved a draft each time, which is what it is where many are at it. The columns are those of
`measure_workbench.py`.

    .venv/bin/python benchmarks/measure_dashboard.py [--units 20000] [--databases sqlite] [--rounds 15]
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext, redirect_stderr
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import tables
from answers import HEADINGS, Page, answers_of, new_app, tidy
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from advocacy.actions.add_account import add_account
from advocacy.actions.propose import Proposal, propose
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.extensions import begin_writing, db
from advocacy.models import Account, Domain, Review, Translation, Unit
from advocacy.models.unit import units_in
from advocacy.models.unit_count import put_counts_together
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision, TranslationState
from advocacy.rules.translation import UnitStatus
from tests.people import PASSWORD, sign_in
from tests.servers import postgresql

_PROMISED = 10
_APPROVED_OF_FOUR = 3
_DAYS = 180


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--units", type=int, default=20_000)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=15)
    asked, broken = parser.parse_args(), 0
    for database in asked.databases:
        with (
            tempfile.TemporaryDirectory() as folder,
            postgresql() if database == "postgresql" else nullcontext() as server,
        ):
            app = new_app(Path(folder), server, "full")
            with redirect_stderr(io.StringIO()):  # one log line a request
                broken += _show(app, database, asked.units, asked.rounds)
            with app.app_context():
                db.engine.dispose()
    if broken:
        sys.exit(f"{broken} promises were not kept.")


def _show(app: Flask, database: str, units: int, rounds: int) -> int:
    """Measure on one database, and return how many promises were not kept."""
    with app.app_context():
        _fill(begin_writing(db.session()), units)
    tidy(app)
    client = app.test_client()
    sign_in(client, "p0@example.org")

    def ask() -> Any:
        return client.get("/translate/")

    def after_somebody_worked(number: int) -> Callable[[], Any]:
        _save_a_draft(app, number)
        return ask

    ask()  # what a process reads once
    pages = [
        Page("nobody works", lambda _number: ask, _PROMISED),
        Page("others work", after_somebody_worked, _PROMISED),
    ]
    found = answers_of(app, pages, rounds)
    tables.show(f"The first page on {database}, {units:,} units in three languages", HEADINGS, found.rows)
    return found.broken


def _save_a_draft(app: Flask, number: int) -> None:
    with app.app_context():
        session = begin_writing(db.session())
        unit = session.scalars(
            select(Unit).where(Unit.status == UnitStatus.UNTRANSLATED).order_by(Unit.id.desc()).limit(1)
        ).one()
        by = session.scalars(select(Account.id).where(Account.name == "Person 1")).one()
        propose(session, unit, Proposal(texts=[f"초안 {number}"], submit=False), by=by, now=datetime.now(UTC))
        session.commit()


def _fill(session: Session, units: int) -> None:
    now = datetime.now(UTC)
    people = [_person(session, number, now) for number in range(10)]
    into = [language for language in LANGUAGES if language.tag != "en"]
    domain = Domain.named(session, "many", source_language="en")
    sources = [Source(None, f"This is text number {number} of many") for number in range(units // len(into))]
    sync_messages(session, domain, sources, LANGUAGES)
    texts, reviews = [], []
    for language in into:
        for index, unit in enumerate(units_in(session, domain.id, language.tag)):
            if index % 4 == _APPROVED_OF_FOUR:
                continue
            unit.status = UnitStatus.APPROVED
            author, reviewer = people[index % 10], people[(index + 1) % 10]
            made_at = now - timedelta(days=index % _DAYS)
            texts.append(
                {
                    "unit_id": unit.id,
                    "texts": [f"번역 {index}"],
                    "author_id": author.id,
                    "state": TranslationState.APPROVED,
                    "msgid": unit.message.msgid,
                    "source_hash": unit.message.source_hash,
                    "content_hash": unit.message.content_hash([f"번역 {index}"]),
                    "created_at": made_at,
                }
            )
            reviews.append(
                {
                    "author_id": author.id,
                    "reviewer_id": reviewer.id,
                    "decision": Decision.APPROVE,
                    "content_hash": texts[-1]["content_hash"],
                    "made_at": made_at,
                }
            )
    session.flush()
    added = insert(Translation).returning(Translation.id, sort_by_parameter_order=True)
    for review, number in zip(reviews, session.scalars(added, texts), strict=True):
        review["translation_id"] = number
    session.execute(insert(Review), reviews)
    put_counts_together(session)
    session.commit()


def _person(session: Session, number: int, now: datetime) -> Account:
    return add_account(
        session,
        name=f"Person {number}",
        email=f"p{number}@example.org",
        password=PASSWORD,
        roles=[(Role.TRANSLATOR, language.tag) for language in LANGUAGES if language.tag != "en"],
        by="operator",
        now=now,
    )


if __name__ == "__main__":
    main()
