"""What the workbench calls things, in the request's language."""

from typing import Any

from markupsafe import Markup

from advocacy.actions.plan_import import Outcome
from advocacy.catalogs.entries import Fault
from advocacy.models import Account, Origin
from advocacy.rules.checks import Finding, all_checks
from advocacy.rules.review import Decision, TranslationState
from advocacy.rules.translation import UnitStatus
from advocacy.rules.words import N_
from advocacy.web.phrases import gettext as _

_STATUS = {
    UnitStatus.APPROVED: N_("Approved"),
    UnitStatus.NEEDS_REVIEW: N_("Waits for review"),
    UnitStatus.CHANGES_REQUESTED: N_("Changes asked for"),
    UnitStatus.OUTDATED: N_("Outdated"),
    UnitStatus.DRAFT: N_("Draft"),
    UnitStatus.UNTRANSLATED: N_("Untranslated"),
}
STATUSES = tuple(_STATUS)
"""In the order in which they are shown: what is done comes first."""

_STATE = {
    TranslationState.DRAFT: N_("Draft"),
    TranslationState.SUBMITTED: N_("Waits for review"),
    TranslationState.APPROVED: N_("Approved"),
    TranslationState.CHANGES_REQUESTED: N_("Changes asked for"),
    TranslationState.REJECTED: N_("Rejected"),
    TranslationState.WITHDRAWN: N_("Taken back"),
    TranslationState.SUPERSEDED: N_("Replaced by a newer text"),
}
_DECISION = {
    Decision.APPROVE: N_("Approved"),
    Decision.CHANGES: N_("Changes asked for"),
    Decision.REJECT: N_("Rejected"),
}
_ORIGIN = {
    Origin.BASELINE: N_("Came with the software"),
    Origin.IMPORT: N_("Imported from a file"),
}
_OUTCOME = {
    Outcome.TAKEN: N_("Will be taken"),
    Outcome.BLOCKED: N_("A check does not let it through"),
    Outcome.BROKEN: N_("Cannot be taken as it stands in the file"),
    Outcome.KEPT: N_("Another text is approved, and stays"),
    Outcome.NEWER: N_("Another text came since the file was made, and stays"),
    Outcome.SOURCE: N_("The source has changed since the file was made"),
    Outcome.FORMS: N_("Not as many forms as this language has, or an empty one"),
    Outcome.FUZZY: N_("Marked as unfinished"),
    Outcome.UNKNOWN: N_("A source that is not among the texts"),
    Outcome.OBSOLETE: N_("Not used any more"),
    Outcome.EARLIER: N_("An earlier text: it stood here before, and is not taken again"),
    Outcome.SAME: N_("Nothing new: this very text is there already"),
    Outcome.EMPTY: N_("Without a translation"),
}
OUTCOMES = tuple(_OUTCOME)
"""In the order in which they are shown: what wants to be looked at comes first."""

_SHORT = 25
_FAULT = {
    Fault.CODES: N_("A program has put codes in place of a part of the text"),
    Fault.OTHER_SOURCE: N_("The source is not the one that was handed out"),
    Fault.TWICE: N_("It stands in the file twice"),
    Fault.UNREADABLE: N_("Its part of the file cannot be read"),
}

_CHECKS = {check.id: check for check in all_checks()}


def status_name(status: UnitStatus) -> str:
    """Return what a unit's status is called."""
    return _(_STATUS[status])


def state_name(state: TranslationState) -> str:
    """Return what a translation's state is called."""
    return _(_STATE[state])


def decision_name(decision: Decision) -> str:
    """Return what a decision is called."""
    return _(_DECISION[decision])


def outcome_name(outcome: Outcome) -> str:
    """Return what becomes of an entry of a file."""
    return _(_OUTCOME[outcome])


def fault_name(fault: Fault) -> str:
    """Return what is wrong with an entry of a file."""
    return _(_FAULT[fault])


def check_name(check: str) -> str:
    """Return what a check (by id) is called."""
    return _(_CHECKS[check].name) if check in _CHECKS else check


def check_help(check: str) -> str:
    """Return what a check (by id) is for."""
    return _(_CHECKS[check].help)


def finding_said(finding: Finding) -> Any:
    """Return what a check found; what it names of the texts keeps its direction, and its line if short."""
    values = {name: _as_found(value) for name, value in finding.detail.values.items()}
    return _(finding.detail.message, **values)


def _as_found(value: object) -> object:
    if not isinstance(value, str):
        return value
    short = Markup('<bdi class="nb">{}</bdi>')
    return (short if len(value) < _SHORT else Markup("<bdi>{}</bdi>")).format(value)


def person_name(account: Account | None, *, me: int, origin: Origin = Origin.EDITOR) -> str:
    """Return who somebody is to `me`, an account's id; None is the operator, who may have used a file."""
    if account is None:
        return _(_ORIGIN[origin]) if origin in _ORIGIN else _("The operator")
    if account.id == me:
        return _("You")
    return _("Former translator") if account.erased_at else account.name
