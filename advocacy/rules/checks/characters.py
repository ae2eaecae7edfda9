"""Characters that nobody sees: they hide words from readers and reviewers, or turn a line around."""

import re
import unicodedata
from collections.abc import Iterator

from advocacy.rules.checks.base import Check, Example, Finding, Form, Severity
from advocacy.rules.words import N_

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(
    rf"[{_BIDI}\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d"
    r"\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_ONLY_BIDI = re.compile(f"[{_BIDI}]")
_JOINERS = "\u200c\u200d"
_KEPT = "\t\r"  # a source may be laid out with them, and then its translation may be

# Languages whose letters join: without ZWNJ and ZWJ some of their words cannot be spelled.
_JOINING = "ar fa ps ur ckb ku sd ug az bn as gu hi kn kok ks mai ml mr ne or pa sa si ta te km my bo dz mn"
JOINING = frozenset(_JOINING.split())


class Controls(Check):
    """No control character, bidi control or zero-width character.

    Joiners may stand after a letter in the languages that are spelled with them.
    """

    id = "controls"
    name = N_("Invisible characters")
    help = N_("Characters that cannot be seen or that turn the writing direction around can hide a change.")
    example = Example("Sign now", "지금\u202e 서명", "지금 서명", "ko")
    severity = Severity.BLOCKING

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield every such character with its code point and Unicode name."""
        for match in _UNSEEN.finditer(form.text):
            if not _may_stay(form, match):
                if _ONLY_BIDI.match(match[0]):
                    message = N_("There is a character that changes the writing direction: %(character)s")
                else:
                    message = N_("There is an invisible character: %(character)s")
                yield self.finding(form, message, match.span(), character=_named(match[0]))


def _may_stay(form: Form, match: re.Match[str]) -> bool:
    if match[0] in _KEPT:
        return match[0] in form.source
    if match[0] in _JOINERS and form.language in JOINING and match.start() > 0:
        return unicodedata.category(form.text[match.start() - 1])[0] in "LM"
    return False


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
