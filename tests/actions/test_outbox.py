from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.actions import outbox
from advocacy.models import OutgoingMail
from tests.factories import NOW, make_pending


def test_a_taken_mail_is_hidden_until_its_lease_is_over_and_keeps_its_message_id(session):
    make_pending(session)
    (mail,) = outbox.take(session, now=NOW, most=10)
    message_id = mail.message_id
    assert outbox.take(session, now=NOW + outbox.LEASE - timedelta(seconds=1), most=10) == []
    (again,) = outbox.take(session, now=NOW + outbox.LEASE, most=10)
    assert (again.message_id, again.attempts) == (message_id, 2)


def test_no_more_is_taken_than_asked_for_oldest_first(session):
    for _ in range(5):
        make_pending(session)
    first = outbox.take(session, now=NOW, most=3)
    assert [mail.id for mail in first] == sorted(mail.id for mail in first)
    assert len(first) == 3
    assert len(outbox.take(session, now=NOW, most=3)) == 2


def test_a_sent_mail_is_erased(session):
    make_pending(session)
    (mail,) = outbox.take(session, now=NOW, most=1)
    outbox.sent(session, mail.id)
    assert session.query(OutgoingMail).count() == 0


def test_a_mail_put_off_comes_back(session):
    make_pending(session)
    (mail,) = outbox.take(session, now=NOW, most=1)
    outbox.put_off(session, mail.id, attempts=1, now=NOW, chance=0.5)
    assert outbox.take(session, now=NOW + timedelta(seconds=14), most=1) == []
    assert len(outbox.take(session, now=NOW + timedelta(seconds=15), most=1)) == 1


@given(some.integers(1, 10_000), some.floats(0, 1))
def test_waits_grow_but_never_past_an_hour_and_a_half(attempts, chance):
    wait = outbox.wait_after(attempts, chance)
    assert timedelta(seconds=7) < wait <= timedelta(minutes=90)
    assert wait <= outbox.wait_after(attempts + 1, chance)


@pytest.mark.parametrize("attempts", [1, 3, 20])
def test_mails_that_failed_together_do_not_come_back_together(attempts):
    assert outbox.wait_after(attempts, 0.0) < outbox.wait_after(attempts, 0.9)
