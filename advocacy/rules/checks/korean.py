"""Korean: particles, marks and letters of other scripts, and one level of speech."""

import re
from collections.abc import Iterator

from advocacy.rules.checks.base import KOREAN, Check, Example, Finding, Form
from advocacy.rules.words import N_

# The particles whose shape depends on the sound before them. After a bracket they follow the word
# before it, which is known. "가" may begin a word (%(count)s가지), so a particle ends the word, but for
# the particles that may follow it.
_JOSA = re.compile(
    r"(?:%\(\w+\)s|\{[\w.]{0,60}\})(?:</\w+>)?[”’\"'」』》〉]?"
    r"(?P<josa>(?:은|는|이|가|을|를|과|와|으로|로)(?:서|써|부터|는|도|만|의)?)(?![가-힣(])"
)
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HANJA = re.compile(f"[{_HAN}]+")
_GLOSS = re.compile(rf"(?<=[가-힣])\s?\([^()]{{0,40}}[{_HAN}][^()]{{0,40}}\)")
_KANA = re.compile(r"[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]+")
_MARKS = re.compile("[。、，．：；？！｡､]+")
_QUOTED = re.compile(r"“[^“”]*+”|‘[^‘’]*+’|「[^「」]*+」|\"[^\"]*+\"")

# Statements: requests (주세요) and questions (인가요, 할까요) are at home in both levels of speech.
_ENDS = r"(?=[.!?…”’\")]|\s*$)"
_FORMAL = re.compile(rf"(?:니다|니까|십시오){_ENDS}", re.MULTILINE)
_POLITE = re.compile(
    rf"(?:[아어여해에예돼져봐줘와워려네군죠지든게데걸래대켜펴겨서써커라러]요|죠){_ENDS}", re.MULTILINE
)


class Josa(Check):
    """No particle hangs on a placeholder, whose last sound nobody knows; 을(를), 이(가), (으)로 may."""

    id = "josa"
    name = N_("Particle after a placeholder")
    help = N_(
        "Which particle is right depends on the value that will stand there. Phrase around it, or write"
        " both shapes."
    )
    example = Example("Open %(title)s", "%(title)s를 열어 주세요", "%(title)s 열기", "ko")
    languages = KOREAN

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield every such particle."""
        for match in _JOSA.finditer(form.text):
            message = N_("This particle may not fit the value of the placeholder: “%(particle)s”")
            yield self.finding(form, message, match.span("josa"), particle=match["josa"])


class _Unexpected(Check):
    """Characters that a Korean text does not have, unless its source has them."""

    languages = KOREAN
    pattern: re.Pattern[str]
    message: str

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield every run of them that the source does not have."""
        for match in self.pattern.finditer(self.text(form)):
            if not any(match[0] in source for source in form.sources):
                yield self.finding(form, self.message, match.span(), characters=match[0][:20])

    def text(self, form: Form) -> str:
        """Return what to look through."""
        return form.text


class CjkPunctuation(_Unexpected):
    """No Chinese or Japanese marks in Korean."""

    id = "cjk_punctuation"
    name = N_("Chinese or Japanese marks")
    help = N_("Korean uses the same full stop, comma and question mark as English.")
    example = Example("It is done.", "끝났습니다。", "끝났습니다.", "ko")
    pattern = _MARKS
    message = N_("Korean does not use this mark: %(characters)s")


class Kana(_Unexpected):
    """No Japanese letters in Korean."""

    id = "kana"
    name = N_("Japanese letters")
    help = N_("A Korean text has no Japanese letters.")
    example = Example("Tokyo", "도쿄の", "도쿄", "ko")
    pattern = _KANA
    message = N_("There are Japanese letters: %(characters)s")


class Hanja(_Unexpected):
    """No Chinese characters in Korean, but in brackets after a Hangul word or from the source.

    Hanja in brackets tell readers which of several words is meant; elsewhere they are mostly what is left of
    a machine's or another language's translation.
    """

    id = "hanja"
    name = N_("Chinese characters in Korean")
    help = N_("Write in Hangul. Chinese characters may follow a word in brackets, to say which is meant.")
    example = Example("North Korea", "北韓", "북한(北韓)", "ko")
    pattern = _HANJA
    message = N_("There are Chinese characters: %(characters)s")

    def text(self, form: Form) -> str:
        """Return the text with what may stay in brackets overwritten."""
        return _GLOSS.sub(lambda match: " " * len(match[0]), form.text)


class SpeechLevel(Check):
    """Statements keep to one level of speech, 합니다 or 해요. What people say in quotes is theirs."""

    id = "speech_level"
    name = N_("Mixed levels of speech")
    help = N_("Keep to one level of speech in a text; the formal one unless agreed otherwise.")
    example = Example(
        "Thank you. It is done.", "고맙습니다. 다 끝났어요.", "고맙습니다. 다 끝났습니다.", "ko"
    )
    languages = KOREAN

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield the first ending of the less formal level, if both are there."""
        prose = _QUOTED.sub(lambda match: " " * len(match[0]), form.prose)
        polite = _POLITE.search(prose)
        if polite and _FORMAL.search(prose):
            yield self.finding(
                form,
                N_("Formal and informal polite endings are mixed: %(ending)s"),
                polite.span(),
                ending=polite[0],
            )
