"""Spaces and line breaks: at both ends, and two together."""

import re
from collections.abc import Iterator

from advocacy.rules.checks.base import CJK, Check, Example, Finding, Form, Severity
from advocacy.rules.words import N_

_SPACES = " \t\u00a0\u3000"
_TWO = re.compile(r"(?<=\S)[ \u00a0\u3000]{2,}+(?=\S)")
_HAS_OWN_SPACE = frozenset(
    "。．？！：，、；）」』】》”"
)  # full-width marks are drawn with a space after them


class BeginSpace(Check):
    """The translation begins with as many spaces as the source."""

    id = "begin_space"
    name = N_("Spaces at the beginning")
    help = N_("Begin the translation with as many spaces as the source, usually none.")
    example = Example("Sign now", " 지금 서명", "지금 서명", "ko")

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield at most one finding."""
        start, spaces = _leading(form.text)
        wanted = _leading(form.source)[1]
        if spaces != wanted:
            message = N_(
                "The number of spaces at the beginning is %(found)s; in the source it is %(expected)s."
            )
            yield self.finding(
                form, message, (start, start + spaces) if spaces else None, found=spaces, expected=wanted
            )


class EndSpace(Check):
    """The translation ends with as many spaces as the source; a full-width mark at the end needs none."""

    id = "end_space"
    name = N_("Spaces at the end")
    help = N_("End the translation with as many spaces as the source, usually none.")
    example = Example("Sign now", "지금 서명 ", "지금 서명", "ko")

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield at most one finding."""
        start, spaces = _leading(form.text[::-1])
        wanted = _leading(form.source[::-1])[1]
        if spaces == 0 and form.language in CJK and form.text[-1] in _HAS_OWN_SPACE:
            return
        if spaces != wanted:
            end = len(form.text) - start
            message = N_("The number of spaces at the end is %(found)s; in the source it is %(expected)s.")
            yield self.finding(
                form, message, (end - spaces, end) if spaces else None, found=spaces, expected=wanted
            )


def _leading(text: str) -> tuple[int, int]:
    """Return where `text` begins after its line breaks, and how many spaces stand there."""
    line = text.lstrip("\r\n")
    return len(text) - len(line), len(line) - len(line.lstrip(_SPACES))


class DoubleSpace(Check):
    """No two spaces together, unless the source has some too."""

    id = "double_space"
    name = N_("Double space")
    help = N_("Separate words by one space only.")
    example = Example("Sign now", "지금  서명", "지금 서명", "ko")

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield every run of spaces between two other characters."""
        if not _TWO.search(form.source):
            for match in _TWO.finditer(form.text):
                yield self.finding(form, N_("There are two or more spaces together."), match.span())


class Newline(Check):
    """A line break at either end stands there in both texts or in neither, as gettext demands."""

    id = "newline"
    name = N_("Line breaks at the ends")
    help = N_("Begin and end with a line break where the source does, and nowhere else.")
    example = Example("Sign now\n", "지금 서명", "지금 서명\n", "ko")
    severity = Severity.BLOCKING

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield a finding for the beginning and one for the end."""
        if form.text.startswith("\n") != form.source.startswith("\n"):
            message = N_("Only one of the source and the translation begins with a line break.")
            yield self.finding(form, message, (0, 1) if form.text.startswith("\n") else None)
        if form.text.endswith("\n") != form.source.endswith("\n"):
            message = N_("Only one of the source and the translation ends with a line break.")
            end = len(form.text)
            yield self.finding(form, message, (end - 1, end) if form.text.endswith("\n") else None)
