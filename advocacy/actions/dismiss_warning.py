"""Dismissing a warning that a check raised without cause, for this text only."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.check_text import findings_of, glossary_for
from advocacy.models import Dismissal, Translation
from advocacy.models.remark import dismissed_checks
from advocacy.rules.checks import Finding, Severity
from advocacy.rules.review import ReasonMissingError

LONGEST_REASON = 500
"""Characters of a reason, as the field for it says."""


class NoSuchWarningError(LookupError):
    """The check has no warning about this text: nothing found, or something that blocks."""


def dismiss_warning(
    session: Session, translation: Translation, check: str, *, reason: str, by: int | None, now: datetime
) -> Dismissal:
    """Note that the warning of `check` (its id) about this very text is unfounded, and why.

    Raises NoSuchWarningError, ReasonMissingError.
    """
    if not reason.strip():
        raise ReasonMissingError
    if not any(finding.check == check for finding in open_warnings(session, translation)):
        raise NoSuchWarningError(check)
    dismissal = Dismissal(
        unit_id=translation.unit_id,
        check=check,
        content_hash=translation.content_hash,
        author_id=by,
        reason=reason.strip(),
        made_at=now,
    )
    session.add(dismissal)
    session.flush()
    return dismissal


def open_warnings(session: Session, translation: Translation) -> list[Finding]:
    """Return the warnings about a translation that nobody has dismissed for this text."""
    unit = translation.unit
    dismissed = dismissed_checks(session, unit.id, translation.content_hash)
    found = findings_of(
        unit.message, translation.texts, unit.language, glossary=glossary_for(session, unit.language)
    )
    return [
        finding
        for finding in found
        if finding.severity is Severity.WARNING and finding.check not in dismissed
    ]
