"""The small calculation that a form is asked for under pressure."""

import base64
import json
from datetime import UTC, datetime, timedelta

import altcha
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.web.work import answered, new_challenge
from tests.work import solved


@pytest.fixture
def ctx(app):
    with app.test_request_context("/"):
        yield


def now() -> datetime:
    return datetime.now(UTC)


def tampered(answer: str, **changes: object) -> str:
    content = json.loads(base64.b64decode(answer))
    content["challenge"]["parameters"].update(changes)
    return base64.b64encode(json.dumps(content).encode()).decode()


def test_an_answer_is_recognised_and_names_its_challenge(ctx):
    one, other = new_challenge("x", now=now()), new_challenge("x", now=now())
    assert one != other
    spent = answered(solved(one), "x")
    assert spent is not None
    assert len(spent.digest) == 32
    assert now() < spent.expires_at < now() + timedelta(hours=1)
    assert answered(solved(other), "x").digest != spent.digest


def test_an_answer_serves_its_own_form_only(ctx):
    answer = solved(new_challenge("x", now=now()))
    assert answered(answer, "y") is None
    assert answered(tampered(answer, data={"form": "y"}), "y") is None


def test_an_easier_challenge_than_ours_is_not_ours(ctx):
    easy = altcha.create_challenge(
        "PBKDF2/SHA-256", 1, key_prefix="", data={"form": "x"}, hmac_secret="guessed", expires_at=2**33
    )
    assert answered(solved(json.dumps(easy.to_dict())), "x") is None
    answer = solved(new_challenge("x", now=now()))
    for change in ({"cost": 1}, {"keyPrefix": ""}, {"expiresAt": 2**33}, {"nonce": "00" * 16}):
        assert answered(tampered(answer, **change), "x") is None


def test_a_challenge_expires(ctx):
    answer = solved(new_challenge("x", now=now() - timedelta(hours=1)))
    assert answered(answer, "x") is None


def test_a_wrong_solution_is_none(ctx):
    answer = json.loads(base64.b64decode(solved(new_challenge("x", now=now()))))
    answer["solution"]["counter"] += 1
    assert answered(base64.b64encode(json.dumps(answer).encode()).decode(), "x") is None


@pytest.mark.parametrize("answer", ["", "x", "!!!!", "bnVsbA==", "e30=", "W10=", "A" * 5000])
def test_what_is_no_answer_is_none(ctx, answer):
    assert answered(answer, "x") is None


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: base64.b64encode(raw).decode()))
def test_no_text_breaks_it(app, answer):
    with app.test_request_context("/"):
        assert answered(answer, "x") is None
