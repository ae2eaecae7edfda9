"""The log of decisions: it grows only, and shows where somebody has been at it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from advocacy.actions.audit import BrokenLogError, head, record, verify
from advocacy.actions.export_signatures import export_signatures, record_export
from advocacy.actions.publish_manifest import publish_manifest
from advocacy.actions.releases import build_release
from advocacy.rules.languages import LANGUAGES
from advocacy.vault.chain import FIRST, Head
from advocacy.vault.manifests import manifest_of
from tests.factories import NOW, make_domain, shipped_appeal


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
    before = verify(session)
    write(session)
    assert verify(session) == head(session)
    assert verify(session).entry == before.entry + 3
    assert verify(session).hash != before.hash
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
    last = verify(session).entry
    unguard(session)
    session.execute(text(act), {"id": last - 2})
    session.expire_all()
    with pytest.raises(BrokenLogError, match=f"from entry {last - 2} on"):
        verify(session)
    session.rollback()


def cut_off(session, entry: int) -> None:
    """End the log before `entry`, and write another end to it, as whoever owns the database could."""
    unguard(session)
    session.execute(text("DELETE FROM audit_log WHERE id >= :id"), {"id": entry})
    session.expire_all()
    write(session, 4)


def test_another_end_shows_beside_a_newest_entry_kept_elsewhere(session):
    write(session)
    kept = verify(session)
    cut_off(session, kept.entry)
    verify(session)
    with pytest.raises(BrokenLogError, match=f"entry {kept.entry} was kept"):
        verify(session, [kept])
    session.rollback()


def test_an_end_that_is_missing_shows_beside_one_kept_elsewhere(session):
    write(session)
    kept = Head(verify(session).entry + 1, "0" * 64)
    with pytest.raises(BrokenLogError, match=f"entry {kept.entry} was kept"):
        verify(session, [kept])
    session.rollback()


def test_another_end_shows_beside_a_release(session):
    write(session)
    release = build_release(session, make_domain(session), LANGUAGES, by=None, now=NOW)
    cut_off(session, release.log_entry)
    with pytest.raises(BrokenLogError, match=f"entry {release.log_entry} was kept"):
        verify(session)
    session.rollback()


def test_another_end_shows_beside_a_published_manifest(session):
    appeal = shipped_appeal(session)
    lines = export_signatures(session, appeal)
    log = record_export(session, appeal, lines, by="operator", now=NOW)
    manifest = manifest_of(appeal.slug, lines, log)
    publish_manifest(session, appeal, lines, manifest=manifest, signature="", by="operator", now=NOW)
    assert verify(session).entry == log.entry + 1
    cut_off(session, log.entry)
    with pytest.raises(BrokenLogError, match=f"entry {log.entry} was kept"):
        verify(session)
    session.rollback()


def test_an_empty_log_is_whole(session):
    unguard(session)
    session.execute(text("DELETE FROM audit_log"))
    session.execute(text("UPDATE releases SET log_entry = NULL, log_hash = NULL"))
    assert verify(session) == Head(0, FIRST.hex())
    session.rollback()
