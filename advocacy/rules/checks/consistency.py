"""The translation beside its source, the glossary and what the same source is called elsewhere."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from advocacy.rules.checks.base import CHINESE, Check, Example, Finding, Form, GlossaryTerm, Span, normal_tag
from advocacy.rules.words import N_

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_GAP = re.compile(r"[ \t\u00a0]+")
_SHOWN = 80  # characters of another translation that a finding repeats


class Same(Check):
    """The translation differs from the source, unless that has fewer than two words to translate."""

    id = "same"
    name = N_("Same as the source")
    help = N_("The text does not seem to be translated. A name or a code may well stay as it is.")
    example = Example("Sign the petition", "Sign the petition", "청원에 서명하기", "ko")

    def serves(self, language: str) -> bool:
        """Whether the language is another than that of the sources."""
        return normal_tag(language) != "en"

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield at most one finding."""
        if not any(_plain(form.text) == _plain(source) for source in form.sources):
            return
        if len(_WORD.findall(form.prose)) > 1:
            yield self.finding(form, N_("The translation is the same as the source."), (0, len(form.text)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()


# Words that are said twice on purpose. Several languages form whole classes of words that way.
_KOREAN_TWICE = (
    "하루 하나 조금 차츰 점 더 매우 오래 두고 빨리 꼭 또 누구 어디 다시 천천히 서로 자주 하하 호호"
)
_SAID_TWICE = frozenset(_KOREAN_TWICE.split())
_REDUPLICATING = frozenset({"vi", "id", "ms", "tl", "th", "lo", "km", "hi", "ur", "tr", "zu"})
_CHINESE_TWICE = re.compile(
    r"(?<!目)的的(?![确確])|和和(?![气氣睦])|(?<!一)把把|被被|与与|與與|们们|們們|我我|您您"
)


class Duplicate(Check):
    """No word stands twice in a row, as happens when a sentence is rephrased."""

    id = "duplicate"
    name = N_("Word written twice")
    help = N_("The same word stands twice in a row. Delete one unless it is meant.")
    example = Example("Sign the petition", "청원에 청원에 서명하기", "청원에 서명하기", "ko")

    def serves(self, language: str) -> bool:
        """Whether the language does not form words by saying one twice."""
        return normal_tag(language) not in _REDUPLICATING

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield the second of every two; nothing if the source itself says a word twice."""
        if next(_twice(form.source_prose), None):
            return
        for start, end in _twice(form.prose):
            yield self._finding_of(form, (start, end))
        if form.language in CHINESE:
            for match in _CHINESE_TWICE.finditer(form.prose):
                yield self._finding_of(form, (match.start() + 1, match.end()))

    def _finding_of(self, form: Form, span: Span) -> Finding:
        word = form.text[slice(*span)]
        return self.finding(form, N_("This word stands twice in a row: “%(word)s”"), span, word=word)


def _twice(prose: str) -> Iterator[Span]:
    before: re.Match[str] | None = None
    for word in _TOKEN.finditer(prose):
        if before and _repeats(before, word) and _GAP.fullmatch(prose, before.end(), word.start()):
            yield word.span()
        before = word


def _repeats(before: re.Match[str], word: re.Match[str]) -> bool:
    if len(before[0]) != len(word[0]) or word[0] in _SAID_TWICE or word[0].isdigit():
        return False
    return before[0].casefold() == word[0].casefold()


class Glossary(Check):
    """For every glossary term in the source, the translation has its translation or a variant.

    A term inside a longer one that is found ("embassy" in "Chinese embassy") is not looked for. Case,
    and spaces within the translated term, make no difference.
    """

    id = "glossary"
    name = N_("Glossary")
    help = N_("Use the words of the glossary, so that the same thing is called the same everywhere.")
    example = Example("North Korea", "조선", "북한", "ko")

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield a finding per term that is not used."""
        for term, wording in terms_used(form):
            if wording is None:
                message = N_("The glossary translates “%(term)s” as “%(translation)s”.")
                yield self.finding(form, message, term=term.source, translation=term.target)


def terms_used(form: Form) -> Iterator[tuple[GlossaryTerm, str | None]]:
    """Yield every glossary term in the source with the wording that the translation has for it, or None."""
    text = _squeezed(form.text)
    for term in _terms_in(form.source, form.entry.glossary):
        accepted = (term.target, *term.variants)
        yield term, next((wording for wording in accepted if _squeezed(wording) in text), None)


def _terms_in(source: str, glossary: tuple[GlossaryTerm, ...]) -> Iterator[GlossaryTerm]:
    """Yield the terms that stand in `source` other than within a longer one."""
    taken: list[Span] = []
    folded = source.casefold()
    for term in sorted(glossary, key=lambda term: -len(term.source)):
        if not term.source.strip() or term.source.casefold()[:-1] not in folded:
            continue
        spans = [match.span() for match in _spelled(term.source).finditer(source)]
        free = [span for span in spans if not any(a <= span[0] and span[1] <= b for a, b in taken)]
        taken += free
        if free:
            yield term


@lru_cache(maxsize=2048)
def _spelled(term: str) -> re.Pattern[str]:
    """Return a pattern for an English term, one or several of it, as a word of its own."""
    stem, ending = (term[:-1], "(?:y|ies)") if term.endswith("y") else (term, "(?:s|es)?")
    return re.compile(rf"(?<!\w){re.escape(stem)}{ending}(?!\w)", re.IGNORECASE)


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


class Inconsistent(Check):
    """The same source is not translated in another way elsewhere. Texts with plural forms are left out."""

    id = "inconsistent"
    name = N_("Translated differently elsewhere")
    help = N_("The same source has another translation elsewhere. Choose one, unless the context differs.")
    example = Example("Sign", "사인", "서명", "ko")

    def look(self, form: Form) -> Iterator[Finding]:
        """Yield a finding per different translation elsewhere."""
        if form.entry.source_plural is not None:
            return
        for other in dict.fromkeys(form.entry.others):
            if other.strip() and _plain(other) != _plain(form.text):
                message = N_("Elsewhere the same source is translated “%(translation)s”.")
                shown = other if len(other) <= _SHOWN else other[:_SHOWN] + "…"
                yield self.finding(form, message, translation=shown)
