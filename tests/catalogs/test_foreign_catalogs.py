"""Catalogs that nobody here wrote, of every installed package that has any: read, written, compiled."""

import gettext
from importlib.metadata import distributions
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pytest

from advocacy.catalogs.entries import catalog_of, entries_of, to_polib
from advocacy.catalogs.po_files import CatalogError, compile_mo, finished, read_po, write_po
from tests.catalogs.gettext_tools import accepted, canonical, run

OURS = "advocacy"
FREE_FIELDS = {"pot-creation-date", "content-type"}
"""Header fields of MO files that may differ: msgfmt drops the one, and leaves an ASCII catalog ASCII."""


def language_of(file):
    return file.parents[1].name  # ar/LC_MESSAGES/django.po


def foreign_files():
    others = [distribution for distribution in distributions() if distribution.name != OURS]
    found = {file.locate() for other in others for file in other.files or () if file.suffix == ".po"}
    return sorted(map(Path, found), key=lambda file: (language_of(file), file))


MANY_FORMS = {"ar": 6, "cy": 4, "ga": 5, "sl": 4}
FILES = {language: list(files) for language, files in groupby(foreign_files(), language_of)}

of_every_language = pytest.mark.parametrize("language", FILES)


def test_there_are_many_of_every_kind():
    assert len({language.split("_")[0] for language in FILES}) > 80
    assert sum(map(len, FILES.values())) > 1000
    arabic = [entry for file in FILES["ar"] for entry in entries_of(read_po(file))]
    for field in ("context", "msgid_plural", "fuzzy", "flags", "comment", "places", "obsolete"):
        assert any(getattr(entry, field) for entry in arabic), field


@pytest.mark.parametrize(("language", "forms"), MANY_FORMS.items())
def test_a_language_of_many_plural_forms_is_among_them(language, forms):
    counts = [len(entry.texts) for file in FILES[language] for entry in entries_of(read_po(file))]
    assert max(counts) == forms


@of_every_language
def test_in_and_out_they_mean_the_same(tmp_path, language):
    for file in FILES[language]:
        assert_out_as_in(file, tmp_path / file.name)


@pytest.mark.parametrize("language", MANY_FORMS)
def test_so_they_do_once_their_sources_have_changed_or_gone(tmp_path, language):
    before, changed, gone = (tmp_path / name for name in ("before.po", "changed.pot", "gone.pot"))
    catalog = read_po(max(FILES[language], key=lambda file: file.read_bytes().count(b"msgid_plural")))
    write_po(catalog, before)
    write_po(catalog_of([], catalog.metadata), gone)
    for entry in catalog:
        entry.msgid += "!"
    write_po(catalog, changed)
    fuzzy, retired = tmp_path / "fuzzy.po", tmp_path / "retired.po"
    for file, template, merged in ((before, changed, fuzzy), (fuzzy, gone, retired)):
        done = run("msgmerge", "--previous", "--quiet", "--force-po", "-o", merged, file, template)
        assert done.returncode == 0, done.stderr
        assert any(entry.previous and entry.previous.msgid_plural for entry in entries_of(read_po(merged)))
        assert_out_as_in(merged, tmp_path / "again.po")


def assert_out_as_in(file, copy):
    catalog = read_po(file)
    entries = entries_of(catalog)
    catalog[:] = map(to_polib, entries)
    write_po(catalog, copy)
    assert meaning(copy) == meaning(file), file
    # msgcat drops obsolete entries without a text.
    assert set(entries_of(read_po(copy))) == set(entries), file


def meaning(file):
    """All that a file says, by msgcat; the order of header fields, and space after them, say nothing."""
    head, _, entries = canonical(file).partition("\n\n")
    lines = head.removeprefix("#\n").replace(": \\n", ":\\n").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    return comments, sorted(set(lines) - set(comments)), entries


@of_every_language
def test_our_mo_says_what_msgfmt_s_says(tmp_path, language):
    for file in FILES[language]:
        catalog, theirs = read_po(file), tmp_path / "theirs.mo"
        done = run("msgfmt", "-o", theirs, file)
        assert done.returncode == 0, done.stderr
        fields, texts = said(theirs.read_bytes())
        # msgfmt serves a plural of which some forms are empty; we do not.
        names = {key.msgid if key.context is None else "\4".join(key) for key in finished(catalog)}
        ready = {(name, form): text for (name, form), text in texts.items() if name in names}
        assert said(compile_mo(catalog)) == (fields, ready), file


def said(mo):
    """The header fields of an MO file, and its texts by name and plural form."""
    catalog = gettext.GNUTranslations(BytesIO(mo))
    fields = {field: value for field, value in catalog.info().items() if field not in FREE_FIELDS}
    texts = {key if isinstance(key, tuple) else (key, None): text for key, text in catalog._catalog.items()}
    del texts["", None]
    return fields, texts


@of_every_language
def test_damaged_they_are_refused_as_gettext_refuses_them(tmp_path, language):
    content = max((file.read_bytes() for file in FILES[language]), key=len)
    lines = content.splitlines(keepends=True)
    cut = [b"".join(lines[:-count]) for count in range(1, 9)]
    file = tmp_path / "damaged.po"
    for damaged in (content * 2, content[: len(content) // 2], *cut):
        file.write_bytes(damaged)
        assert refused(file) is not accepted(file), damaged[-500:]


def refused(file):
    try:
        read_po(file)
    except CatalogError:
        return True
    return False
