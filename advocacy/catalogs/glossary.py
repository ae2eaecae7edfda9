"""A glossary: the terms of an English text, and what each is called in the languages it is translated to.

The file is CSV with a column `en`, one for each language (headed by its locale) and `note`. A verb has
"(verb)" behind it. A note may name a second word that is right as well: `zh_Hant in Taiwan also 連署`, `in
running Korean text also 한국`; where it names no language, `also 연변`, the word's script tells.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from advocacy.catalogs.csv_cells import unguarded
from advocacy.catalogs.csv_dialects import rows_of
from advocacy.catalogs.errors import CatalogError
from advocacy.catalogs.inflections import noun_forms, verb_forms

SOURCE, NOTE = "en", "note"
_VERB = re.compile(r"\s*\(verb\)$")
_ALSO = re.compile(r"(?P<before>[^;]*?)\balso (?P<word>[^;,.()]+)")
_NAMES = {"Korean": "ko", "Simplified": "zh_Hans", "Traditional": "zh_Hant"}
_SCRIPTS = {"ko": re.compile("[\uac00-\ud7a3]"), "zh": re.compile("[\u3400-\u9fff]")}


@dataclass(frozen=True, slots=True)
class Term:
    """A term; `targets` holds by locale the words that are right for it, the preferred one first."""

    source: str
    is_verb: bool
    targets: Mapping[str, tuple[str, ...]]
    note: str


class Span(NamedTuple):
    """Where a term stands in a text: from `start` to before `end`, in code points."""

    start: int
    end: int
    term: Term


class Glossary:
    """Terms, to be found in English texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._patterns = [_pattern(term) for term in self.terms]

    def find(self, text: str) -> list[Span]:
        """Return the terms in an English text, in order; where they overlap, the longest.

        Nouns are found in the plural too, verbs with -s, -ed and -ing, all with a possessive 's. A word of a
        term is found in any case, but one that has a capital in the glossary, a name, only as it is spelled.
        """
        found = [
            Span(*match.span(), term)
            for term, pattern in zip(self.terms, self._patterns, strict=True)
            for match in pattern.finditer(text)
        ]
        found.sort(key=lambda span: (span.start - span.end, span.start))
        taken: list[Span] = []
        free = [True] * len(text)
        for span in found:
            if all(free[span.start : span.end]):
                free[span.start : span.end] = [False] * (span.end - span.start)
                taken.append(span)
        return sorted(taken, key=lambda span: span.start)


def read_glossary(content: bytes, name: str) -> Glossary:
    """Return the glossary that a CSV file holds; `name` is the file's, for complaints.

    Raises CatalogError with line and reason: as any CSV file, a row without a term, a term that stands twice.
    """
    terms: dict[tuple[str, bool], Term] = {}
    for line, cells in rows_of(content, name, {SOURCE}):
        term = _term({heading: unguarded(cell).strip() for heading, cell in cells.items()})
        if not term.source:
            raise CatalogError(name, "a row without a term", line)
        if (term.source, term.is_verb) in terms:
            raise CatalogError(name, f"{term.source!r} stands twice", line)
        terms[term.source, term.is_verb] = term
    return Glossary(terms.values())


def _term(cells: Mapping[str, str]) -> Term:
    note = cells.get(NOTE, "")
    words = {
        _locale(heading): [word] if word else []
        for heading, word in cells.items()
        if heading not in (SOURCE, NOTE)
    }
    for also in _ALSO.finditer(note):
        word = also["word"].strip()
        for locale in _locales(also["before"], word, list(words)):
            words[locale].append(word)
    return Term(
        source=_VERB.sub("", cells[SOURCE]),
        is_verb=bool(_VERB.search(cells[SOURCE])),
        targets={locale: tuple(dict.fromkeys(found)) for locale, found in words.items()},
        note=note,
    )


def _locales(before: str, word: str, known: Sequence[str]) -> list[str]:
    """Return the locales that a note means: those it names, else those in whose script the word is."""
    named = [locale for locale in known if re.search(rf"\b{re.escape(locale)}\b", before)]
    named += [locale for name, locale in _NAMES.items() if name in before and locale in known]
    if named:
        return list(dict.fromkeys(named))
    fitting = [language for language, script in _SCRIPTS.items() if script.search(word)]
    return [locale for locale in known if locale.partition("_")[0] in fitting]


def _locale(heading: str) -> str:
    """Return a heading as gettext spells a locale: zh_hans is zh_Hans, pt_br is pt_BR."""
    language, *rest = heading.replace("-", "_").split("_")
    return "_".join([language, *(part.title() if len(part) == 4 else part.upper() for part in rest)])  # noqa: PLR2004


def _pattern(term: Term) -> re.Pattern[str]:
    """Return what finds the term: nouns change in their last word, verbs in their first."""
    words = term.source.split()
    changing = 0 if term.is_verb else -1
    parts = [[word] for word in words]
    parts[changing] = (verb_forms if term.is_verb else noun_forms)(words[changing])
    spelled = r"\s+".join(_any_of(forms) for forms in parts)
    return re.compile(rf"(?<!\w){spelled}(?:['’]s)?(?!\w)")


def _any_of(forms: Sequence[str]) -> str:
    case = "i" if forms[0].islower() else ""
    longest_first = sorted(forms, key=len, reverse=True)
    return f"(?{case}:{'|'.join(map(re.escape, longest_first))})"
