"""Passkeys: which are taken, and everything that is not."""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.actions.change_password import WrongPasswordError
from advocacy.actions.delete_account import delete_account
from advocacy.actions.passkeys import (
    Ceremony,
    Challenge,
    KnownPasskeyError,
    LateError,
    NotRecognisedError,
    TooManyPasskeysError,
    add_passkey,
    options_to_add,
    options_to_show,
    remove_passkey,
    show_passkey,
)
from advocacy.actions.passwords import password_hash
from advocacy.actions.second_factor import FactorNotShownError, reset_second_factor, show_code
from advocacy.extensions import begin_writing
from advocacy.models import AccountSession, AuditEntry, Passkey, RecoveryCode
from advocacy.models.passkey import has_second_factor, passkeys_of
from advocacy.rules.passkeys import CHALLENGE_LIFETIME, MOST_PASSKEYS, party_at
from advocacy.rules.permissions import Role
from tests.authenticator import SecurityKey, b64, from_b64
from tests.factories import NOW, make_account
from tests.people import PASSWORD

HERE = party_at("http://127.0.0.1:8000", "Open Letter")
_numbers = count(1)


def begin(session, account=None) -> AccountSession:
    """Somebody signed in by password."""
    account = account or make_account(session, (Role.TRANSLATOR, "ko"))
    begun = AccountSession(
        account_id=account.id, token_hash=secrets.token_bytes(32), created_at=NOW, seen_at=NOW
    )
    session.add(begun)
    session.flush()
    return begun


def new_challenge() -> Challenge:
    return Challenge(secrets.token_bytes(32), NOW)


def add(session, begun, key, *, challenge=None, answer=None, now=NOW) -> list[str]:
    challenge = challenge or new_challenge()
    options = options_to_add(session, begun.account, challenge, HERE, handle=b"handle")
    return add_passkey(
        session,
        begun,
        Ceremony(answer or key.make(options), challenge, HERE),
        name="My phone",
        now=now,
        new_code=lambda: f"{next(_numbers):016x}",
    )


def show(session, begun, key, *, challenge=None, answer=None, now=NOW) -> None:
    challenge = challenge or new_challenge()
    options = options_to_show(session, begun.account, challenge, HERE)
    show_passkey(session, begun, Ceremony(answer or key.show(options), challenge, HERE), now=now)


def remove(session, begun, number: int, *, password: str = PASSWORD) -> bool:
    begun.account.password_hash = begun.account.password_hash or password_hash(PASSWORD)
    return remove_passkey(session, begun, number, password=password, now=NOW)


def count_of(session, kind, account) -> int:
    return session.scalar(select(func.count()).where(kind.account_id == account.id))


def acts(session) -> list[tuple[str, list[str]]]:
    newest = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()
    return [(entry.act, sorted(entry.details)) for entry in reversed(newest)]


@pytest.fixture
def begun(session):
    return begin(session)


@pytest.fixture
def key():
    return SecurityKey()


@pytest.fixture
def owned(session, begun, key):
    """A session of whoever has a passkey, which was not shown in it yet."""
    add(session, begun, key)
    return begin(session, begun.account)


def test_the_first_one_counts_as_shown_and_comes_with_recovery_codes(session, begun, key):
    elsewhere = begin(session, begun.account)
    codes = add(session, begun, key)
    assert len(set(codes)) == 10
    assert begun.factor_at == NOW
    assert has_second_factor(session, begun.account)
    session.expire_all()
    assert session.get(AccountSession, elsewhere.id) is None
    kept = passkeys_of(session, begun.account_id)
    assert [(one.name, one.credential_id, one.used_at) for one in kept] == [("My phone", key.called, None)]
    assert acts(session)[-1] == ("account.passkey_add", ["passkey"])


def test_another_one_leaves_the_recovery_codes_as_they_are(session, begun, key):
    codes = add(session, begun, key)
    assert add(session, begun, SecurityKey()) == []
    show_code(session, begin(session, begun.account), codes[0], key="k", now=NOW)
    assert len(passkeys_of(session, begun.account_id)) == 2


def test_a_passkey_is_shown_again_and_again(session, owned, key):
    for minutes in (1, 2):
        show(session, owned, key, now=NOW + timedelta(minutes=minutes))
        session.flush()
        session.expire_all()
        (kept,) = passkeys_of(session, owned.account_id)
        assert kept.used_at == owned.factor_at == NOW + timedelta(minutes=minutes)
        assert kept.sign_count == minutes


def test_most_phones_do_not_count(session, begun):
    phone = SecurityKey(counts=False)
    add(session, begun, phone)
    for _ in range(2):
        here = begin(session, begun.account)
        show(session, here, phone)
        assert here.factor_at == NOW


@pytest.mark.parametrize(
    "place",
    [
        {"origin": "http://127.0.0.1:8001"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:8000.evil.example"},
        {"party": "evil.example"},
        {"party": ""},
    ],
    ids=str,
)
def test_what_was_made_or_shown_on_another_site_is_not_taken(session, begun, key, place):
    with pytest.raises(NotRecognisedError):
        add(session, begun, SecurityKey(**place))
    add(session, begun, key)
    lured = SecurityKey(**{**vars(key), **place})
    here = begin(session, begun.account)
    with pytest.raises(NotRecognisedError):
        show(session, here, lured)
    assert here.factor_at is None
    assert len(passkeys_of(session, begun.account_id)) == 1


def test_an_answer_is_to_its_own_challenge(session, begun, owned, key):
    other = options_to_add(session, begun.account, new_challenge(), HERE, handle=b"handle")
    with pytest.raises(NotRecognisedError):
        add(session, begun, key, answer=SecurityKey().make(other))
    with pytest.raises(NotRecognisedError):
        show(session, owned, key, answer=key.show(other))
    assert owned.factor_at is None


def test_an_answer_serves_once(session, begun, owned, key):
    challenge = new_challenge()
    answer = key.show(options_to_show(session, owned.account, challenge, HERE))
    show(session, owned, key, challenge=challenge, answer=answer)
    thief = begin(session, owned.account)
    with pytest.raises(LateError):
        show(session, thief, key, challenge=challenge, answer=answer)
    with pytest.raises(LateError):
        show(session, thief, key, challenge=challenge)
    assert thief.factor_at is None
    made = new_challenge()
    add(session, begun, SecurityKey(), challenge=made)
    with pytest.raises(LateError):
        add(session, begun, SecurityKey(), challenge=made)


def test_a_copy_of_an_answer_under_a_new_challenge_is_not_taken(session, owned, key):
    answer = key.show(options_to_show(session, owned.account, new_challenge(), HERE))
    with pytest.raises(NotRecognisedError):
        show(session, owned, key, answer=answer)


def test_nobody_takes_longer_than_five_minutes(session, begun, owned, key):
    late = NOW + CHALLENGE_LIFETIME
    with pytest.raises(LateError):
        show(session, owned, key, now=late)
    with pytest.raises(LateError):
        add(session, begun, SecurityKey(), now=late)
    show(session, owned, key, now=late - timedelta(seconds=1))
    assert timedelta(minutes=5) == CHALLENGE_LIFETIME


def test_somebody_elses_passkey_is_nobodys(session, owned, key):
    stranger = begin(session)
    add(session, stranger, SecurityKey())
    stranger.factor_at = None
    with pytest.raises(NotRecognisedError):
        show(session, stranger, key)
    assert stranger.factor_at is None


def test_a_key_that_signs_for_another_is_not_taken(session, owned, key):
    forger = SecurityKey(called=key.called)
    with pytest.raises(NotRecognisedError):
        show(session, owned, forger)


def test_one_that_was_used_more_often_than_it_says_may_be_a_copy(session, owned, key):
    copy = SecurityKey(**vars(key))
    show(session, owned, key)
    show(session, owned, key)
    again = begin(session, owned.account)
    with pytest.raises(NotRecognisedError):
        show(session, again, copy)
    copy.counts, copy.count = False, 0
    with pytest.raises(NotRecognisedError):
        show(session, again, copy)
    assert again.factor_at is None
    assert passkeys_of(session, owned.account_id)[0].sign_count == 2


def test_a_count_is_as_large_as_a_device_can_say(session, owned, key):
    key.count = 2**32 - 2
    show(session, owned, key)
    session.flush()
    session.expire_all()
    assert passkeys_of(session, owned.account_id)[0].sign_count == 2**32 - 1


def test_a_passkey_is_registered_once_whoever_has_it(session, begun, key):
    add(session, begun, key)
    codes = count_of(session, RecoveryCode, begun.account)
    for somebody in (begun, begin(session)):
        with pytest.raises(KnownPasskeyError):
            add(session, somebody, key)
    assert len(passkeys_of(session, begun.account_id)) == 1
    assert count_of(session, RecoveryCode, begun.account) == codes


def test_devices_are_told_which_they_hold_already_and_no_mail_address(session, begun, key):
    add(session, begun, key)
    for text in (
        options_to_add(session, begun.account, new_challenge(), HERE, handle=b"handle"),
        options_to_show(session, begun.account, new_challenge(), HERE),
    ):
        options = json.loads(text)
        asked = options.get("excludeCredentials") or options["allowCredentials"]
        assert [from_b64(one["id"]) for one in asked] == [key.called]
        assert options.get("rp", {"id": options.get("rpId")})["id"] == "127.0.0.1"
        assert options["timeout"] == 300_000
        assert "@" not in text


def test_there_is_an_end_to_it(session, begun):
    for _ in range(MOST_PASSKEYS):
        add(session, begun, SecurityKey())
    with pytest.raises(TooManyPasskeysError):
        add(session, begun, SecurityKey())


def test_whoever_stole_a_password_neither_adds_nor_removes_one(session, owned, key):
    (kept,) = passkeys_of(session, owned.account_id)
    with pytest.raises(FactorNotShownError):
        add(session, owned, SecurityKey())
    with pytest.raises(FactorNotShownError):
        remove(session, owned, kept.id)
    assert passkeys_of(session, owned.account_id) == [kept]


def test_a_session_that_was_ended_meanwhile_changes_nothing(session, begun, key):
    ended = begin(session, begun.account)
    add(session, begun, key)
    with pytest.raises(FactorNotShownError):
        add(session, ended, SecurityKey())
    assert len(passkeys_of(session, begun.account_id)) == 1


def test_with_the_last_one_its_recovery_codes_go(session, begun, key):
    add(session, begun, key)
    add(session, begun, SecurityKey())
    first, second = passkeys_of(session, begun.account_id)
    elsewhere = begin(session, begun.account)
    assert remove(session, begun, first.id)
    assert session.scalar(select(AccountSession.id).where(AccountSession.id == elsewhere.id)) is None
    assert begun.factor_at == NOW
    assert count_of(session, RecoveryCode, begun.account) == 10
    assert remove(session, begun, second.id)
    assert begun.factor_at is None
    assert not has_second_factor(session, begun.account)
    assert count_of(session, RecoveryCode, begun.account) == 0
    assert acts(session) == [("account.passkey_remove", ["passkey"])] * 2
    with pytest.raises(NotRecognisedError):
        show(session, begun, key)


def test_beside_an_app_the_last_one_is_not_the_last(session, begun, key):
    add(session, begun, key)
    begun.account.totp_box = b"an app's"
    session.flush()
    (kept,) = passkeys_of(session, begun.account_id)
    remove(session, begun, kept.id)
    assert begun.factor_at == NOW
    assert count_of(session, RecoveryCode, begun.account) == 10


@pytest.mark.parametrize("password", ["", PASSWORD.upper()])
def test_removing_takes_the_password_too(session, begun, key, password):
    add(session, begun, key)
    (kept,) = passkeys_of(session, begun.account_id)
    with pytest.raises(WrongPasswordError):
        remove(session, begun, kept.id, password=password)
    assert passkeys_of(session, begun.account_id) == [kept]


def test_nobody_removes_somebody_elses(session, begun, owned):
    stranger = begin(session)
    (kept,) = passkeys_of(session, owned.account_id)
    assert not remove(session, stranger, kept.id)
    assert not remove(session, stranger, 0)
    assert passkeys_of(session, owned.account_id) == [kept]


@pytest.mark.parametrize("forget", [reset_second_factor, delete_account])
def test_they_go_with_the_second_factor_and_with_the_account(session, owned, forget):
    account = owned.account
    forget(session, account, by="operator", now=NOW)
    assert count_of(session, Passkey, account) == count_of(session, RecoveryCode, account) == 0


def _with(answer: str, **response: object) -> str:
    content = json.loads(answer)
    content["response"] |= response
    return json.dumps(content)


BROKEN = {
    "nothing": lambda _: "{}",
    "no JSON": lambda _: "{",
    "a list": lambda _: "[]",
    "a number": lambda _: "1",
    "deep": lambda _: "[" * 20_000,
    "half an id": lambda answer: json.dumps({**json.loads(answer), "rawId": b64(b"other")}),
    "no type": lambda answer: json.dumps({**json.loads(answer), "type": "password"}),
    "no text": lambda answer: _with(answer, clientDataJSON=1),
    "no base64": lambda answer: _with(answer, clientDataJSON="é", signature="é", attestationObject="é"),
    "empty": lambda answer: _with(answer, clientDataJSON="", signature="", attestationObject=""),
    "no object": lambda answer: _with(answer, clientDataJSON=b64(b"[1]")),
    "no place": lambda answer: _with(
        answer, clientDataJSON=b64(b'{"type": [], "challenge": {}, "origin": 1}')
    ),
    "cut": lambda answer: _with(answer, authenticatorData=b64(bytes(36)), attestationObject=b64(b"\xa1")),
    "zeros": lambda answer: _with(answer, signature=b64(bytes(64)), attestationObject=b64(bytes(64))),
}


@pytest.mark.parametrize("spoil", BROKEN.values(), ids=BROKEN)
def test_anything_else_is_not_recognised(session, begun, owned, key, spoil):
    challenge = new_challenge()
    shown = spoil(key.show(options_to_show(session, owned.account, challenge, HERE)))
    with pytest.raises(NotRecognisedError):
        show(session, owned, key, challenge=challenge, answer=shown)
    challenge = new_challenge()
    asked = options_to_add(session, begun.account, challenge, HERE, handle=b"handle")
    with pytest.raises(NotRecognisedError):
        add(session, begun, key, challenge=challenge, answer=spoil(SecurityKey().make(asked)))


def test_of_two_who_set_up_the_first_one_at_once_the_later_is_refused(session):
    # One of them may be whoever stole the password.
    account = make_account(session, (Role.TRANSLATOR, "ko"))
    numbers = [begin(session, account).id for _ in range(2)]
    session.commit()
    engine, start = session.get_bind(), Barrier(2)

    def try_it(number: int) -> bool:
        with Session(engine) as own:
            start.wait()
            begun = begin_writing(own).get(AccountSession, number)
            try:
                if begun is None:  # on SQLite, where one writer waits for the other before it reads
                    return False
                add(own, begun, SecurityKey())
            except FactorNotShownError:
                return False
            own.commit()
            return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(try_it, numbers)) == [False, True]
    assert len(passkeys_of(session, account.id)) == 1


def test_two_who_show_the_same_count_are_not_both_taken(session, owned, key):
    copy = SecurityKey(**vars(key))
    (read_before,) = passkeys_of(session, owned.account_id)  # as whoever comes at the same time has it
    show(session, owned, key)
    assert read_before.sign_count == 0
    later = begin(session, owned.account)
    with pytest.raises(NotRecognisedError):
        show(session, later, copy)
    assert later.factor_at is None
