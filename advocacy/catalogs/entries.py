"""One entry of a catalog, whatever file it came from, and what it is in polib's words."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Self

import polib

from advocacy.catalogs.po_catalog import Catalog, Key

_FUZZY = "fuzzy"


class Place(NamedTuple):
    """Where the code uses a text: a file, and a line of it if it is known."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


class Source(NamedTuple):
    """What a text was translated from."""

    context: str | None
    msgid: str
    msgid_plural: str | None


class Fault(StrEnum):
    """What is wrong with one entry of a file, where the others can be taken all the same."""

    CODES = "codes"
    OTHER_SOURCE = "other-source"
    TWICE = "twice"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Entry:
    """A source with its translation: `texts` holds one text, or one a plural form if there is a plural.

    `comment` is from whoever wrote the source, `translator_comment` from translators; `flags` are all but
    fuzzy; `previous` is the source that a fuzzy text was made for, where that is known. `exported` is when
    its file was handed out here, if the file says so, and `says_state` whether it says of a text that it is
    done, or not yet. `handed` is the id of ours that it stands under where its source and context are not
    those of that id: then `fault` says why, should it turn out that they are not even alike.
    """

    context: str | None
    msgid: str
    msgid_plural: str | None = None
    texts: tuple[str, ...] = ("",)
    fuzzy: bool = False
    flags: tuple[str, ...] = ()
    comment: str = ""
    translator_comment: str = ""
    places: tuple[Place, ...] = ()
    previous: Source | None = None
    obsolete: bool = False
    exported: datetime | None = None
    handed: str | None = None
    fault: Fault | None = None
    says_state: bool = field(default=True, compare=False)

    def __post_init__(self) -> None:
        if not self.texts or (self.msgid_plural is None and len(self.texts) > 1):
            raise ValueError(f"{self.msgid!r} has {len(self.texts)} texts")

    @property
    def key(self) -> Key:
        """What makes two entries the same one."""
        return Key(self.context, self.msgid)

    @property
    def id(self) -> str:
        """A name for the source in files, the same in every language and every export."""
        return entry_id(self.context, self.msgid)

    @property
    def is_done(self) -> bool:
        """Whether it holds a translation that may be shown: whole, living, not fuzzy, no form empty."""
        return self.fault is None and not self.obsolete and not self.fuzzy and all(self.texts)

    @property
    def has_text(self) -> bool:
        """Whether somebody wrote anything."""
        return any(self.texts)

    def accepted(self) -> Self:
        """Return it with its text as one for the present source: not fuzzy, no previous source."""
        return replace(self, fuzzy=False, previous=None)

    def source_of(self, form: int) -> str:
        """Return the source that a form is translated from; the only form of a language: the plural."""
        if self.msgid_plural is None or (form == 0 and len(self.texts) > 1):
            return self.msgid
        return self.msgid_plural


def entry_id(context: str | None, msgid: str) -> str:
    """Return 16 hexadecimal digits for a source: SHA-256 of what gettext finds it by, cut short."""
    key = msgid if context is None else f"{context}\x04{msgid}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def entries_of(catalog: polib.POFile) -> tuple[Entry, ...]:
    """Return the catalog's entries, in its order."""
    return tuple(map(from_polib, catalog))


def catalog_of(entries: Iterable[Entry], metadata: dict[str, str]) -> Catalog:
    """Return a catalog of the entries; `metadata` are its header's fields."""
    catalog = Catalog()
    catalog.metadata = dict(metadata)
    catalog.extend(map(to_polib, entries))
    return catalog


def from_polib(entry: polib.POEntry) -> Entry:
    """Return polib's entry as ours. A plural form that is missing below the last one is empty."""
    forms = entry.msgstr_plural
    plural = [forms.get(form, "") for form in range(max(forms, default=0) + 1)]
    before = Source(entry.previous_msgctxt, entry.previous_msgid or "", entry.previous_msgid_plural)
    return Entry(
        context=entry.msgctxt,
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural or None,
        texts=tuple(plural) if entry.msgid_plural else (entry.msgstr,),
        fuzzy=entry.fuzzy,
        flags=tuple(flag for flag in entry.flags if flag != _FUZZY),
        comment=entry.comment,
        translator_comment=entry.tcomment,
        places=tuple(Place(file, int(line) if line else None) for file, line in entry.occurrences),
        previous=None if entry.previous_msgid is None else before,
        obsolete=bool(entry.obsolete),
    )


def to_polib(entry: Entry) -> polib.POEntry:
    """Return our entry as polib's."""
    before = entry.previous
    plural = entry.msgid_plural is not None
    return polib.POEntry(
        msgctxt=entry.context,
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural or "",
        msgstr="" if plural else entry.texts[0],
        msgstr_plural=dict(enumerate(entry.texts)) if plural else {},
        flags=[_FUZZY, *entry.flags] if entry.fuzzy else list(entry.flags),
        comment=entry.comment,
        tcomment=entry.translator_comment,
        occurrences=[(place.file, "" if place.line is None else str(place.line)) for place in entry.places],
        previous_msgctxt=before.context if before else None,
        previous_msgid=before.msgid if before else None,
        previous_msgid_plural=before.msgid_plural if before else None,
        obsolete=entry.obsolete,
    )
