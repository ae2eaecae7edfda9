"""The translations that ship with the software: `translations/<locale>/LC_MESSAGES/<domain>.po`."""

from collections.abc import Iterable
from pathlib import Path

import polib
from babel.messages.plurals import get_plural

from advocacy.catalogs.entries import Entry, entries_of
from advocacy.catalogs.merging import MergeReport, merge
from advocacy.catalogs.po_catalog import Key
from advocacy.catalogs.po_files import WIDTH, compile_mo, read_po, write_po
from advocacy.rules.languages import Language

Catalogs = dict[tuple[str, str], bytes]
"""MO bytes by (domain, locale)."""


def po_path(folder: Path, domain: str, locale: str) -> Path:
    """Return where the catalog of `domain` in `locale` lies under `folder`."""
    return folder / locale / "LC_MESSAGES" / f"{domain}.po"


def compile_baseline(folder: Path) -> Catalogs:
    """Return every shipped catalog, compiled. Raises CatalogError."""
    return {
        (path.stem, path.parents[1].name): compile_mo(read_po(path))
        for path in sorted(folder.glob("*/LC_MESSAGES/*.po"))
    }


def shipped_entries(folder: Path, domain: str, languages: Iterable[Language]) -> dict[str, dict[Key, Entry]]:
    """Return the finished entries that ship for `domain`, by language tag and key. Raises CatalogError."""
    paths = {language.tag: po_path(folder, domain, language.locale) for language in languages}
    return {
        tag: {entry.key: entry for entry in entries_of(read_po(path)) if entry.is_done}
        for tag, path in paths.items()
        if path.exists()
    }


def update_baseline(
    folder: Path, domain: str, template: polib.POFile, languages: Iterable[Language]
) -> dict[str, MergeReport]:
    """Write the template and merge it into each language's catalog; return what changed, by locale."""
    write_po(template, folder / f"{domain}.pot")
    reports = {}
    for language in languages:
        path = po_path(folder, domain, language.locale)
        catalog = read_po(path) if path.exists() else new_catalog(template, language)
        reports[language.locale] = merge(catalog, template)
        write_po(catalog, path)
    return reports


def new_catalog(template: polib.POFile, language: Language) -> polib.POFile:
    """Return an empty catalog in a language, with a header that names nobody."""
    plural = get_plural(language.locale)
    catalog = polib.POFile(wrapwidth=WIDTH)
    catalog.metadata = {
        **template.metadata,
        # What msgfmt -c asks for; people's names and addresses do not belong in a file.
        "PO-Revision-Date": "2026-11-24 00:00+0000",
        "Last-Translator": "volunteers",
        "Language-Team": language.endonym,
        "Language": language.locale,
        "Plural-Forms": f"nplurals={plural.num_plurals}; plural={plural.plural_expr};",
    }
    return catalog
