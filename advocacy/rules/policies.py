"""What is demanded before a text is approved and a release goes live, beyond "not my own text".

Two people publish. A very small organisation may let one do it; that never takes effect at once, so that who
stole an account cannot use it before others have seen it. Nothing here touches who may approve: whoever wrote
a text never does.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

MOST_OPINIONS = 2
"""How many speakers' yes can be demanded."""

PAUSE = timedelta(days=1)
"""How long it takes until one person may publish, or until a role given at the desk lets somebody publish."""

LONGEST_WHY = 500
"""Characters of the reason for letting one person publish."""


class OpinionsMissingError(ValueError):
    """A text that too few other speakers of its language have said yes to: `missing` says how many lack."""

    def __init__(self, missing: int) -> None:
        super().__init__(f"{missing} speakers' yes are missing")
        self.missing = missing


class Demand(NamedTuple):
    """How many `opinions` a text needs: a yes each, of speakers who neither wrote it nor decide on it.

    Where the `reviewer_suffices`, a reviewer of the language needs none of them: only who decides without
    being one does, the operator at the command line.
    """

    opinions: int = 0
    reviewer_suffices: bool = True

    def missing(self, yeses: int, *, by_reviewer: bool) -> int:
        """Return how many yes lack before somebody may approve, who is a reviewer of the language or not."""
        if by_reviewer and self.reviewer_suffices:
            return 0
        return max(0, self.opinions - yeses)


DEFAULT = Demand()
"""What holds where nobody has set anything."""


def has_begun(since: datetime | None, now: datetime) -> bool:
    """Whether one person may publish, where that was allowed from a moment on, None for never."""
    return since is not None and since <= now


def has_settled(given_at: datetime | None, now: datetime) -> bool:
    """Whether a role given at a moment lets somebody publish by now; None is long ago."""
    return given_at is None or given_at + PAUSE <= now
