"""The mark a text ends with, in the shape its language gives it."""

import re
from collections.abc import Iterator

from advocacy.rules.checks.base import CJK, Check, Example, Finding, Form
from advocacy.rules.words import N_

_NONE, _STOP, _QUESTION, _EXCLAMATION, _COLON, _ELLIPSIS, _COMMA = range(7)
_FAMILIES = {
    _STOP: ".。．｡।۔።։។။",
    _QUESTION: "?？؟;\u037e；՞",  # Greek asks with what looks like a semicolon
    _EXCLAMATION: "!！¡՜",
    _COLON: ":：",
    _ELLIPSIS: "…",
    _COMMA: ",，、،",
}
_FAMILY = {mark: family for family, marks in _FAMILIES.items() for mark in marks}

# What Korean, Chinese and Japanese may end with instead: a sentence that leads into a link or another
# paragraph is closed, and a greeting takes a full stop or a colon.
_CJK_MAY = {
    _COLON: {_STOP},
    _COMMA: {_STOP, _COLON, _NONE},
    _NONE: {_COMMA},
}
_ELSEWHERE_MAY = {_COMMA: {_NONE, _COLON}, _NONE: {_COMMA}}
_WITHOUT_FULL_STOP = frozenset({"th", "lo", "km", "my"})
_CLOSERS = "”’\"'」』）)】》〉］]»›*_ \u00a0\u3000\t\r\n"
_INITIAL = re.compile(r"(?:\b[^\W\d_]|\betc|\bInc|\bLtd|\bNo|\bJr|\bSt)\.$")


class EndStop(Check):
    """The translation ends with the mark that answers the source's; closing quotes are looked through.

    A full stop after an initial or an abbreviation ends no sentence, so either is right there.
    """

    id = "end_stop"
    name = N_("Punctuation at the end")
    help = N_("End with the same kind of mark as the source, in the shape your language uses.")
    example = Example("Who can see it?", "누가 볼 수 있나요.", "누가 볼 수 있나요?", "ko")

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield at most one finding."""
        source, text = form.source.rstrip(_CLOSERS), form.text.rstrip(_CLOSERS)
        wanted, found = _family(source), _family(text)
        if not text or not source or found in _accepted(form.language, source, wanted):
            return
        if wanted == _NONE:
            message = N_("Only the translation ends with a mark: %(found)s")
        elif found == _NONE:
            message = N_("Only the source ends with a mark: %(expected)s")
        else:
            message = N_("The translation ends with “%(found)s”, the source with “%(expected)s”.")
        span = (len(text) - 1, len(text))
        yield self.finding(form, message, span, **_values(text, found, source, wanted))


def _values(text: str, found: int, source: str, wanted: int) -> dict[str, str]:
    """Return the marks that are there, each under the name its message uses."""
    values = {"found": (found, text), "expected": (wanted, source)}
    return {name: _mark(whole) for name, (family, whole) in values.items() if family != _NONE}


def _mark(text: str) -> str:
    return "..." if text.endswith("...") else text[-1]


def _family(text: str) -> int:
    if text.endswith(("...", "。。。")):
        return _ELLIPSIS
    return _FAMILY.get(text[-1:], _NONE)


def _accepted(language: str, source: str, wanted: int) -> set[int]:
    accepted = {wanted} | (_CJK_MAY if language in CJK else _ELSEWHERE_MAY).get(wanted, set())
    if wanted == _STOP and (language in _WITHOUT_FULL_STOP or _INITIAL.search(source[-8:])):
        accepted |= {_NONE, _STOP}
    return accepted
