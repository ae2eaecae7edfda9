"""A signature's states and steps, how it may be shown, and how long things are kept."""

from datetime import datetime, timedelta
from enum import StrEnum

CONFIRMATION_TIME = timedelta(hours=48)
"""How long a confirmation link works, and how long an unconfirmed signature is kept."""

MAILS_PER_DAY = 5
"""Mails that one signature can cause in 24 hours, so that a form is no way to flood a mailbox."""


LONGEST_RETENTION = timedelta(days=182)
"""How long after the close of an appeal its signatures may be kept: six months, at most."""


class SignatureState(StrEnum):
    """Where a signature stands. Only CONFIRMED is counted."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class Act(StrEnum):
    """What can happen to a signature."""

    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    REJECT = "reject"
    RESTORE = "restore"


STEPS: dict[SignatureState, dict[Act, SignatureState]] = {
    SignatureState.PENDING: {
        Act.CONFIRM: SignatureState.CONFIRMED,
        Act.WITHDRAW: SignatureState.WITHDRAWN,
    },
    SignatureState.CONFIRMED: {
        Act.WITHDRAW: SignatureState.WITHDRAWN,
        Act.REJECT: SignatureState.REJECTED,
    },
    SignatureState.REJECTED: {
        Act.WITHDRAW: SignatureState.WITHDRAWN,
        Act.RESTORE: SignatureState.CONFIRMED,
    },
    SignatureState.WITHDRAWN: {},
}


class StepRefusedError(ValueError):
    """An act that a signature in this state does not allow."""

    def __init__(self, state: SignatureState, act: Act) -> None:
        super().__init__(f"a {state} signature allows no {act}")


def step(state: SignatureState, act: Act) -> SignatureState:
    """Return the state after `act`. Raises StepRefusedError."""
    try:
        return STEPS[state][act]
    except KeyError:
        raise StepRefusedError(state, act) from None


class Display(StrEnum):
    """How a confirmed signature appears to the public, safest first."""

    COUNT = "count"
    INITIALS = "initials"
    NAME = "name"


class NameState(StrEnum):
    """Whether the name of a confirmed signature is shown. A name of the signer's choice waits for a look."""

    NONE = "none"
    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"


def name_state_for(display: Display) -> NameState:
    """Return how a name starts once it is confirmed; initials can say nothing that needs looking at."""
    match display:
        case Display.COUNT:
            return NameState.NONE
        case Display.INITIALS:
            return NameState.SHOWN
        case Display.NAME:
            return NameState.WAITING


class Purpose(StrEnum):
    """What a mailed link is for; a link for one purpose never serves another."""

    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


def hour_of(moment: datetime) -> datetime:
    """Return `moment` cut to its hour, the finest time kept of anything a signer did."""
    return moment.replace(minute=0, second=0, microsecond=0)
