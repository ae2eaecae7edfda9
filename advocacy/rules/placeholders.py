"""Placeholders in messages: `%(name)s`, and `%%` for a percent sign. Nothing else is one."""

import re

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_KNOWN = re.compile(r"%\(\w+\)s|%%")


class StrayPercentError(ValueError):
    """A percent sign that is neither a placeholder nor doubled."""


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the placeholders in `text`. Raises StrayPercentError.

    Python itself would take more (`%d`, `%s`, `%(x)5.2f`), some of which print all values at once.
    """
    if "%" in _KNOWN.sub("", text):
        raise StrayPercentError(text)
    return frozenset(_PLACEHOLDER.findall(text.replace("%%", "")))
