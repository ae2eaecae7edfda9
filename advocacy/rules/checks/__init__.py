"""Quality checks on a translation: while it is typed, at save, at import and at a release build.

A check reads one entry and yields findings; it needs no database and changes nothing. What blocks must
not be published: it breaks the page, loses data or leads readers astray. A warning is for a person to judge;
no check ever corrects a text.
"""

from advocacy.rules.checks.base import (
    Check,
    Detail,
    Entry,
    Example,
    Finding,
    GlossaryTerm,
    Severity,
    Span,
)
from advocacy.rules.checks.registry import all_checks, blocking_findings, blocks, checks_for, run_checks

__all__ = [
    "Check",
    "Detail",
    "Entry",
    "Example",
    "Finding",
    "GlossaryTerm",
    "Severity",
    "Span",
    "all_checks",
    "blocking_findings",
    "blocks",
    "checks_for",
    "run_checks",
]
