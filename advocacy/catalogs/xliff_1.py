"""XLIFF 1.2 (OASIS Standard, 1 February 2008), with the names that its guide for gettext gives.

A message is a trans-unit; one with a plural is a group (restype `x-gettext-plurals`) of a trans-unit a form.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

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

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_PLURALS = "x-gettext-plurals"
_EXPORTED = "exported"
_STATES = {
    "new": State.NEEDS_TRANSLATION,
    "needs-translation": State.NEEDS_TRANSLATION,
    "translated": State.TRANSLATED,
    "signed-off": State.FINAL,
    "final": State.FINAL,
}


def lines_of(document: Document, labels: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of the file; `labels` are those of the plural forms.

    Raises CatalogError for what XML cannot hold.
    """
    name = document.domain
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<xliff version="1.2" xmlns="{NAMESPACE}">'
    yield (
        f'<file original={attribute(name, name)} datatype="x-gettext"'
        f" source-language={attribute(document.source_language, name)}"
        f" target-language={attribute(document.target_language, name)}>"
    )
    if document.exported:
        yield f'<header><note from="{_EXPORTED}">{moment_said(document.exported)}</note></header>'
    yield "<body>"
    for unit in document.units:
        if unit.entry.msgid_plural is None:
            yield from _trans_unit(forms_of(unit)[0], [*_contexts(unit.entry, name)], name)
        else:
            yield f'<group id="{unit.entry.id}" restype="{_PLURALS}">'
            yield from _contexts(unit.entry, name)
            for form, label in labelled(forms_of(unit), labels):
                note = [f'<note from="form">{markup(label, name)}</note>'] if label else []
                yield from _trans_unit(form, note, name)
            yield "</group>"
    yield "</body>"
    yield "</file>"
    yield "</xliff>"


def read(root: Node, name: str) -> Document:
    """Return what the file says. Raises CatalogError with the line."""
    files = root.elements("file")
    if len(files) != 1:
        raise CatalogError(name, f"holds {len(files)} <file> elements, not one", root.line)
    said = files[0].attributes
    body = files[0].first("body")
    return Document(
        domain=said.get("original", ""),
        source_language=said.get("source-language", ""),
        target_language=said.get("target-language", ""),
        units=tuple(units_in(body, name, _DIALECT)) if body else (),
        exported=_exported(files[0].first("header")),
    )


def _exported(header: Node | None) -> datetime | None:
    notes = header.elements("note") if header else []
    said = (note.text for note in notes if note.attributes.get("from") == _EXPORTED)
    return moment_in(next(said, ""))


def _trans_unit(form: Form, contexts: list[str], name: str) -> Iterator[str]:
    approved = ' approved="yes"' if form.state is State.FINAL else ""
    yield f'<trans-unit id="{form.id}" xml:space="preserve"{approved}>'
    yield f"<source>{markup(form.source, name)}</source>"
    state = f' state="{form.state}"' if form.state else ""
    yield f"<target{state}>{markup(form.text, name)}</target>"
    yield from contexts
    yield "</trans-unit>"


def _contexts(entry: Entry, name: str) -> Iterator[str]:
    if facts := facts_of(entry):
        yield '<context-group name="message" purpose="information">'
        for fact, value in facts:
            yield f'<context context-type="{PREFIX}{fact}">{markup(value, name)}</context>'
        yield "</context-group>"
    for place in entry.places:
        line = f'<context context-type="linenumber">{place.line}</context>' if place.line is not None else ""
        file = f'<context context-type="sourcefile">{markup(place.file, name)}</context>'
        yield f'<context-group name="place" purpose="location">{file}{line}</context-group>'
    for writer, comment in (("developer", entry.comment), ("translator", entry.translator_comment)):
        if comment:
            yield f'<note from="{writer}">{markup(comment, name)}</note>'


def _form(unit: Node, name: str) -> Form:
    source, target = unit.first("source"), unit.first("target")
    if source is None:
        raise CatalogError(name, "a <trans-unit> without a <source>", unit.line)
    state: State | None = None
    if target and "state" in target.attributes:
        state = _STATES.get(target.attributes["state"], State.NEEDS_REVIEW)
    if unit.attributes.get("approved") == "yes":
        state = State.FINAL
    return Form(
        unit.attributes.get("id", ""),
        text_in(source, name),
        text_in(target, name),
        state,
        coded=has_codes(source) or has_codes(target),
    )


def _notes(node: Node, name: str) -> Notes:
    facts: dict[str, str] = {}
    places = []
    for group in node.elements("context-group"):
        said = {context.attributes.get("context-type", ""): context.text for context in group.elements()}
        facts |= {key.removeprefix(PREFIX): text for key, text in said.items() if key.startswith(PREFIX)}
        if "sourcefile" in said:
            places.append(_place(said, name, group.line))
    notes = {note.attributes.get("from", "translator"): note.text for note in node.elements("note")}
    return Notes(facts, notes.get("developer", ""), notes.get("translator", ""), tuple(places))


def _place(said: dict[str, str], name: str, line: int) -> Place:
    number = said.get("linenumber", "")
    if number and not (number.isascii() and number.isdigit() and len(number) < 10):  # noqa: PLR2004
        raise CatalogError(name, f"{number[:20]!r} is not the number of a line", line)
    return Place(said["sourcefile"], int(number) if number else None)


_DIALECT = Dialect("trans-unit", ("restype", _PLURALS), _notes, _form)
