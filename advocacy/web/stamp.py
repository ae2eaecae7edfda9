"""The signed time stamp in the form: it tells a robot's haste from a person's reading."""

from enum import StrEnum

from itsdangerous import BadSignature, TimestampSigner

from advocacy.web.site import site

FASTEST_PERSON = 2
"""Seconds between the page and its form below which no person has filled it in."""

_LONGEST_OPEN = 7 * 24 * 3600
"""Seconds that a page can lie open before it has to be sent once more."""


class StampFault(StrEnum):
    """Why a form's stamp does not convince."""

    MISSING = "missing"
    HASTY = "hasty"
    OLD = "old"


_SUBJECT = "|"
"""Stands between the form and what it was about."""


def new_stamp(form: str, subject: str = "") -> str:
    """Return a stamp of this moment for the form called `form`, and for what its page showed."""
    return _signer().sign(f"{form}{_SUBJECT}{subject}" if subject else form).decode()


def subject_of(stamp: str, form: str) -> str:
    """Return what the page of this form showed, or nothing where the stamp does not say."""
    try:
        name, _, subject = _signer().unsign(stamp).decode().partition(_SUBJECT)
    except BadSignature:
        return ""
    return subject if name == form else ""


def fault_of(stamp: str, form: str) -> StampFault | None:
    """Return what is wrong with `stamp`, or None."""
    signer = _signer()
    try:
        name, made = signer.unsign(stamp, return_timestamp=True)
    except BadSignature:
        return StampFault.MISSING
    if name.decode().partition(_SUBJECT)[0] != form:
        return StampFault.MISSING
    age = signer.get_timestamp() - int(made.timestamp())
    if age < FASTEST_PERSON:
        return StampFault.HASTY
    return StampFault.OLD if age > _LONGEST_OPEN else None


def _signer() -> TimestampSigner:
    return TimestampSigner(site().settings.secret_key, salt="form stamp")
