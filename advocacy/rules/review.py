r"""Where a translation stands, and what may happen to it. Nothing else decides.

    draft -> submitted -> approved -> superseded
                 |  \-> changes_requested
                 |  \-> rejected
                 \-> withdrawn

A translation is never edited: who changes a text proposes a new one, and the older draft of the same author
is superseded by it.

These steps lead forward. Beside them, a reviewer can take a decision back that nothing has followed: what
she decided on is submitted again, and what her approval superseded is approved again, by its own review.
"""

import hashlib
from collections.abc import Sequence
from enum import StrEnum


class TranslationState(StrEnum):
    """Where a proposed text stands; readers see none but what an approved one says."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Act(StrEnum):
    """What can happen to a translation."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"
    SUPERSEDE = "supersede"


_S = TranslationState

STEPS: dict[TranslationState, dict[Act, TranslationState]] = {
    _S.DRAFT: {Act.SUBMIT: _S.SUBMITTED, Act.WITHDRAW: _S.WITHDRAWN, Act.SUPERSEDE: _S.SUPERSEDED},
    _S.SUBMITTED: {
        Act.APPROVE: _S.APPROVED,
        Act.REQUEST_CHANGES: _S.CHANGES_REQUESTED,
        Act.REJECT: _S.REJECTED,
        Act.WITHDRAW: _S.WITHDRAWN,
        Act.SUPERSEDE: _S.SUPERSEDED,
    },
    _S.CHANGES_REQUESTED: {Act.SUPERSEDE: _S.SUPERSEDED},
    _S.APPROVED: {Act.SUPERSEDE: _S.SUPERSEDED},
    _S.REJECTED: {},
    _S.WITHDRAWN: {},
    _S.SUPERSEDED: {},
}

WAITING = frozenset({_S.DRAFT, _S.SUBMITTED, _S.CHANGES_REQUESTED})
"""States in which a translation still wants something of somebody."""


class Decision(StrEnum):
    """What a reviewer can say; the last two come with a reason."""

    APPROVE = "approve"
    CHANGES = "changes"
    REJECT = "reject"

    @property
    def act(self) -> Act:
        """The step that it causes."""
        return {
            Decision.APPROVE: Act.APPROVE,
            Decision.CHANGES: Act.REQUEST_CHANGES,
            Decision.REJECT: Act.REJECT,
        }[self]

    @property
    def needs_reason(self) -> bool:
        """Whether the author has to be told why."""
        return self is not Decision.APPROVE


class StepRefusedError(ValueError):
    """An act that a translation in this state does not allow."""

    def __init__(self, state: TranslationState, act: Act) -> None:
        super().__init__(f"a {state} translation allows no {act}")
        self.state = state
        self.act = act


class SelfApprovalError(ValueError):
    """Nobody approves what they wrote."""


class SelfConfirmationError(ValueError):
    """Nobody confirms the release that they prepared."""


class TooLateError(ValueError):
    """A decision that something has followed: another text, another decision, or a release."""


class ReasonMissingError(ValueError):
    """The author has to be told why."""


def step(state: TranslationState, act: Act) -> TranslationState:
    """Return the state after `act`. Raises StepRefusedError."""
    try:
        return STEPS[state][act]
    except KeyError:
        raise StepRefusedError(state, act) from None


def taken_back(state: TranslationState, decision: Decision) -> TranslationState:
    """Return the state of a translation whose decision is taken back. Raises TooLateError."""
    if state is not step(_S.SUBMITTED, decision.act):
        raise TooLateError
    return _S.SUBMITTED


def restored(state: TranslationState) -> TranslationState:
    """Return the state of what an approval superseded, once that is taken back. Raises TooLateError."""
    if state is not _S.SUPERSEDED:
        raise TooLateError
    return _S.APPROVED


def demand_other_person(one: int | None, other: int | None, error: type[ValueError]) -> None:
    """Raise `error` if both are the same account; None is the operator at the command line."""
    if one is not None and one == other:
        raise error


def source_hash(context: str | None, msgid: str, msgid_plural: str | None) -> str:
    """Return the SHA-256 (hex) of a message: context, source and plural, NUL between them."""
    return _digest((context or "", msgid, msgid_plural or ""))


def content_hash(context: str | None, msgid: str, msgid_plural: str | None, texts: Sequence[str]) -> str:
    """Return the SHA-256 (hex) that an approval binds to: of context, source, plural and every form."""
    return _digest((context or "", msgid, msgid_plural or "", *texts))


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
