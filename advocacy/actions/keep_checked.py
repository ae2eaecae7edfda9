"""Keeping in the database what the checks say of the newest texts: docs/decisions/0023 says why and how."""

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from unicodedata import unidata_version

from sqlalchemy.orm import Session

from advocacy import rules
from advocacy.actions import check_text
from advocacy.actions.check_text import check_entry, glossary_for
from advocacy.extensions import begin_writing
from advocacy.models.unit_findings import (
    Checkable,
    Said,
    hold_checkable,
    keep_findings,
    lists_known,
    stale_units,
)
from advocacy.rules.checks import GlossaryTerm, Severity, all_checks, checks_for, run_checks

_AT_ONCE = 200
"""Units that are held while they are checked: about a tenth of a second."""
_HALF = 20
"""Digits of a stamp that stand for the checks; as many stand for the glossary."""
_OF_TERMS = tuple(check for check in all_checks() if check.id == "glossary")
"""The checks that read the glossary: where nothing else has changed, no other runs again."""
_READ_TERMS = {check.id for check in _OF_TERMS}


def check_stale(session: Session, domain_id: int, language: str) -> int:
    """Check the units of a list of which it is not known what the checks say; returns how many there were.

    In a writer's transaction they are checked there. In a reader's, a writer of its own does it, so many at a
    time, and the reader's is over with: what was read before is read anew.
    """
    stamp, glossary = _stamp_and_glossary(session, language)
    stale = stale_units(session, domain_id, language, stamp)
    if not stale:
        return 0
    if session.connection().get_execution_options().get("writing"):
        for part in _parts(stale):
            _check(session, part, language, glossary, stamp)
        return len(stale)
    with Session(session.get_bind()) as own:
        for part in _parts(stale):
            _check(begin_writing(own), part, language, glossary, stamp)
            own.commit()
    session.rollback()
    return len(stale)


def check_everything(session: Session) -> int:
    """Do so for every list; returns how many units there were to check."""
    return sum(check_stale(session, *one) for one in lists_known(session))


def _check(
    session: Session, units: Sequence[int], language: str, glossary: tuple[GlossaryTerm, ...], stamp: str
) -> None:
    found = hold_checkable(session, units)
    keep_findings(session, {one.unit_id: _said(one, language, glossary, stamp) for one in found}, stamp)


def _said(one: Checkable, language: str, glossary: tuple[GlossaryTerm, ...], stamp: str) -> list[Said]:
    only_terms = one.stamp[:_HALF] == stamp[:_HALF]
    checks = _OF_TERMS if only_terms else checks_for(language)
    found = run_checks(check_entry(one, one.texts, glossary), language_tag=language, checks=checks)
    return [
        *(said for said in one.said if only_terms and said.check not in _READ_TERMS),
        *(
            Said(finding.severity, finding.check)
            for finding in found
            if finding.severity is Severity.BLOCKING or finding.check not in one.dismissed
        ),
    ]


def _stamp_and_glossary(session: Session, language: str) -> tuple[str, tuple[GlossaryTerm, ...]]:
    """Return the glossary, and what stands for the checks as they are and for it, a half each."""
    glossary = glossary_for(session, language)
    return _version()[:_HALF] + sha256(repr(glossary).encode()).hexdigest()[:_HALF], glossary


@cache
def _version() -> str:
    """Return what changes whenever the checks could say something else: a digest of what they are made of."""
    digest = sha256(f"{sys.version_info[:2]} {unidata_version}".encode())
    own = [Path(check_text.__file__), Path(__file__)]
    known = (path for path in Path(rules.__file__).parent.rglob("*") if path.suffix in {".py", ".json"})
    for path in (*sorted(known), *own):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _parts(units: Sequence[int]) -> Iterator[Sequence[int]]:
    return (units[start : start + _AT_ONCE] for start in range(0, len(units), _AT_ONCE))
