"""Passkeys as a second factor (Web Authentication, level 3): adding, showing and removing one.

A device is asked to make sure who holds it, by a PIN or a finger, where it can; it need not, for the password
came first, and a plain security key is as good a second factor as a phone. It is asked not to keep a list of
accounts with the key, where that is up to it: we know whose passkey it is, and a device that is
lost or taken should not tell that its owner has an account here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from advocacy.actions.audit import record
from advocacy.actions.change_password import WrongPasswordError
from advocacy.actions.passwords import fits
from advocacy.actions.second_factor import hold_to_change, new_recovery_codes
from advocacy.actions.spend_challenge import SpentChallengeError, spend_challenge
from advocacy.models import Account, AccountSession, Passkey, RecoveryCode
from advocacy.models.account_session import end_sessions
from advocacy.models.passkey import has_second_factor, passkey_of, passkeys_of
from advocacy.rules.passkeys import CHALLENGE_LIFETIME, MOST_PASSKEYS, Party

_LONGEST_ID = 1023
"""Bytes that a device may call a key by."""

_PATIENCE = int(CHALLENGE_LIFETIME.total_seconds() * 1000)


class PasskeyRefusedError(Exception):
    """A passkey that is not taken; which of those below says why."""


class LateError(PasskeyRefusedError):
    """Nothing was asked for, or too long ago, or it was answered before."""


class NotRecognisedError(PasskeyRefusedError):
    """It is not one of the account's, not for this site, not what was asked for, or may be a copy."""


class KnownPasskeyError(PasskeyRefusedError):
    """It is registered already."""


class TooManyPasskeysError(PasskeyRefusedError):
    """The account has as many as it can have."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """Random bytes that a device has to sign, and when they were made."""

    value: bytes
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What the browser sent (JSON, as PublicKeyCredential.toJSON gives it), and what it had been asked."""

    answer: str
    challenge: Challenge
    party: Party


def options_to_add(
    session: Session, account: Account, challenge: Challenge, party: Party, *, handle: bytes
) -> str:
    """Return what navigator.credentials.create is asked (JSON).

    `handle` is what devices know the account by.
    """
    options = generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=handle,
        user_name=account.name,
        challenge=challenge.value,
        timeout=_PATIENCE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_descriptors(session, account),
    )
    return options_to_json(options)


def options_to_show(session: Session, account: Account, challenge: Challenge, party: Party) -> str:
    """Return what navigator.credentials.get is asked (JSON)."""
    options = generate_authentication_options(
        rp_id=party.id,
        challenge=challenge.value,
        timeout=_PATIENCE,
        allow_credentials=_descriptors(session, account),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json(options)


def add_passkey(
    session: Session,
    begun: AccountSession,
    ceremony: Ceremony,
    *,
    name: str,
    now: datetime,
    new_code: Callable[[], str],
) -> list[str]:
    """Add a passkey called `name`; returns recovery codes if it is the first second factor, else none.

    It counts as shown. Other sessions of the account end. Raises FactorNotShownError, PasskeyRefusedError.
    """
    account = hold_to_change(session, begun)
    first = not has_second_factor(session, account)
    _spend(session, ceremony.challenge, now)
    if len(passkeys_of(session, account.id)) >= MOST_PASSKEYS:
        raise TooManyPasskeysError
    passkey = _passkey_made(ceremony)
    passkey.account_id, passkey.name, passkey.created_at = account.id, name, now
    try:
        with session.begin_nested():
            session.add(passkey)
    except IntegrityError:
        raise KnownPasskeyError from None
    begun.factor_at = now
    codes = new_recovery_codes(session, account, new_code) if first else []
    _settle(session, begun, "account.passkey_add", passkey.id, now=now)
    return codes


def show_passkey(session: Session, begun: AccountSession, ceremony: Ceremony, *, now: datetime) -> None:
    """Take a passkey of the account for this session. Raises PasskeyRefusedError."""
    _spend(session, ceremony.challenge, now)
    with _from_a_stranger():
        called = parse_authentication_credential_json(ceremony.answer).raw_id
    passkey = passkey_of(session, begun.account_id, called)
    if passkey is None:
        raise NotRecognisedError
    with _from_a_stranger():
        shown = verify_authentication_response(
            credential=ceremony.answer,
            expected_challenge=ceremony.challenge.value,
            expected_rp_id=ceremony.party.id,
            expected_origin=ceremony.party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
        )
    if not _count_on(session, passkey.id, shown.new_sign_count, now):
        raise NotRecognisedError
    begun.factor_at = now


def remove_passkey(
    session: Session, begun: AccountSession, number: int, *, password: str, now: datetime
) -> bool:
    """Forget the account's passkey with this id; returns whether there was one.

    It takes the password too: the second factor may have been shown hours ago, by somebody who left the room.
    With the last second factor its recovery codes go, and nothing counts as shown any more. Other sessions of
    the account end. Raises FactorNotShownError, WrongPasswordError.
    """
    account = hold_to_change(session, begun)
    if not fits(account.password_hash, password):
        raise WrongPasswordError
    own = delete(Passkey).where(Passkey.id == number, Passkey.account_id == account.id)
    if not session.scalars(own.returning(Passkey.id)).all():
        return False
    if not has_second_factor(session, account):
        session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
        begun.factor_at = None
    _settle(session, begun, "account.passkey_remove", number, now=now)
    return True


def _settle(session: Session, begun: AccountSession, act: str, number: int, *, now: datetime) -> None:
    end_sessions(session, begun.account_id, but=begun.id)
    account = f"account:{begun.account_id}"
    record(session, act, account, by=account, now=now, details={"passkey": number})


def _descriptors(session: Session, account: Account) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=one.credential_id) for one in passkeys_of(session, account.id)]


def _spend(session: Session, challenge: Challenge, now: datetime) -> None:
    """Use up a challenge, in the transaction of the act that it is for."""
    expires_at = challenge.made_at + CHALLENGE_LIFETIME
    if now >= expires_at:
        raise LateError
    try:
        spend_challenge(session, sha256(challenge.value).digest(), expires_at=expires_at)
    except SpentChallengeError:
        raise LateError from None


def _passkey_made(ceremony: Ceremony) -> Passkey:
    """Return the passkey that a device says it has made. What kind of device, we neither ask nor check."""
    with _from_a_stranger():
        made = verify_registration_response(
            credential=ceremony.answer,
            expected_challenge=ceremony.challenge.value,
            expected_rp_id=ceremony.party.id,
            expected_origin=ceremony.party.origin,
        )
    if len(made.credential_id) > _LONGEST_ID:
        raise NotRecognisedError
    return Passkey(
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
    )


def _count_on(session: Session, number: int, count: int, now: datetime) -> bool:
    """Note a use, in one statement: of two that say the same count, one is of a copy, or sent twice."""
    counted = Passkey.sign_count < count if count else Passkey.sign_count == 0
    noted = session.scalars(
        update(Passkey)
        .where(Passkey.id == number, counted)
        .values(sign_count=count, used_at=now)
        .returning(Passkey.id),
        execution_options={"synchronize_session": False},
    ).all()
    return bool(noted)


@contextmanager
def _from_a_stranger() -> Iterator[None]:
    """Refuse whatever the library stumbles over: it reads bytes that anybody can have made."""
    try:
        yield
    except Exception:  # noqa: BLE001  it raises its own errors, and those of all that it parses with
        raise NotRecognisedError from None
