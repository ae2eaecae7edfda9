"""The log of decisions: it grows only, and shows where somebody has been at it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from advocacy.actions.audit import BrokenLogError, record, verify
from advocacy.vault.chain import FIRST
from tests.factories import NOW


def write(session, count: int = 3) -> None:
    for number in range(count):
        record(session, "test.act", f"thing:{number}", by="operator", now=NOW, details={"n": number})


def unguard(session) -> None:
    """What somebody does who owns the database: takes the guards away, for this transaction."""
    if session.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER audit_log_no_{act}"))
    else:
        session.execute(text("ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only"))


def test_entries_follow_each_other(session):
    before, newest = verify(session)
    write(session)
    count, hash_now = verify(session)
    assert count == before + 3
    assert hash_now != newest
    session.rollback()


def test_an_act_that_fails_leaves_no_entry(session):
    before = verify(session)
    write(session)
    session.rollback()
    assert verify(session) == before


@pytest.mark.parametrize("act", ["UPDATE audit_log SET actor = 'nobody'", "DELETE FROM audit_log"])
def test_the_database_itself_refuses_to_change_it(session, act):
    write(session)
    with pytest.raises(DatabaseError, match="never changed"):
        session.execute(text(act))
    session.rollback()


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE audit_log SET actor = 'nobody' WHERE id = :id",
        "UPDATE audit_log SET details = '[]' WHERE id = :id",
        "DELETE FROM audit_log WHERE id = :id",
        "UPDATE audit_log SET id = id + 1000000 WHERE id = :id",
    ],
)
def test_whoever_gets_past_the_guards_is_found_out(session, act):
    write(session, 5)
    last, _ = verify(session)
    unguard(session)
    session.execute(text(act), {"id": last - 2})
    session.expire_all()
    with pytest.raises(BrokenLogError, match=f"from entry {last - 2} on"):
        verify(session)
    session.rollback()


def test_a_log_that_was_cut_off_shows_beside_a_hash_kept_elsewhere(session):
    write(session)
    last, kept = verify(session)
    unguard(session)
    session.execute(text("DELETE FROM audit_log WHERE id = :id"), {"id": last})
    session.expire_all()
    assert verify(session)[1] != kept
    session.rollback()


def test_an_empty_log_is_whole(session):
    unguard(session)
    session.execute(text("DELETE FROM audit_log"))
    assert verify(session) == (0, FIRST)
    session.rollback()
