"""How much processor time the workbench's first page takes with many texts, and how many queries it asks.

    .venv/bin/python benchmarks/measure_dashboard.py [--units 20000]

Units are spread over the languages; three in four are approved, over half a year, by one of ten people.
"""

import argparse
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from flask import Flask
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from advocacy import create_app
from advocacy.actions.add_account import add_account
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.cli.up import prepare
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.models import Account, Domain, Review, Translation
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision, TranslationState
from advocacy.rules.translation import UnitStatus
from tests.people import PASSWORD, sign_in

_ASKED = 50
_APPROVED_OF_FOUR = 3
_DAYS = 180


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=20_000)
    units = parser.parse_args().units
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(read_settings({"ADVOCACY_INSTANCE": folder, "ADVOCACY_CALM_FORMS": "0"}))
        prepare(app)
        with app.app_context():
            _fill(begin_writing(db.session()), units)
        times, queries = _ask(app)
    first, later = times[0], times[1:]
    print(f"{units} units: first {first:.1f} ms, then {statistics.median(later):.1f} ms, {queries} queries")


def _fill(session: Session, units: int) -> None:
    now = datetime.now(UTC)
    people = [_person(session, number, now) for number in range(10)]
    into = [language for language in LANGUAGES if language.tag != "en"]
    domain = Domain.named(session, "many", source_language="en")
    sources = [Source(None, f"This is text number {number} of many") for number in range(units // len(into))]
    sync_messages(session, domain, sources, LANGUAGES)
    texts, reviews, number = [], [], 1_000_000
    for language in into:
        for index, unit in enumerate(units_in(session, domain.id, language.tag)):
            if index % 4 == _APPROVED_OF_FOUR:
                continue
            number += 1
            unit.status = UnitStatus.APPROVED
            author, reviewer = people[index % 10], people[(index + 1) % 10]
            made_at = now - timedelta(days=index % _DAYS)
            texts.append(
                {
                    "id": number,
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
                    "translation_id": number,
                    "author_id": author.id,
                    "reviewer_id": reviewer.id,
                    "decision": Decision.APPROVE,
                    "content_hash": texts[-1]["content_hash"],
                    "made_at": made_at,
                }
            )
    session.flush()
    session.execute(insert(Translation), texts)
    session.execute(insert(Review), reviews)
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


def _ask(app: Flask) -> tuple[list[float], int]:
    client, times, questions = app.test_client(), [], []
    sign_in(client, "p0@example.org")
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *said: questions.append(said[2]))
    for _ in range(_ASKED):
        questions.clear()
        start = time.process_time()
        answer = client.get("/translate/")
        times.append(1000 * (time.process_time() - start))
        assert answer.status_code == 200, answer.text  # noqa: PLR2004
    return times, len([one for one in questions if one.startswith("SELECT")])


if __name__ == "__main__":
    main()
