"""Telling at a glance that nothing about a text can block it, for the many texts that are plain words."""

import re

from advocacy.rules.checks.base import Entry
from advocacy.rules.checks.length import is_flooded

_FILLERS = r"\u115f\u1160\u3164\uffa0"  # letters to Unicode, and nothing to see
_PLAIN = re.compile(
    rf"(?:[^\W_\uff01-\uff5e{_FILLERS}]|[ ,;!?'\"()“”‘’「」『』、，；！？…·–—-]|[.。](?=[ ”」』]|\Z))+"
)
"""Letters, digits, spaces and punctuation, a full stop at the end of a sentence only.

No tag, placeholder, address, control or hidden character can be made of these, whatever their order.
"""


def is_plain(entry: Entry) -> bool:
    """Whether no blocking check can find anything: one form, no flag, plain words on both sides."""
    if entry.flags or entry.source_plural is not None or len(entry.targets) != 1:
        return False
    if not entry.targets[0].strip() or is_flooded(entry):
        return False
    return bool(_PLAIN.fullmatch(entry.targets[0]) and _PLAIN.fullmatch(entry.source))
