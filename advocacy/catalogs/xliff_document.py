"""What an XLIFF file of any version says: a domain's entries in one language, each with a state.

What XLIFF has no place for (context, the two sources of a plural, flags, the previous source) goes along as
facts with names of our own, which tools show beside the text and hand back.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from advocacy.catalogs.entries import Entry, Fault, Place, Source
from advocacy.catalogs.errors import CatalogError, CodesError
from advocacy.catalogs.xml_nodes import Node

PREFIX = "x-gettext-"
"""Begins the name of every fact."""

_OURS = re.compile(r"([0-9a-f]{16})(?:\.[0-9]+)?")
_CODE_POINT = re.compile(r"(?:10|0?[0-9A-Fa-f])?[0-9A-Fa-f]{1,4}")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TRANSPARENT = frozenset({"g", "mrk", "sub", "pc", "ph", "bpt", "ept", "it"})
_CODES = frozenset({"g", "x", "bx", "ex", "pc", "sc", "ec", "ph", "bpt", "ept", "it"})
"""Elements by which tools show markup; `mrk` and its like only speak of the text."""

_MARKERS = frozenset({"sm", "em"})


class State(StrEnum):
    """How far a translation is, in the words of XLIFF 1.2."""

    NEEDS_TRANSLATION = "needs-translation"
    NEEDS_REVIEW = "needs-review-translation"
    TRANSLATED = "translated"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Unit:
    """An entry, and its state as the file claims it: whoever reads it decides what the claim is worth."""

    entry: Entry
    state: State


@dataclass(frozen=True, slots=True)
class Document:
    """A file's units; languages are BCP 47 tags. `exported` is when it was handed out, if it says so."""

    domain: str
    source_language: str
    target_language: str
    units: tuple[Unit, ...]
    exported: datetime | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One text of an entry as a file holds it; `state` is None where the file says none.

    `coded` is whether a tool has put codes into it, or into its source.
    """

    id: str
    source: str
    text: str
    state: State | None
    coded: bool = False


def unit_of(entry: Entry, *, final: bool = False) -> Unit:
    """Return the entry with the state that it has; `final` is for an approved text."""
    if not all(entry.texts):
        return Unit(entry, State.NEEDS_TRANSLATION)
    if entry.fuzzy:
        return Unit(entry, State.NEEDS_REVIEW)
    return Unit(entry, State.FINAL if final else State.TRANSLATED)


def forms_of(unit: Unit) -> list[Form]:
    """Return the texts of a unit as a file is to hold them; ids count the plural forms."""
    entry = unit.entry
    written = State.NEEDS_REVIEW if entry.fuzzy else max(unit.state, State.TRANSLATED, key=list(State).index)
    return [
        Form(
            entry.id if entry.msgid_plural is None else f"{entry.id}.{form}",
            entry.source_of(form),
            text,
            written if text else None,  # tools leave a state alone, whatever is filled in
        )
        for form, text in enumerate(entry.texts)
    ]


def labelled(forms: Sequence[Form], labels: Sequence[str]) -> Iterator[tuple[Form, str]]:
    """Yield each form with what says which numbers it is for, or nothing if there are not as many labels."""
    yield from zip(forms, labels if len(labels) == len(forms) else ("",) * len(forms), strict=True)


def facts_of(entry: Entry) -> list[tuple[str, str]]:
    """Return what XLIFF has no place for, by names without PREFIX."""
    before = entry.previous or Source(None, "", None)
    facts: list[tuple[str, str | None]] = [
        ("msgctxt", entry.context),
        ("msgid", None if entry.msgid_plural is None else entry.msgid),
        ("msgid-plural", entry.msgid_plural),
        ("flags", ", ".join(entry.flags) or None),
        ("previous-msgctxt", before.context),
        ("previous-msgid", before.msgid if entry.previous else None),
        ("previous-msgid-plural", before.msgid_plural),
    ]
    return [(name, value) for name, value in facts if value is not None]


@dataclass(frozen=True, slots=True)
class Notes:
    """What a file says about an entry beside its texts."""

    facts: dict[str, str]
    comment: str
    translator_comment: str
    places: tuple[Place, ...]


def unit_from(forms: Sequence[Form], notes: Notes, *, plural_id: str | None = None) -> Unit:
    """Return the unit that a file's texts and notes say; `plural_id` is the id of a plural's group.

    A text that wants a review by its state is fuzzy. One that is still to be translated by its state is not:
    people fill in the text alone, and what was handed out with that state was empty.
    """
    facts = notes.facts
    ids = [form.id for form in forms] + ([] if plural_id is None else [plural_id])
    entry = Entry(
        context=facts.get("msgctxt"),
        msgid=facts.get("msgid", forms[0].source),
        msgid_plural=None if plural_id is None else facts.get("msgid-plural", forms[-1].source),
        texts=tuple(form.text for form in forms),
        fuzzy=any(form.text and form.state is State.NEEDS_REVIEW for form in forms),
        flags=tuple(flag for flag in facts.get("flags", "").split(", ") if flag),
        comment=notes.comment,
        translator_comment=notes.translator_comment,
        places=notes.places,
        previous=_previous(facts),
        says_state=all(form.state not in (None, State.NEEDS_TRANSLATION) for form in forms if form.text),
    )
    ours = {found.group(1) for found in map(_OURS.fullmatch, ids) if found}
    if ours - {entry.id}:
        fault = Fault.CODES if any(form.coded for form in forms) else Fault.OTHER_SOURCE
        entry = replace(entry, handed=(ours - {entry.id}).pop(), fault=fault)
    return unit_of(entry, final=all(form.state is State.FINAL for form in forms))


def _is_known(facts: Mapping[str, str], ids: Sequence[str]) -> bool:
    """Whether a plural's two sources are known, from its facts or by an id of ours."""
    return {"msgid", "msgid-plural"} <= set(facts) or any(map(_OURS.fullmatch, ids))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a version writes units: the name of the element, the attribute that makes a group of them a plural.

    `notes` and `form` read what an element says; both take the file's name for their errors.
    """

    unit: str
    plural: tuple[str, str]
    notes: Callable[[Node, str], Notes]
    form: Callable[[Node, str], Form]


def units_in(node: Node, name: str, dialect: Dialect) -> Iterator[Unit]:
    """Return the units below an element, in order; one that cannot be read says so, and spoils no other."""
    attribute, value = dialect.plural
    for element in node.elements("group", dialect.unit):
        if element.name == "group" and element.attributes.get(attribute) != value:
            yield from units_in(element, name, dialect)
        else:
            yield _read_whole(element, lambda one: _unit(one, name, dialect))


def _unit(element: Node, name: str, dialect: Dialect) -> Unit:
    notes = dialect.notes(element, name)
    if element.name == dialect.unit:
        return unit_from([dialect.form(element, name)], notes)
    forms = [dialect.form(unit, name) for unit in element.elements(dialect.unit)]
    number = element.attributes.get("id", "")
    if not forms or not _is_known(notes.facts, [number, *(form.id for form in forms)]):
        raise CatalogError(name, "a plural without its forms or its sources", element.line)
    return unit_from(forms, notes, plural_id=number)


def _read_whole(element: Node, read: Callable[[Node], Unit]) -> Unit:
    """Return the unit that `read` makes of an element; if it refuses, one that says so, and no more."""
    try:
        return read(element)
    except CatalogError as refused:
        fault = Fault.CODES if isinstance(refused, CodesError) else Fault.UNREADABLE
        sources = [source.all_text for source in element.all_named("source")]
        text = "".join(target.all_text for target in element.all_named("target"))
        msgid = sources[0] if sources else element.attributes.get("id", "")
        return Unit(Entry(None, msgid, texts=(text,), fault=fault), State.NEEDS_REVIEW)


def has_codes(node: Node | None) -> bool:
    """Whether a source or target holds elements that stand for markup."""
    return node is not None and any(inner.name in _CODES or has_codes(inner) for inner in node.elements())


def markup(text: str, name: str) -> str:
    """Return the text for the inside of an element. Raises CatalogError for what XML cannot hold."""
    _demand_xml(text, name)
    return escape(text, {"\r": "&#13;"})


def attribute(text: str, name: str) -> str:
    """Return the text between quotes, for an attribute. Raises CatalogError for what XML cannot hold."""
    _demand_xml(text, name)
    return quoteattr(text)


def text_in(node: Node | None, name: str) -> str:
    """Return the text of a source or target; elements around parts of it are taken off.

    Raises CatalogError for a placeholder element without a text: what it stands for is not in the file.
    """
    if node is None:
        return ""
    return "".join(child if isinstance(child, str) else _inline(child, name) for child in node.children)


def _inline(node: Node, name: str) -> str:
    if node.name in _MARKERS:
        return ""
    if node.name == "cp":  # a character that XML cannot hold (XLIFF 2.1, 4.2.3.1)
        return _code_point(node, name)
    if node.name not in _TRANSPARENT or not node.children:
        raise CodesError(name, f"<{node.name}> stands for a text that is not in the file", node.line)
    return text_in(node, name)


def _code_point(node: Node, name: str) -> str:
    said = node.attributes.get("hex", "")
    number = int(said, 16) if _CODE_POINT.fullmatch(said) else 0
    if number == 0 or 0xD7FF < number < 0xE000:  # noqa: PLR2004  surrogates are no characters
        raise CatalogError(name, "a <cp> without a character", node.line)
    return chr(number)


def _previous(facts: dict[str, str]) -> Source | None:
    if "previous-msgid" not in facts:
        return None
    return Source(facts.get("previous-msgctxt"), facts["previous-msgid"], facts.get("previous-msgid-plural"))


def _demand_xml(text: str, name: str) -> None:
    if wrong := _NOT_XML.search(text):
        raise CatalogError(name, f"XML cannot hold U+{ord(wrong.group()):04X}, in {text[:40]!r}")
