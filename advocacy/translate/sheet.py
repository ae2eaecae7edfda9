"""What lies beside the field while somebody translates: source, terms, texts alike, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Self

from sqlalchemy.orm import Session

from advocacy.actions.starting_points import StartingPoint, starting_point
from advocacy.catalogs.glossary import Glossary, Term
from advocacy.models import GlossaryTerm, Translation, Unit
from advocacy.models.translation import GONE
from advocacy.models.unit_history import Verdict, history_of, verdicts_on
from advocacy.models.unit_search import newest_in
from advocacy.rules.differences import Part, differences
from advocacy.rules.languages import locale_of
from advocacy.rules.marks import Stretch, TermSpan, marked
from advocacy.rules.review import WAITING, TranslationState
from advocacy.translate.places import Place
from advocacy.translate.typed import carried
from advocacy.web.site import site

_MOST_REMEMBERED, _MOST_HISTORY = 4, 20
GLOSSARY_LANGUAGE = "en"


class Suggestion(NamedTuple):
    """A text to start from; `similarity` in per cent, or None for the unit's own text of an older source.

    `text` is its last form: most numbers take it.
    """

    source: str
    text: str
    value: str
    similarity: int | None


class Happened(NamedTuple):
    """A translation in the unit's history, how it differs from the one before, and what was decided on it."""

    translation: Translation
    forms: list[list[Part]]
    value: str
    verdicts: list[Verdict]


class Neighbour(NamedTuple):
    """The unit before or after this one, and its present text."""

    unit: Unit
    text: Translation | None


@dataclass(frozen=True, slots=True)
class Source:
    """A unit's source, one or with its plural, marked; `change` tells it from the older one, if any."""

    forms: list[list[Stretch]]
    change: list[list[Part]]
    terms: list[GlossaryTerm]


def source_of(place: Place, unit: Unit, older: Sequence[str], glossary: Sequence[GlossaryTerm]) -> Source:
    """Return the source as it is shown; `older` is what the text at hand was written for."""
    texts = [text for text in (unit.message.msgid, unit.message.msgid_plural) if text is not None]
    forms: list[list[Stretch]] = []
    terms: dict[int, GlossaryTerm] = {}
    for text in texts:
        spans = _terms_in(place, text, glossary)
        terms |= {term.id: term for _span, term in spans}
        forms.append(marked(text, [span for span, _term in spans]))
    tag = place.source.tag
    change = [differences(old, new, language=tag) for old, new in zip(older, texts, strict=False)]
    return Source(forms, change if list(older) != texts else [], list(terms.values()))


@dataclass(frozen=True, slots=True)
class Past:
    """A unit's translations that anybody may want, newest first."""

    texts: list[Translation]

    @classmethod
    def of(cls, session: Session, unit: Unit) -> Self:
        """Return the unit's past as it is now."""
        return cls(history_of(session, unit.id, most=_MOST_HISTORY + 1))

    @property
    def newest(self) -> int:
        """The newest translation's id; 0 if there is none."""
        return self.texts[0].id if self.texts else 0

    @property
    def approved(self) -> Translation | None:
        """The text that is approved, perhaps for an older source."""
        return next((text for text in self.texts if text.state is TranslationState.APPROVED), None)

    @property
    def author(self) -> int | None:
        """Who (by id) wrote the newest text that is more than a draft."""
        return next((text.author_id for text in self.texts if text.state is not TranslationState.DRAFT), None)

    def own(self, author_id: int) -> Translation | None:
        """Return the author's text that waits for somebody or for her."""
        own = (text for text in self.texts if text.author_id == author_id and text.state in WAITING)
        return next(own, None)

    def start_for(self, author_id: int) -> Translation | None:
        """Return the text to go on from: one's own that waits, else the newest that somebody submitted."""
        stands = (text for text in self.texts if text.state not in (*GONE, TranslationState.DRAFT))
        return self.own(author_id) or next(stands, None)


def suggestions_for(session: Session, unit: Unit, past: Past, here: Sequence[str]) -> list[Suggestion]:
    """Return texts to start from, other than the one that is `here` already."""
    found = []
    if start := _starting_point(session, unit, past):
        found.append(Suggestion(start.msgid, start.texts[-1], carried(start.texts), None))
    alike = site().memories.matches(session, unit.language, unit.message.msgid, most=_MOST_REMEMBERED)
    for match in alike:
        texts = fitted(match.target, here)
        found.append(Suggestion(match.source, texts[-1], carried(texts), int(100 * match.similarity)))
    known = {"".join(here)} if len(here) == 1 else set()
    unlike = []
    for suggestion in found:
        if suggestion.text not in known:
            known.add(suggestion.text)
            unlike.append(suggestion)
    return unlike


def fitted(texts: Sequence[str], here: Sequence[str]) -> Sequence[str]:
    """Return the texts of another source in the forms of what is `here`.

    Of several for one, the last; one for several becomes their last, and what stands in the others stays.
    """
    if len(texts) == len(here):
        return texts
    return [*here[:-1], texts[-1]]


def _starting_point(session: Session, unit: Unit, past: Past) -> StartingPoint | None:
    """Return what the action does, and ask only where the past does not say it already."""
    if past.approved is not None:
        is_for_this = past.approved.source_hash == unit.message.source_hash
        return None if is_for_this else StartingPoint.of(past.approved)
    return None if unit.message.before_id is None else starting_point(session, unit)


def happened_to(session: Session, unit: Unit, past: Past) -> list[Happened]:
    """Return what happened to a unit, newest first, as far back as anybody will read."""
    texts = past.texts
    verdicts = verdicts_on(session, [text.id for text in texts]) if texts else {}
    before = [*(list(text.texts) for text in texts[1:]), []]
    return [
        Happened(
            text,
            forms_changed(older, text.texts, unit.language),
            carried(text.texts),
            verdicts.get(text.id, []),
        )
        for text, older in zip(texts[:_MOST_HISTORY], before, strict=False)
    ]


def forms_changed(older: Sequence[str], newer: Sequence[str], language: str) -> list[list[Part]]:
    """Return form by form how a text differs from an older one; without an older one it is as it is."""
    if not older:
        return [differences(text, text, language=language) for text in newer]
    padded = (*older, *[""] * len(newer))
    return [differences(old, new, language=language) for old, new in zip(padded, newer, strict=False)]


def neighbours(
    session: Session, place: Place, before: Unit | None, after: Unit | None
) -> tuple[Neighbour | None, Neighbour | None]:
    """Return what stands before and after a block of an appeal; elsewhere order means nothing."""
    if place.appeal is None:
        return None, None
    texts = newest_in(session, [one.id for one in (before, after) if one])
    return (
        Neighbour(before, texts.get(before.id)) if before else None,
        Neighbour(after, texts.get(after.id)) if after else None,
    )


def _terms_in(
    place: Place, text: str, glossary: Sequence[GlossaryTerm]
) -> list[tuple[TermSpan, GlossaryTerm]]:
    """Return the terms in a source that have a name in the language; the glossary is English."""
    if place.source.tag != GLOSSARY_LANGUAGE:
        return []
    locale = locale_of(place.into.tag)
    known = {(term.source, term.is_verb): term for term in glossary if term.targets.get(locale)}
    found = []
    for start, end, term in _glossary(tuple(known)).find(text):
        row = known[term.source, term.is_verb]
        found.append((TermSpan(start, end, row.targets[locale][0]), row))
    return found


@lru_cache(maxsize=8)
def _glossary(terms: tuple[tuple[str, bool], ...]) -> Glossary:
    """Return what finds these terms: its patterns are made once, not once a page."""
    return Glossary(Term(source, is_verb, {}, "") for source, is_verb in terms)
