"""What is known of an address shows nowhere: not in what is written, and not in how long it takes."""

from random import Random
from statistics import median
from time import perf_counter, thread_time

import pytest
from sqlalchemy import event, func, select

from advocacy.actions.confirm import confirm
from advocacy.actions.links import UnknownLinkError
from advocacy.actions.purge import purge
from advocacy.actions.queue_mail import queue_mail
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


def chance_that_one_is_slower(ones: list[float], others: list[float]) -> float:
    """Mann and Whitney's statistic: 0.5 if one cannot be told from the other, 0 or 1 if always."""
    slower = sum((one > other) + 0.5 * (one == other) for one in ones for other in others)
    return slower / (len(ones) * len(others))


sign_in_turn = sign
"""What is timed."""


@pytest.fixture
def times(session):
    """Seconds that signing took after each history by `clock`, many times over, in a shuffled order."""

    def measure(*histories, rounds: int, clock=perf_counter) -> dict[str, list[float]]:
        order = [history for history in histories for _ in range(rounds)]
        Random(7).shuffle(order)
        taken: dict[str, list[float]] = {history.__name__: [] for history in histories}
        people = [f"somebody{number}@example.org" for number in range(len(order))]
        for history, address in zip(order, people, strict=True):
            history(session, address)
        session.commit()
        Random(8).shuffle(turns := list(zip(order, people, strict=True)))
        for history, address in turns:
            writing = begin_writing(session)
            appeal = shipped_appeal(writing)
            submission, occasion = make_submission(address=address), make_occasion()
            started = clock()
            sign_in_turn(writing, appeal, submission, occasion)
            writing.commit()
            taken[history.__name__].append(clock() - started)
        return taken

    return measure


def test_how_long_it_takes_tells_nothing(times):
    taken = times(unknown, pending, confirmed, withdrawn, blocked, rounds=50)
    for name, found in taken.items():
        told = chance_that_one_is_slower(found, taken["unknown"])
        # A stranger who sees one answer guesses right hardly more often than by tossing a coin.
        assert 0.25 < told < 0.75, f"{name}: {told:.2f}, {median(found):.5f} s"


def test_the_measure_would_tell_if_one_way_were_shorter(times, monkeypatch):
    """In turns with the usual way and by this thread's own time: how busy the machine is changes nothing."""
    without_mail: set[str] = set()

    def shorter(_session, address: str) -> None:
        without_mail.add(address)

    def queue(*args, **values) -> None:
        if now_signing[0] not in without_mail:
            queue_mail(*args, **values)

    def sign_here(session, appeal, submission, occasion) -> None:
        now_signing[0] = submission.address
        sign(session, appeal, submission, occasion)

    now_signing = [""]
    monkeypatch.setattr("advocacy.actions.sign.queue_mail", queue)
    monkeypatch.setattr("tests.actions.test_silence.sign_in_turn", sign_here)
    taken = times(unknown, shorter, rounds=50, clock=thread_time)
    assert chance_that_one_is_slower(taken["unknown"], taken["shorter"]) > 0.75


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
