"""Data that was there before a migration is there after it, and after going back."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from advocacy import ROOT, create_app
from advocacy.config import read_settings
from advocacy.extensions import db, writing

FOLDER = str(ROOT / "migrations")
_numbers = count(1)
HOUR = datetime(2026, 11, 24, 9, tzinfo=UTC)
_DOMAIN = "INSERT INTO domains (name, source_language) VALUES ('appeal-x', 'en')"
_APPEAL = "INSERT INTO appeals (slug, domain_id, state, goal, reduced) VALUES ('x', 1, 'open', 10, false)"
_SIGNATURE = (
    "INSERT INTO signatures (id, appeal_id, state, language, display, shown_as, discreet, reference, "
    "address_digest, revision, expires_at) "
    "VALUES (:id, 1, :state, 'ko', 'name', :shown_as, false, :reference, :digest, 1, :expires_at)"
)
_CONSENT = (
    "INSERT INTO consents (signature_id, consent, notice_version, notice_hash, language, hour) "
    "VALUES (:signature, :consent, '2026-11', :hash, 'ko', :hour)"
)


@pytest.fixture
def at_first(tmp_path, new_database):
    """The database of a platform that has been running since the first version."""
    environ = {"ADVOCACY_INSTANCE": str(tmp_path), **new_database(f"moving{next(_numbers)}")}
    app = create_app(read_settings(environ))
    with app.app_context():
        upgrade(directory=FOLDER, revision="0001")
        with writing(db.engine).begin() as connection:
            connection.execute(text(_DOMAIN))
            connection.execute(text(_APPEAL))
            for number, state, shown in (
                (1, "confirmed", "김민정"),
                (2, "pending", "Lee"),
                (3, "withdrawn", None),
            ):
                values = {"id": number, "state": state, "shown_as": shown, "reference": str(number)}
                values |= {"digest": bytes([number]), "expires_at": HOUR}
                connection.execute(text(_SIGNATURE), values)
            for signature, consent in ((1, "agree_use"), (1, "agree_age"), (2, "agree_use")):
                values = {"signature": signature, "consent": consent, "hash": consent * 2, "hour": HOUR}
                connection.execute(text(_CONSENT), values)
        yield
        db.engine.dispose()


def rows(query: str) -> list[tuple]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_consents_move_into_the_signatures_row_and_back(at_first):
    before = rows(
        "SELECT signature_id, consent, notice_version, notice_hash, language FROM consents ORDER BY 1, 2"
    )
    upgrade(directory=FOLDER)
    found = rows("SELECT id, consents, notice_version FROM signatures ORDER BY id")
    known = [(number, json.loads(c) if isinstance(c, str) else c, version) for number, c, version in found]
    assert known == [
        (1, {"agree_use": "agree_useagree_use", "agree_age": "agree_ageagree_age"}, "2026-11"),
        (2, {"agree_use": "agree_useagree_use"}, "2026-11"),
        (3, None, None),
    ]
    downgrade(directory=FOLDER, revision="0001")
    assert before == rows(
        "SELECT signature_id, consent, notice_version, notice_hash, language FROM consents ORDER BY 1, 2"
    )


def test_names_that_were_public_stay_so_and_unconfirmed_ones_are_gone(at_first):
    upgrade(directory=FOLDER)
    assert rows("SELECT id, name_state, shown_as FROM signatures ORDER BY id") == [
        (1, "shown", "김민정"),
        (2, "none", None),
        (3, "none", None),
    ]


def test_units_that_were_there_know_where_they_stand_and_what_is_said_in_them(at_first):
    upgrade(directory=FOLDER, revision="0017")
    hashes = {"hash": "0" * 64, "at": HOUR}
    with writing(db.engine).begin() as connection:
        message = (
            "INSERT INTO messages (id, domain_id, source_hash, context, msgid, flags, comment, places, "
            "position, obsolete) VALUES (7, 1, :hash, 'b1', 'ÉTOILE', '[]', '', '[]', 3, true)"
        )
        connection.execute(text(message), {"hash": hashes["hash"]})
        unit = "INSERT INTO units (id, message_id, language, status) VALUES (9, 7, 'ko', 'needs_review')"
        connection.execute(text(unit))
        for number, state in ((1, "rejected"), (2, "submitted")):
            connection.execute(
                text(
                    "INSERT INTO translations (id, unit_id, texts, origin, state, msgid, source_hash, "
                    "content_hash, created_at) "
                    "VALUES (:id, 9, :texts, 'editor', :state, 'ÉTOILE', :hash, :hash, :at)"
                ),
                {"id": number, "state": state, "texts": json.dumps([f"Ä{number}"]), **hashes},
            )
        _add_an_edited_one_and_a_bare_one(connection, message, unit)
    upgrade(directory=FOLDER)
    dated = "SELECT id, changed_at, findings, checked_with FROM units ORDER BY id"
    text_at, edited_at, bare_at = (str(at)[:13] if at else None for _, at, *_checks in rows(dated))
    assert (text_at < edited_at, bare_at) == (True, None)
    assert {row[2:] for row in rows(dated)} == {("", "")}
    with writing(db.engine).begin() as connection:
        connection.execute(text("DELETE FROM units WHERE id > 9"))
        connection.execute(text("DELETE FROM messages WHERE id > 7"))
    kept = "SELECT domain_id, position, obsolete, source_folded, texts_folded FROM units"
    assert rows(kept) == [(1, 3, True, "étoile\x1f\x1fb1\x1f", "ä2")]
    downgrade(directory=FOLDER, revision="0017")
    assert rows("SELECT id, message_id, language, status FROM units") == [(9, 7, "ko", "needs_review")]
    assert rows("SELECT id, state FROM translations ORDER BY id") == [(1, "rejected"), (2, "submitted")]


def _add_an_edited_one_and_a_bare_one(connection, message: str, unit: str) -> None:
    for number in (8, 9):
        connection.execute(text(message.replace("(7,", f"({number},")), {"hash": str(number) * 64})
        connection.execute(text(unit.replace("(9, 7,", f"({number + 10}, {number},")))
    edited = (
        "INSERT INTO audit_log (id, at, actor, act, subject, details, previous, hash) "
        "VALUES (1, :at, 'operator', 'source.edit', 'message:8', '{}', :hash, :hash)"
    )
    connection.execute(text(edited), {"at": HOUR + timedelta(hours=1), "hash": b"0" * 32})
