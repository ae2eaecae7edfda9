"""Lengths: a limit that must hold, and a band outside which something is likely missing or added."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from advocacy.rules.checks.base import Check, Entry, Example, Finding, Form, Severity
from advocacy.rules.words import N_

_LIMIT = "max-length:"
_ROOM = 20_000  # characters that any text may have, however short its source
_TIMES = 4  # as long as the source: the wordiest languages need less than three
_LONG_ENOUGH = 60  # characters of the source; below, one word more or less moves the ratio too far


class _Band(NamedTuple):
    low: float
    high: float


# Characters of a translation for each of the English source. Translations of prose lie within
# 0.4-1.0 (ko) and 0.2-0.6 (zh); what lies outside those by a quarter is far outside.
_BANDS = {
    "ko": _Band(0.3, 1.25),
    "zh-Hans": _Band(0.15, 0.75),
    "zh-Hant": _Band(0.15, 0.75),
}
_ANY_OTHER = _Band(0.4, 2.5)


class Length(Check):
    """A translation of a source of some length is about as long as its language makes it."""

    id = "length"
    name = N_("Unusual length")
    help = N_(
        "A translation far shorter or longer than usual may have lost a sentence or gained one. Compare it"
        " with the source."
    )
    example = Example(
        "The email address is deleted once you confirm, unless you ask for news about this petition.",
        "이메일은 삭제합니다.",
        "이메일은 소식을 신청하지 않은 한 서명을 확인하는 즉시 삭제합니다.",
        "ko",
    )

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield at most one finding."""
        source, found = len(form.source.strip()), len(form.text.strip())
        band = _BANDS.get(form.language, _ANY_OTHER)
        if source < _LONG_ENOUGH:
            return
        if found < source * band.low:
            message = N_(
                "The translation is unusually short: it has %(found)s characters, the source %(source)s."
            )
        elif found > source * band.high:
            message = N_(
                "The translation is unusually long: it has %(found)s characters, the source %(source)s."
            )
        else:
            return
        yield self.finding(form, message, found=found, source=source)


def most_written(entry: Entry) -> int:
    """Return the length in characters beyond which no form of `entry` is a translation of its source."""
    return max(_ROOM, _TIMES * len(entry.source), _TIMES * len(entry.source_plural or ""))


def is_flooded(entry: Entry) -> bool:
    """Whether a form is longer than that: then its length is all that has to be known of it."""
    return max(map(len, entry.targets), default=0) > most_written(entry)


class MaxLength(Check):
    """A text that is flagged `max-length:N` has at most N code points after NFC. An unreadable N is none.

    Without a flag there is a limit too, far beyond what any translation needs.
    """

    id = "max_length"
    name = N_("Greatest length")
    help = N_("There is room for a limited number of characters only. Shorten the translation.")
    example = Example("Sign", "지금 서명해 주십시오", "서명하기", "ko", flags=("max-length:6",))
    severity = Severity.BLOCKING

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield at most one finding."""
        flagged, most = _most(form.entry.flags), most_written(form.entry)
        found = len(form.text)
        if flagged is not None and found <= most:
            most, found = min(flagged, most), len(unicodedata.normalize("NFC", form.text))
        if found > most:
            message = N_("The translation has %(found)s characters; at most %(most)s are possible.")
            yield self.finding(form, message, (most, len(form.text)), found=found, most=most)


def _most(flags: tuple[str, ...]) -> int | None:
    limits = [flag.removeprefix(_LIMIT).strip() for flag in flags if flag.startswith(_LIMIT)]
    return min((int(limit) for limit in limits if limit.isdecimal() and len(limit) < 10), default=None)  # noqa: PLR2004  more digits mean no limit
