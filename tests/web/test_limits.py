"""Counting what forms have in common: here, or together in Redis, and without keeping what."""

import pytest
import redis as redis_client

from advocacy.rules.pressure import HOLD_FACTOR, Caution, Trait
from advocacy.web.limits import Limits
from tests.servers import redis_server

MACHINE = Trait("machine", "203.0.113.7", 3, holds=True)
GOOD_DAY = Trait("appeal", "x", 3, holds=False)


@pytest.fixture
def redis(tmp_path):
    with redis_server(tmp_path) as server:
        yield server


@pytest.fixture(params=["here", "shared"])
def limits(request) -> Limits:
    url = request.getfixturevalue("redis").url if request.param == "shared" else None
    return Limits(url, calm=3)


def test_up_to_a_calm_number_forms_are_taken_then_work_is_asked_for_then_they_are_held(limits):
    found = []
    for _ in range(3 * HOLD_FACTOR + 2):
        found.append(limits.caution([MACHINE]))
        limits.note_passed([MACHINE])
    assert found[:3] == [Caution.NONE] * 3
    assert set(found[3 : 3 * HOLD_FACTOR]) == {Caution.WORK}
    assert set(found[3 * HOLD_FACTOR :]) == {Caution.HOLD}


def test_a_good_day_asks_for_work_and_holds_nobody(limits):
    found = set()
    for _ in range(3 * HOLD_FACTOR + 20):
        found.add(limits.caution([GOOD_DAY]))
        limits.note_passed([GOOD_DAY])
    assert found == {Caution.NONE, Caution.WORK}


def test_forms_that_did_not_pass_bring_nobody_near_to_being_held(limits):
    found = {limits.caution([MACHINE]) for _ in range(10 * HOLD_FACTOR)}
    assert found == {Caution.NONE, Caution.WORK}


def test_others_are_not_slowed_down(limits):
    for _ in range(50):
        limits.caution([MACHINE])
    assert limits.caution([Trait("machine", "203.0.113.8", 3, holds=True)]) is Caution.NONE
    assert limits.caution([Trait("network", "203.0.113.7", 3, holds=True)]) is Caution.NONE


def test_limits_can_be_turned_off():
    limits = Limits(None, calm=0)
    assert {limits.caution([MACHINE]) for _ in range(100)} == {Caution.NONE}


def test_processes_count_together_in_redis(redis):
    one, other = Limits(redis.url, calm=3), Limits(redis.url, calm=3)
    for _ in range(3):
        one.caution([MACHINE])
    assert other.caution([MACHINE]) is Caution.WORK


def test_without_redis_each_counts_for_itself():
    one, other = Limits(None, calm=3), Limits(None, calm=3)
    for _ in range(3):
        one.caution([MACHINE])
    assert other.caution([MACHINE]) is Caution.NONE


def test_redis_keeps_nothing_that_tells_who(redis):
    limits = Limits(redis.url, calm=3)
    limits.caution([MACHINE, Trait("mail host", "example.org", 3, holds=True)])
    content = redis.saved()
    assert b"advocacy" in content
    assert b"203.0.113" not in content
    assert b"example.org" not in content


def test_the_salt_is_forgotten_with_its_day(redis, monkeypatch):
    limits = Limits(redis.url, calm=3)
    for _ in range(5):
        limits.caution([MACHINE])
    with redis_client.Redis.from_url(redis.url) as client:
        (salt,) = client.keys("advocacy:salt:*")
        assert 0 < client.ttl(salt) <= 25 * 3600
    monkeypatch.setattr("advocacy.web.limits.time.time", lambda: 4_000_000_000.0)
    assert limits.caution([MACHINE]) is Caution.NONE


def test_while_redis_is_away_nobody_is_turned_away_and_counting_goes_on(redis, capsys):
    limits = Limits(redis.url, calm=3)
    limits.caution([MACHINE])
    redis.stop()
    found = [limits.caution([MACHINE]) for _ in range(5)]
    assert found == [Caution.NONE] * 3 + [Caution.WORK] * 2
    assert "limits.redis_away" in "".join(capsys.readouterr())
    redis.start()
    assert limits.caution([MACHINE]) is Caution.NONE
