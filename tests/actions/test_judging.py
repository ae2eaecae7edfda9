"""Batches of signatures that are rejected, restored, or held by a flood; and names that wait for a look."""

from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from advocacy.actions.audit import verify
from advocacy.actions.confirm import confirm
from advocacy.actions.judge_batch import (
    AlreadyRestoredError,
    NothingSelectedError,
    ReasonMissingError,
    reject_batch,
    release_held,
    restore_batch,
)
from advocacy.actions.moderate_names import refuse_name, show_name
from advocacy.actions.recount import recount
from advocacy.actions.withdraw import withdraw
from advocacy.models import AuditEntry, Signature
from advocacy.models.batch import groups
from advocacy.models.signature import public_signatures, waiting_names
from advocacy.models.tally import tally_of
from advocacy.rules.batches import Selection
from advocacy.rules.signing import Display, NameState, Purpose, SignatureState, hour_of
from advocacy.vault.safe import Safe
from tests.factories import NOW, SLUG, keys, make_confirmed, make_occasion, make_pending, shipped_appeal

HOW = {"reason": "robots", "by": "operator", "now": NOW}
_numbers = count(1)


def at(host: str) -> str:
    return f"robot{next(_numbers)}@{host}"


def digest_of(host: str) -> bytes:
    return Safe(keys()).digest(SLUG, "domain", host)


def counted(session) -> int:
    return sum(tally_of(session, shipped_appeal(session).id).values())


@pytest.fixture
def robots(session):
    """Three of one host, two others."""
    for _ in range(3):
        make_confirmed(session, address=at("spam.example"), language="en")
    make_confirmed(session, address=at("example.org"), language="en")
    make_confirmed(session, address=at("example.org"))
    return shipped_appeal(session)


def test_a_batch_can_be_looked_at_by_all_that_may_be_known(session, robots):
    found = groups(session, robots.id, Selection(since=hour_of(NOW)), most=10)
    assert [group.size for group in found] == [3, 1, 1]
    assert sorted(group.language for group in found) == ["en", "en", "ko"]
    assert found[0].domain == digest_of("spam.example")
    assert groups(session, robots.id, Selection(until=hour_of(NOW)), most=10) == []


def test_a_rejected_batch_is_off_the_count_and_comes_back_whole(session, robots):
    batch = reject_batch(session, robots, Selection(domain=digest_of("spam.example")), **HOW)
    assert (batch.count, counted(session)) == (3, 2)
    assert recount(session) == {}
    assert restore_batch(session, batch, **HOW) == 3
    assert counted(session) == 5
    assert recount(session) == {}
    with pytest.raises(AlreadyRestoredError):
        restore_batch(session, batch, **HOW)


def test_who_decides_says_why_and_about_something(session, robots):
    with pytest.raises(NothingSelectedError):
        reject_batch(session, robots, Selection(language="fr"), **HOW)
    batch = reject_batch(session, robots, Selection(language="en"), **HOW)
    silent = {**HOW, "reason": " "}
    with pytest.raises(ReasonMissingError):
        reject_batch(session, robots, Selection(language="ko"), **silent)
    with pytest.raises(ReasonMissingError):
        restore_batch(session, batch, **silent)
    with pytest.raises(ReasonMissingError):
        release_held(session, robots, Selection(held=True), **silent)


def test_each_decision_is_in_the_log_with_its_reason(session, robots):
    before = verify(session).entry
    batch = reject_batch(session, robots, Selection(language="en"), **HOW)
    restore_batch(session, batch, **HOW)
    entries = session.scalars(select(AuditEntry).where(AuditEntry.id > before).order_by(AuditEntry.id)).all()
    assert [(entry.act, entry.actor, entry.details) for entry in entries] == [
        ("signatures.reject", "operator", {"count": 4, "counted": 4, "reason": "robots"}),
        ("signatures.restore", "operator", {"count": 4, "counted": 4, "reason": "robots"}),
    ]
    verify(session)
    session.rollback()


def test_one_whose_signature_was_rejected_can_still_take_it_back(session, robots):
    contents = make_pending(session, address=at("spam.example"))
    confirm(session, contents["confirm"], now=NOW)
    batch = reject_batch(session, robots, Selection(domain=digest_of("spam.example")), **HOW)
    withdraw(session, contents["withdraw"], Purpose.WITHDRAW, now=NOW)
    assert counted(session) == 2
    assert restore_batch(session, batch, **HOW) == 3
    assert recount(session) == {}
    session.rollback()


def test_what_a_flood_held_counts_once_somebody_has_looked(session):
    make_confirmed(session)
    held = make_confirmed(session, occasion=make_occasion(held=True), display=Display.INITIALS)
    appeal = shipped_appeal(session)
    assert (held.state, counted(session)) == (SignatureState.CONFIRMED, 1)
    assert public_signatures(session, appeal.id, most=5) == []
    assert recount(session) == {}
    assert release_held(session, appeal, Selection(held=True), **HOW) == 1
    assert counted(session) == 2
    assert len(public_signatures(session, appeal.id, most=5)) == 1
    assert release_held(session, appeal, Selection(held=True), **HOW) == 0
    session.rollback()


def test_withdrawing_what_was_held_takes_nothing_off_the_count(session):
    make_confirmed(session)
    contents = make_pending(session, occasion=make_occasion(held=True))
    confirm(session, contents["confirm"], now=NOW)
    withdraw(session, contents["withdraw"], Purpose.WITHDRAW, now=NOW)
    assert counted(session) == 1
    assert recount(session) == {}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["sign", "hold", "reject", "restore", "release", "withdraw"]), max_size=12))
def test_whatever_is_decided_in_whatever_order_the_count_is_true(session, acts):
    appeal, batches, links = shipped_appeal(session), [], []
    for act in acts:
        match act:
            case "sign" | "hold":
                contents = make_pending(
                    session, address=at("spam.example"), occasion=make_occasion(held=act == "hold")
                )
                confirm(session, contents["confirm"], now=NOW)
                links.append(contents["withdraw"])
            case "reject":
                with suppress(NothingSelectedError):
                    batches.append(reject_batch(session, appeal, Selection(language="ko"), **HOW))
            case "restore" if batches:
                restore_batch(session, batches.pop(), **HOW)
            case "release":
                release_held(session, appeal, Selection(held=True), **HOW)
            case "withdraw" if links:
                withdraw(session, links.pop(), Purpose.WITHDRAW, now=NOW)
    assert recount(session) == {}
    session.rollback()


def waiting(session, **changes) -> Signature:
    contents = make_pending(session, display=Display.NAME, **changes)
    return confirm(session, contents["confirm"], now=NOW)


def shown(session) -> list[str]:
    return [name for _, name, _ in public_signatures(session, shipped_appeal(session).id, most=9)]


def test_a_name_of_ones_own_is_shown_once_somebody_has_looked_at_it(session):
    signature = waiting(session, name="김민정")
    assert shown(session) == []
    assert waiting_names(session, signature.appeal_id, most=9) == [(signature.id, "김민정")]
    assert show_name(session, signature, by="operator", now=NOW)
    assert not show_name(session, signature, by="operator", now=NOW)
    assert shown(session) == ["김민정"]
    session.rollback()


def test_a_refused_name_is_left_out_its_signature_counts_and_the_decision_can_be_taken_back(session):
    signature = waiting(session, name="Not A Name")
    assert refuse_name(session, signature, by="operator", now=NOW)
    assert (shown(session), counted(session)) == ([], 1)
    assert waiting_names(session, signature.appeal_id, most=9) == []
    assert show_name(session, signature, by="operator", now=NOW)
    assert shown(session) == ["Not A Name"]
    session.rollback()


def test_a_name_that_was_taken_back_cannot_be_shown(session):
    contents = make_pending(session, display=Display.NAME)
    signature = confirm(session, contents["confirm"], now=NOW)
    withdraw(session, contents["withdraw"], Purpose.WITHDRAW, now=NOW + timedelta(minutes=1))
    session.flush()
    assert not show_name(session, signature, by="operator", now=NOW)
    assert signature.name_state is NameState.NONE


def test_a_name_stands_in_no_column_before_its_owner_confirms(session):
    contents = make_pending(session, display=Display.NAME, name="Canary", public_name="Canary Bird")
    signature = session.scalars(select(Signature)).one()
    assert (signature.shown_as, signature.name_state) == (None, NameState.NONE)
    confirm(session, contents["confirm"], now=NOW)
    assert (signature.shown_as, signature.name_state) == ("Canary Bird", NameState.WAITING)
