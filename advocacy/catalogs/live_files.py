"""Writing what is live back to `translations/`, so that it ships with the next version of the software."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polib

from advocacy.catalogs.baseline import new_catalog, po_path
from advocacy.catalogs.entries import Entry, to_polib
from advocacy.catalogs.po_catalog import Catalog
from advocacy.catalogs.po_files import Key, clear_fuzzy, key_of, read_po, write_po
from advocacy.catalogs.templates import new_template
from advocacy.rules.languages import Language


def write_live(folder: Path, domain: str, language: Language, live: Sequence[Entry]) -> bool:
    """Make a catalog of `folder` say what is live; returns whether the file changed.

    Its header, order and comments stay, and so do messages that live does not know: those of newer
    software. A message that live shows in its source has no translation afterwards. Raises CatalogError.
    """
    path = po_path(folder, domain, language.locale)
    catalog = read_po(path) if path.exists() else new_catalog(new_template(), language)
    _take(catalog, live)
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_po(catalog, path)


def _take(catalog: Catalog | polib.POFile, live: Sequence[Entry]) -> None:
    living = {key_of(entry): entry for entry in catalog if not entry.obsolete}
    known = {wanted.key for wanted in live}
    shelved = [entry for entry in catalog if entry.obsolete and key_of(entry) not in known]
    retired = _retired(living, live)
    placed: list[polib.POEntry] = [entry for key, entry in living.items() if key not in retired]
    at = 0
    for wanted in live:
        entry = living.get(wanted.key)
        if entry is None:
            entry = to_polib(wanted)
            placed.insert(at, entry)
        else:
            _say(entry, wanted)
        at = next(place for place, one in enumerate(placed) if one is entry) + 1
    for entry in retired.values():
        entry.obsolete, entry.occurrences, entry.comment = True, [], ""
    worth = [entry for entry in retired.values() if any((entry.msgstr, *entry.msgstr_plural.values()))]
    catalog[:] = [*placed, *worth, *shelved]


def _retired(living: dict[Key, polib.POEntry], live: Iterable[Entry]) -> dict[Key, polib.POEntry]:
    """Return the entries of blocks whose source is another by now."""
    keys = {entry.key for entry in live}
    contexts = {entry.context for entry in live if entry.context is not None}
    return {key: entry for key, entry in living.items() if key not in keys and entry.msgctxt in contexts}


def _say(entry: polib.POEntry, wanted: Entry) -> None:
    texts = dict(enumerate(wanted.texts))
    if wanted.msgid_plural is None:
        same = entry.msgstr == wanted.texts[0]
        entry.msgstr = wanted.texts[0]
    else:
        same = all(entry.msgstr_plural.get(form, "") == text for form, text in texts.items())
        if not same:
            entry.msgstr_plural = {
                form: texts.get(form, "") for form in sorted({*texts, *entry.msgstr_plural})
            }
    if entry.fuzzy and (not same or wanted.is_done):
        clear_fuzzy(entry)
