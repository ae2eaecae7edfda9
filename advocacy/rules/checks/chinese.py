"""Chinese: full-width marks, one script, and the quotes of that script."""

import re
from collections.abc import Iterator

from advocacy.rules.checks.base import CHINESE, SIMPLIFIED, Check, Example, Finding, Form
from advocacy.rules.checks.chinese_scripts import foreign_to
from advocacy.rules.words import N_

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HALF = re.compile(rf"(?<=[{_HAN}])[,.:;?!]++(?=[”’」』）]? ?(?:[{_HAN}“‘「『（]|$))", re.MULTILINE)
_DOTS = re.compile(r"\.{3,}+|。{2,}+|(?<!…)…(?!…)")
_OF_HANT_AND_ASCII = re.compile('[「」『』"]')
_OF_HANS_AND_ASCII = re.compile(r"[“”\"‘]|(?<![A-Za-z])’|’(?![A-Za-z])")


class Halfwidth(Check):
    """No half-width mark stands between Chinese characters or after the last one of a line."""

    id = "halfwidth"
    name = N_("Half-width marks")
    help = N_("Between Chinese characters, use full-width marks.")
    example = Example("Hello, everyone", "你好,大家", "你好，大家", "zh-Hans")
    languages = CHINESE

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield every run of them, but for dots that are an ellipsis."""
        for match in _HALF.finditer(form.prose):
            if not match[0].startswith("..."):
                message = N_("Use a full-width mark instead of this one: %(mark)s")
                yield self.finding(form, message, match.span(), mark=match[0][:20])


class SixDots(Check):
    """An ellipsis is two characters of three dots each, 「……」."""

    id = "ellipsis"
    name = N_("Ellipsis")
    help = N_("Write an ellipsis as six dots in the middle of the line, which are two characters.")
    example = Example("And so on…", "等等...", "等等……", "zh-Hans")
    languages = CHINESE

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield everything that is meant for an ellipsis and is none."""
        for match in _DOTS.finditer(form.prose):
            yield self.finding(
                form, N_("This is not a Chinese ellipsis: %(mark)s"), match.span(), mark=match[0][:20]
            )


class Quotes(Check):
    """Simplified Chinese quotes “so”, traditional Chinese 「so」; neither uses the typewriter's marks.

    An apostrophe within a Latin word is none of them.
    """

    id = "quotes"
    name = N_("Quotation marks")
    help = N_("Simplified Chinese uses curved quotation marks, traditional Chinese uses corner brackets.")
    example = Example("Press “Sign”.", "請按“簽名”。", "請按「簽名」。", "zh-Hant")
    languages = CHINESE

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield every mark that belongs to the other script or to neither."""
        pattern = _OF_HANT_AND_ASCII if form.language in SIMPLIFIED else _OF_HANS_AND_ASCII
        for match in pattern.finditer(form.prose):
            message = N_("This quotation mark is not the one of the language: %(mark)s")
            yield self.finding(form, message, match.span(), mark=match[0])


class ScriptMix(Check):
    """No character that only the other script has, unless the source has it."""

    id = "script_mix"
    name = N_("Simplified and traditional mixed")
    help = N_("Write the whole text in one script. Some characters here belong to the other one.")
    example = Example("Open letter", "公開信", "公开信", "zh-Hans")
    languages = CHINESE

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield the first of every such character."""
        foreign = foreign_to(form.language)
        for character in dict.fromkeys(form.text):
            if character in foreign and not any(character in source for source in form.sources):
                start = form.text.index(character)
                yield self._finding_of(form, character, foreign[character], start)

    def _finding_of(self, form: Form, character: str, counterpart: str, start: int) -> Finding:
        span = (start, start + 1)
        if not counterpart:
            message = N_("This character belongs to the other script: %(character)s")
            return self.finding(form, message, span, character=character)
        message = N_(
            "This character belongs to the other script: %(character)s. It may be meant for %(counterpart)s."
        )
        return self.finding(form, message, span, character=character, counterpart=counterpart)
