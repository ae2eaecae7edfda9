"""Counting the signatures again, one by one."""

from sqlalchemy.orm import Session

from advocacy.models.signature import confirmed_by_language
from advocacy.models.tally import replace_tallies, tallies


def recount(session: Session) -> dict[tuple[int, str], tuple[int, int]]:
    """Make every tally say what the signatures say.

    Returns what was wrong: by (appeal id, language), the count before and after.
    """
    before, after = tallies(session), confirmed_by_language(session)
    wrong = {
        key: (before.get(key, 0), after.get(key, 0))
        for key in before.keys() | after.keys()
        if before.get(key, 0) != after.get(key, 0)
    }
    if wrong:
        replace_tallies(session, after)
    return wrong
