"""Running the checks on one text and asking which of them found something."""

from advocacy.rules.checks import Entry, Severity, run_checks


def entry(source, *targets, plural=None, **more) -> Entry:
    return Entry(None, source, plural, targets, **more)


def found(language, source, *targets, **more) -> set[str]:
    """The ids of the checks that find something."""
    return {finding.check for finding in run_checks(entry(source, *targets, **more), language_tag=language)}


def blocking(language, source, *targets, **more) -> set[str]:
    """The ids of the blocking checks that find something."""
    findings = run_checks(entry(source, *targets, **more), language_tag=language)
    return {finding.check for finding in findings if finding.severity is Severity.BLOCKING}
