"""What a translator has typed, and what she saw while she did: it goes with every answer, and is not lost."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from werkzeug.datastructures import MultiDict

from advocacy.actions.propose import stored_text
from advocacy.models import Translation, Unit
from advocacy.web.addresses import number_in_address

_MOST_FORMS, _MOST_SET_ASIDE = 6, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The fields of the editor.

    `seen` is the id of the newest translation there was, `source_hash` tells the source that was read,
    `sources` is the one that the text in the field was written for, singular and plural, and `based_on` the
    id of that text. `back` is what its author says that it says. `set_aside` holds what stood there before a
    suggestion took its place.
    """

    texts: tuple[str, ...]
    seen: int
    source_hash: str
    sources: tuple[str, ...]
    based_on: int = 0
    back: str = ""
    set_aside: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> Self:
        """Return what a form holds; what it lacks is as if nothing had been seen."""
        names = ["text", *(f"text_{index}" for index in range(_MOST_FORMS))]
        aside = [texts_in(value) for value in form.getlist("aside")[:_MOST_SET_ASIDE]]
        return cls(
            texts=tuple(stored_text(form[name]) for name in names if name in form),
            seen=form.get("seen", 0, type=_number),
            source_hash=form.get("source_hash", ""),
            sources=tuple(map(stored_text, form.getlist("source")[:2])),
            based_on=form.get("based_on", 0, type=_number),
            back=stored_text(form.get("back", "")),
            set_aside=tuple(filter(None, aside)),
        )

    @classmethod
    def fresh(cls, unit: Unit, start: Translation | None, *, seen: int, back: str = "") -> Self:
        """Return the fields as the editor opens: with a text to go on from, or empty."""
        texts = tuple(start.texts) if start else ()
        return cls(
            texts=texts,
            seen=seen,
            source_hash=unit.message.source_hash,
            sources=_sources(start.msgid, start.msgid_plural) if start else sources_of(unit),
            based_on=start.id if start else 0,
            back=back,
        )

    def filled_with(self, texts: tuple[str, ...]) -> Self:
        """Return the fields with `texts` in them; what stood there is set aside."""
        aside = [one for one in self.set_aside if one != texts]
        if any(self.texts) and self.texts != texts and self.texts not in aside:
            aside.append(self.texts)
        return replace(self, texts=texts, set_aside=tuple(aside[-_MOST_SET_ASIDE:]))

    def fitted(self, count: int) -> Self:
        """Return the fields for as many forms as there are; texts of forms that are no more are set aside."""
        if not any(self.texts[count:]):
            return replace(self, texts=self.in_forms(count))
        return replace(self.filled_with(self.in_forms(count)), texts=self.in_forms(count))

    def up_to_date(self, unit: Unit, *, seen: int) -> Self:
        """Return the same, as typed by somebody who has now seen the unit as it is."""
        return replace(self, seen=seen, source_hash=unit.message.source_hash)

    def in_forms(self, count: int) -> tuple[str, ...]:
        """Return as many texts as there are forms: empty ones added, surplus ones left out."""
        return (*self.texts, *[""] * count)[:count]


def texts_in(value: str) -> tuple[str, ...]:
    """Return the texts that a button or a hidden field carries, as JSON; none if it is no list of texts."""
    try:
        found = json.loads(value)
        if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
            return ()
        "".join(found).encode()  # JSON can write halves of a character, which are none
    except (ValueError, RecursionError):
        return ()
    return tuple(map(stored_text, found[:_MOST_FORMS]))


def carried(texts: Sequence[str]) -> str:
    """Return texts as a button or a hidden field carries them."""
    return json.dumps(list(texts), ensure_ascii=False)


def sources_of(unit: Unit) -> tuple[str, ...]:
    """Return a unit's source, and its plural if it has one."""
    return _sources(unit.message.msgid, unit.message.msgid_plural)


def _sources(msgid: str, plural: str | None) -> tuple[str, ...]:
    return (msgid,) if plural is None else (msgid, plural)


def _number(text: str) -> int:
    return number_in_address(text) if text != "0" else 0
