"""What is known of an address shows nowhere: not in what is written, and not in how long it takes."""

import sys
from collections.abc import Callable

import pytest
from sqlalchemy import event, func, select

from advocacy.actions.confirm import confirm
from advocacy.actions.links import UnknownLinkError
from advocacy.actions.purge import purge
from advocacy.actions.sign import sign
from advocacy.actions.withdraw import withdraw
from advocacy.extensions import begin_writing
from advocacy.models import BlockedAddress, OutgoingMail, Signature, Token
from advocacy.rules.signing import CONFIRMATION_TIME, MAILS_PER_DAY, Purpose, SignatureState
from tests.factories import (
    NOW,
    make_confirmed,
    make_occasion,
    make_pending,
    make_submission,
    real_mails,
    shipped_appeal,
)


def unknown(session, address: str) -> None:
    """Nobody has signed with it."""


def pending(session, address: str) -> None:
    make_pending(session, address=address)


def confirmed(session, address: str) -> None:
    make_confirmed(session, address=address)


def withdrawn(session, address: str) -> None:
    contents = make_pending(session, address=address)
    confirm(session, contents["confirm"], now=NOW)
    withdraw(session, contents["withdraw"], Purpose.WITHDRAW, now=NOW)


def blocked(session, address: str) -> None:
    contents = make_pending(session, address=address)
    withdraw(session, contents["confirm"], Purpose.CONFIRM, now=NOW, block=True)


def exhausted(session, address: str) -> None:
    for _ in range(MAILS_PER_DAY):
        make_pending(session, address=address)


HISTORIES = [unknown, pending, confirmed, withdrawn, blocked, exhausted]


def statements_of(session, address: str) -> list[str]:
    """The statements that one form causes, in order."""
    seen: list[str] = []
    appeal, connection = shipped_appeal(session), session.connection()

    def note(_connection, _cursor, statement, *_):
        seen.append(" ".join(statement.split()))

    event.listen(connection, "before_cursor_execute", note)
    sign(session, appeal, make_submission(address=address), make_occasion())
    session.flush()
    event.remove(connection, "before_cursor_execute", note)
    return seen


def test_every_history_causes_the_same_statements(session):
    found = {}
    for history in HISTORIES:
        address = f"{history.__name__}@example.org"
        history(session, address)
        session.flush()
        session.expunge_all()
        found[history.__name__] = statements_of(session, address)
    assert len(found["unknown"]) >= 6
    assert {name: seen for name, seen in found.items() if seen != found["unknown"]} == {}


def test_every_history_adds_two_links_and_one_mail(session):
    for history in HISTORIES:
        address = f"{history.__name__}@example.org"
        history(session, address)
        session.flush()
        before = [session.scalar(select(func.count()).select_from(table)) for table in (Token, OutgoingMail)]
        sign(session, shipped_appeal(session), make_submission(address=address), make_occasion())
        session.flush()
        after = [session.scalar(select(func.count()).select_from(table)) for table in (Token, OutgoingMail)]
        assert [late - early for early, late in zip(before, after, strict=True)] == [2, 1], history


def steps_of(act: Callable[[], object]) -> int:
    """How many functions `act` calls: how long it takes, and the same on a busy machine."""
    steps = 0

    def count(_frame, event: str, _arg) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return steps


@pytest.fixture
def steps(session):
    """The functions that a form calls after a history until all is committed."""

    def count(history, address: str) -> int:
        history(session, address)
        session.commit()
        writing = begin_writing(session)
        appeal, submission, occasion = (
            shipped_appeal(writing),
            make_submission(address=address),
            make_occasion(),
        )

        def send() -> None:
            sign(writing, appeal, submission, occasion)
            writing.commit()

        return steps_of(send)

    count(unknown, "first@example.org")  # who comes first compiles the statements
    return count


def test_how_long_it_takes_tells_nothing(steps):
    usual = steps(unknown, "somebody@example.org")
    for history in HISTORIES:
        for number in range(5):
            found = steps(history, f"{history.__name__}{number}@example.org")
            assert found == pytest.approx(usual, rel=0.02), history.__name__


def test_the_measure_would_tell_if_one_way_were_shorter(steps, monkeypatch):
    usual = steps(unknown, "somebody@example.org")
    monkeypatch.setattr("advocacy.actions.sign.queue_mail", lambda *_, **__: None)
    assert steps(unknown, "somebody.else@example.org") < 0.9 * usual


def test_a_blocked_address_gets_no_mail_and_its_form_is_gone_after_48_hours(session):
    blocked(session, "a@example.org")
    before = len(real_mails(session))
    sign(session, shipped_appeal(session), make_submission(address="A@example.org"), make_occasion())
    assert len(real_mails(session)) == before
    (signature,) = session.scalars(select(Signature)).all()
    assert signature.state is SignatureState.PENDING
    assert purge(session, now=NOW + CONFIRMATION_TIME) == 1
    assert session.scalar(select(func.count()).select_from(Token)) == 0
    assert session.scalar(select(func.count()).select_from(BlockedAddress)) == 1


def test_the_links_of_a_decoy_open_nothing(session):
    make_confirmed(session, address="a@example.org")
    contents = make_pending(session, address="a@example.org")
    assert contents["confirm"] == ""
    with pytest.raises(UnknownLinkError):
        confirm(session, contents["withdraw"], now=NOW)


def test_blocking_after_confirming_deletes_and_blocks(session):
    contents = make_pending(session, address="a@example.org")
    confirm(session, contents["confirm"], now=NOW)
    withdraw(session, contents["withdraw"], Purpose.WITHDRAW, now=NOW, block=True)
    assert session.scalars(select(Signature.state)).all() == [SignatureState.WITHDRAWN]
    before = len(real_mails(session))
    make_pending(session, address="a@example.org")
    assert len(real_mails(session)) == before
    make_pending(session, address="b@example.org")
    assert len(real_mails(session)) == before + 1
