"""XLIFF 2.1 (OASIS Standard, 13 February 2018), and reading of any 2.x.

A message is a unit; one with a plural is a group (type `gettext:plural`) of a unit a form. What is known
beside the texts stands in notes, whose categories name it.
"""

from collections.abc import Iterator, Sequence

from advocacy.catalogs.entries import Entry, Place
from advocacy.catalogs.errors import CatalogError
from advocacy.catalogs.moments import moment_in, moment_said
from advocacy.catalogs.xliff_document import (
    PREFIX,
    Dialect,
    Document,
    Form,
    Notes,
    State,
    attribute,
    facts_of,
    forms_of,
    has_codes,
    labelled,
    markup,
    text_in,
    units_in,
)
from advocacy.catalogs.xml_nodes import Node

NAMESPACE = "urn:oasis:names:tc:xliff:document:2."
"""Begins the namespace of every 2.x; 2.1 kept that of 2.0."""

_PLURAL = "gettext:plural"
_EXPORTED = "exported"
_FUZZY = "gettext:fuzzy"
_WRITTEN = {
    State.NEEDS_TRANSLATION: 'state="initial"',
    State.NEEDS_REVIEW: f'state="initial" subState="{_FUZZY}"',
    State.TRANSLATED: 'state="translated"',
    State.FINAL: 'state="final"',
}
_READ = {
    "initial": State.NEEDS_TRANSLATION,
    "translated": State.TRANSLATED,
    "reviewed": State.TRANSLATED,
    "final": State.FINAL,
}


def lines_of(document: Document, labels: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of the file; `labels` are those of the plural forms.

    Raises CatalogError for what XML cannot hold.
    """
    name = document.domain
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<xliff version="2.1" xmlns="{NAMESPACE}0"'
        f" srcLang={attribute(document.source_language, name)}"
        f" trgLang={attribute(document.target_language, name)}>"
    )
    yield f'<file id="domain" original={attribute(name, name)}>'
    if document.exported:
        said = moment_said(document.exported)
        yield f'<notes><note category="{_EXPORTED}">{said}</note></notes>'
    for unit in document.units:
        if unit.entry.msgid_plural is None:
            yield from _unit(forms_of(unit)[0], [*_notes(unit.entry, name)], name)
        else:
            yield f'<group id="{unit.entry.id}" type="{_PLURAL}">'
            yield from _notes(unit.entry, name)
            for form, label in labelled(forms_of(unit), labels):
                note = [f'<notes><note category="form">{markup(label, name)}</note></notes>'] if label else []
                yield from _unit(form, note, name)
            yield "</group>"
    yield "</file>"
    yield "</xliff>"


def read(root: Node, name: str) -> Document:
    """Return what the file says. Raises CatalogError with the line."""
    files = root.elements("file")
    if len(files) != 1:
        raise CatalogError(name, f"holds {len(files)} <file> elements, not one", root.line)
    return Document(
        domain=files[0].attributes.get("original", ""),
        source_language=root.attributes.get("srcLang", ""),
        target_language=root.attributes.get("trgLang", ""),
        units=tuple(units_in(files[0], name, _DIALECT)),
        exported=moment_in(dict(_said(files[0])).get(_EXPORTED, "")),
    )


def _unit(form: Form, notes: list[str], name: str) -> Iterator[str]:
    yield f'<unit id="{form.id}">'
    yield from notes
    yield f"<segment {_WRITTEN[form.state]}>" if form.state else "<segment>"
    yield f'<source xml:space="preserve">{markup(form.source, name)}</source>'
    yield f'<target xml:space="preserve">{markup(form.text, name)}</target>'
    yield "</segment>"
    yield "</unit>"


def _notes(entry: Entry, name: str) -> Iterator[str]:
    said = [(f"{PREFIX}{fact}", value) for fact, value in facts_of(entry)]
    # The colon stands always, so that a file name may end in one and digits.
    said += [("place", f"{place.file}:{'' if place.line is None else place.line}") for place in entry.places]
    said += [("developer", entry.comment)] if entry.comment else []
    said += [("translator", entry.translator_comment)] if entry.translator_comment else []
    if said:
        yield "<notes>"
        for category, text in said:
            yield f'<note category="{category}">{markup(text, name)}</note>'
        yield "</notes>"


def _form(unit: Node, name: str) -> Form:
    """Return a unit's text: its segments, and what stands between them, joined."""
    parts = unit.elements("segment", "ignorable")
    if not parts or any(part.first("source") is None for part in parts):
        raise CatalogError(name, "a <unit> without a <source>", unit.line)
    translated = any(part.first("target") for part in parts)
    source = "".join(text_in(part.first("source"), name) for part in parts)
    text = "".join(text_in(part.first("target") or _between(part), name) for part in parts)
    return Form(
        unit.attributes.get("id", ""),
        source,
        text if translated else "",
        _state(parts, name),
        coded=any(has_codes(part.first("source")) or has_codes(part.first("target")) for part in parts),
    )


def _between(part: Node) -> Node | None:
    """Return what stands in the translation for a part without a target: between segments, the source."""
    return part.first("source") if part.name == "ignorable" else None


def _state(parts: list[Node], name: str) -> State | None:
    """Return the least state of the segments, or None if none says one."""
    states = []
    for part in parts:
        if said := part.attributes.get("state"):
            if said not in _READ:
                raise CatalogError(name, f"{said[:20]!r} is not a state", part.line)
            fuzzy = part.attributes.get("subState") == _FUZZY
            states.append(State.NEEDS_REVIEW if fuzzy else _READ[said])
    return min(states, key=list(State).index, default=None)


def _said(node: Node) -> list[tuple[str, str]]:
    """Return the notes of a node, each with its category."""
    notes = node.first("notes")
    return (
        [(note.attributes.get("category", ""), note.text) for note in notes.elements("note")] if notes else []
    )


def _read_notes(node: Node, name: str) -> Notes:
    said = _said(node)
    texts = dict(said)
    facts = {key.removeprefix(PREFIX): text for key, text in said if key.startswith(PREFIX)}
    places = tuple(_place(text, name, node.line) for key, text in said if key == "place")
    return Notes(facts, texts.get("developer", ""), texts.get("translator", texts.get("", "")), places)


def _place(text: str, name: str, line: int) -> Place:
    file, _, number = text.rpartition(":")
    if number and not (number.isascii() and number.isdigit() and len(number) < 10):  # noqa: PLR2004
        raise CatalogError(name, f"{number[:20]!r} is not the number of a line", line)
    return Place(file, int(number) if number else None)


_DIALECT = Dialect("unit", ("type", _PLURAL), _read_notes, _form)
