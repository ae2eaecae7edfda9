"""What people who work here are told, and when mail about it goes out."""

from datetime import datetime, timedelta
from enum import StrEnum

from advocacy.rules.permissions import Permission


class NoticeKind(StrEnum):
    """What happened: news of somebody's own texts and languages, or a task that calls for somebody."""

    APPROVED = "approved"
    CHANGES = "changes"
    REJECTED = "rejected"
    OUTDATED = "outdated"
    NEW_TEXTS = "new_texts"
    MENTIONED = "mentioned"
    EMERGENCY = "emergency"
    TERM_ACCEPTED = "term_accepted"
    TERM_DECLINED = "term_declined"
    REVIEW = "review"
    RELEASE = "release"
    APPLICATION = "application"
    NAME = "name"
    SOURCE = "source"
    TYPO = "typo"
    OPINION = "opinion"
    ASSIGNED = "assigned"
    BACK = "back"
    TERM = "term"

    @property
    def called(self) -> Permission | None:
        """The right whose holders it calls, until one of them has done it; None for news."""
        return _CALLED.get(self)


_CALLED = {
    NoticeKind.REVIEW: Permission.TRANSLATION_REVIEW,
    NoticeKind.RELEASE: Permission.RELEASE_CONFIRM,
    NoticeKind.APPLICATION: Permission.ACCOUNT_MANAGE,
    NoticeKind.NAME: Permission.NAME_JUDGE,
    NoticeKind.SOURCE: Permission.APPEAL_EDIT,
    NoticeKind.TYPO: Permission.RELEASE_PREPARE,
    NoticeKind.TERM: Permission.GLOSSARY_JUDGE,
}

TASKS = tuple(_CALLED)
"""The kinds that call for somebody."""

NEWS = tuple(kind for kind in NoticeKind if kind not in _CALLED)
"""The kinds that stay in somebody's list."""

CALLS = (NoticeKind.OPINION, NoticeKind.ASSIGNED, NoticeKind.BACK)
"""Of these, the kinds that ask one person for something about a text of somebody else."""


class Rhythm(StrEnum):
    """How often somebody wants mail about what is new."""

    OFF = "off"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


GATHERING = timedelta(minutes=2)
"""How long what happens at once is gathered, so that ten decisions in a row make one mail."""

KEPT = timedelta(days=180)
"""How long a notice is kept."""

_PAUSE = {Rhythm.AT_ONCE: timedelta(0), Rhythm.DAILY: timedelta(days=1), Rhythm.WEEKLY: timedelta(days=7)}


def due_at(rhythm: Rhythm, *, oldest: datetime, last: datetime | None) -> datetime | None:
    """Return when mail is due about notices of which the `oldest` was not mailed yet; None for never.

    `last` is when mail went out before.
    """
    if rhythm is Rhythm.OFF:
        return None
    gathered = oldest + GATHERING
    return gathered if last is None else max(gathered, last + _PAUSE[rhythm])
