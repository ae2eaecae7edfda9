"""What a check is handed, what it answers, and what every check has in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, NamedTuple

from advocacy.rules.checks.patterns import blank
from advocacy.rules.languages import chinese_script

Span = tuple[int, int]
"""Where in a target text: the index of its first character and the index after its last."""

KOREAN = frozenset({"ko"})
SIMPLIFIED, TRADITIONAL = frozenset({"zh-Hans"}), frozenset({"zh-Hant"})
CHINESE = SIMPLIFIED | TRADITIONAL
CJK = KOREAN | CHINESE | {"ja"}

_SHOWN = 200  # characters of a text that a finding repeats


class Severity(StrEnum):
    """Whether a text with the finding may be published at all, or a person is to look again."""

    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term of the source language, its translation, and other wordings that are just as good."""

    source: str
    target: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A source text and its translation.

    `targets` holds one text per plural form, or one if `source_plural` is None. `flags` are those of
    gettext, and `max-length:N` (code points after NFC) and `must-match-numbers`. `glossary` holds the
    terms to look for, `others` the translations that the same source has elsewhere.
    """

    context: str | None
    source: str
    source_plural: str | None
    targets: tuple[str, ...]
    flags: tuple[str, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    others: tuple[str, ...] = ()


class Detail(NamedTuple):
    """A sentence to show: its message id and the values of its placeholders, none of them localized."""

    message: str
    values: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in one form of a translation; `span` is None if it concerns the whole form."""

    check: str
    severity: Severity
    form: int
    detail: Detail
    span: Span | None = None


class Example(NamedTuple):
    """A translation that the check finds fault with, and a better one. Not for translation."""

    source: str
    wrong: str
    right: str
    language: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One plural form of an entry, beside the source text it renders.

    `language` is a tag as `normal_tag` gives it. `only` is the single number that the form is used for
    (English "one": 1), or None.
    """

    entry: Entry
    language: str
    index: int
    only: int | None = None

    @property
    def text(self) -> str:
        """The translation."""
        return self.entry.targets[self.index]

    @property
    def source(self) -> str:
        """The source text that this form renders: the singular for a form that means one, else the plural."""
        if self.entry.source_plural is None or self.only == 1:
            return self.entry.source
        return self.entry.source_plural

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The source, and its plural if there is one."""
        plural = self.entry.source_plural
        return (self.entry.source,) if plural is None else (self.entry.source, plural)

    @cached_property
    def prose(self) -> str:
        """The translation with placeholders, tags and addresses blanked out; positions stay as they are."""
        return blank(self.text)

    @cached_property
    def source_prose(self) -> str:
        """The source, blanked likewise."""
        return blank(self.source)


class Check(ABC):
    """One thing that can be wrong with a translation.

    `name` and `help` are message ids; `example` shows what is meant. `languages` holds the tags that
    the check is for, as `normal_tag` gives them; None means every language.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    help: ClassVar[str]
    example: ClassVar[Example]
    severity: ClassVar[Severity] = Severity.WARNING
    languages: ClassVar[frozenset[str] | None] = None

    def serves(self, language: str) -> bool:
        """Whether the check means anything in `language` (any BCP 47 or gettext spelling)."""
        return self.languages is None or normal_tag(language) in self.languages

    def check(self, forms: tuple[Form, ...]) -> Iterator[Finding]:
        """Yield what is wrong with an entry's forms; a form without text is passed over."""
        for form in forms:
            if form.text:
                yield from self.look(form)

    @abstractmethod
    def look(self, form: Form) -> Iterator[Finding]:
        """Yield what is wrong with one form, which has a text."""

    def finding(self, form: Form, message: str, span: Span | None = None, **values: str | int) -> Finding:
        """Return a finding of this check whose detail is `message` with `values`, long ones cut short."""
        shown = {name: _shortened(value) for name, value in values.items()}
        return Finding(self.id, self.severity, form.index, Detail(message, shown), span)


def _shortened(value: str | int) -> str | int:
    return value if isinstance(value, int) or len(value) <= _SHOWN else value[:_SHOWN] + "…"


def normal_tag(tag: str) -> str:
    """Return `zh-Hans` or `zh-Hant` for any Chinese or Cantonese tag, for others the primary language."""
    parts = tag.strip().lower().replace("_", "-").split("-")
    return chinese_script(parts) if parts[0] in ("zh", "yue", "cmn") else parts[0]
