"""Working elsewhere: the list downloaded as a file, translated there, brought back, looked at, taken."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import polib
import pytest
from playwright.sync_api import Locator

from advocacy.actions.sync_messages import Source
from tests.browser.desk import LETTERS, LIGHT, SOURCES, THANKS, Desk, sign_in
from tests.browser.visitor import Visitor

WRITTEN = Source(None, "Every letter is a star.")
"""Has a text before the list is taken along, so that it is none of the untranslated ones."""

Texts = dict[str, Iterator[str]]


def texts_for(desk: Desk) -> Texts:
    """What is written for each source, form by form; one text lacks its placeholder."""
    words, letters = desk.words, iter(desk.words.letters)
    return {
        SOURCES[THANKS].msgid: iter([words.bare_thanks]),
        SOURCES[LETTERS].msgid: letters,
        SOURCES[LETTERS].msgid_plural: letters,
        SOURCES[LIGHT].msgid: iter([words.light]),
    }


def write_in_po(file: Path, desk: Desk, texts: Texts) -> None:
    entries = polib.pofile(str(file))
    assert entries.metadata["Language"] == desk.into.locale
    for entry in entries:
        if entry.msgid_plural:
            entry.msgstr_plural = {form: next(texts[entry.msgid]) for form in sorted(entry.msgstr_plural)}
        else:
            entry.msgstr = next(texts[entry.msgid])
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entries.save()


def write_in_xliff(file: Path, desk: Desk, texts: Texts) -> None:
    tree = ET.parse(file)
    assert tree.find("{*}file").get("target-language") == desk.into.tag
    for unit in tree.iterfind(".//{*}trans-unit"):
        target = unit.find("{*}target")
        target.text = next(texts[unit.find("{*}source").text])
        target.set("state", "translated")
    tree.write(file, encoding="utf-8", xml_declaration=True)


def write_in_csv(file: Path, _desk: Desk, texts: Texts) -> None:
    """Save it as a spreadsheet does where a comma stands in numbers."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows({**row, "text": next(texts[row["source"]])} for row in rows)


FORMATS: dict[str, tuple[str, Callable[[Path, Desk, Texts], None]]] = {
    "PO": ("po", write_in_po),
    "XLIFF 1.2": ("xlf", write_in_xliff),
    "CSV": ("csv", write_in_csv),
}
"""How a file's name ends, and what a program for such files does."""


def take_along(visitor: Visitor, desk: Desk, kind: str, folder: Path) -> Path:
    """Find the way from the untranslated texts to their file, keep that, and translate in it."""
    ending, write = FORMATS[kind]
    sign_in(visitor, desk.email, f"{desk.path()}?status=untranslated")
    visitor.press(visitor.link("Work on these texts in a file"))
    assert visitor.link("Show everything").is_visible()  # it holds what the list shows
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    with visitor.page.expect_download() as caught:
        visitor.page.get_by_role("link", name=kind, exact=True).click()
    name = f"{desk.domain}.{desk.into.tag}.{ending}"
    assert caught.value.suggested_filename == name
    caught.value.save_as(folder / name)
    texts = texts_for(desk)
    write(folder / name, desk, texts)
    assert [list(left) for left in texts.values()] == [[], [], [], []]  # there was a place for every form
    return folder / name


def shown(visitor: Visitor, desk: Desk, outcome: str) -> Locator:
    """The texts that come to this, each followed by the one that stands there."""
    spoken = f"[lang={desk.into.tag}][dir={desk.into.direction}]"
    return visitor.page.locator(f"[aria-labelledby=group-{outcome}] p{spoken}")


def bring_back(visitor: Visitor, desk: Desk, kind: str, folder: Path) -> None:
    """Take the list along, and look at what its file brings when somebody has written a text meanwhile."""
    desk.take_in(*SOURCES, WRITTEN)
    desk.somebody_writes(len(SOURCES), desk.words.other_light)
    file, words = take_along(visitor, desk, kind, folder), desk.words
    desk.somebody_writes(LIGHT, words.other_light)
    visitor.page.set_input_files("#file", file)
    visitor.page.check("#take_as-submitted")
    assert visitor.press(visitor.button("Look at the file")).status == 200
    assert shown(visitor, desk, "taken").all_inner_texts() == [*words.letters]
    assert shown(visitor, desk, "newer").all_inner_texts() == [words.light, words.other_light]
    assert shown(visitor, desk, "blocked").all_inner_texts() == [words.bare_thanks]
    assert visitor.sees("Placeholders")
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()


@pytest.mark.parametrize("kind", ["PO", "XLIFF 1.2"])
def test_texts_are_taken_along_in_a_file_and_brought_back(visit, desk, tmp_path, kind):
    visitor = visit(desk.walk())
    bring_back(visitor, desk, kind, tmp_path)
    assert [desk.forms(place) for place in (THANKS, LETTERS)] == [[], []]  # only looked at
    assert visitor.press(visitor.button("Take them")).status == 303
    assert visitor.page.locator("[role=status]").is_visible()
    assert desk.forms(LETTERS) == [("submitted", desk.words.letters)]
    assert desk.texts(LIGHT) == [("submitted", desk.words.other_light)]
    assert desk.texts(THANKS) == []


def test_a_text_is_taken_beside_somebody_elses_once_she_has_seen_both(visit, desk, tmp_path):
    visitor, words = visit(desk.walk()), desk.words
    bring_back(visitor, desk, "CSV", tmp_path)
    assert visitor.press(visitor.button("Take mine also where another text stands")).status == 200
    assert shown(visitor, desk, "taken").all_inner_texts() == [*words.letters, words.light, words.other_light]
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    assert visitor.press(visitor.button("Take them")).status == 303
    assert desk.forms(LETTERS) == [("submitted", words.letters)]
    assert desk.texts(LIGHT) == [("submitted", words.light), ("submitted", words.other_light)]
    assert desk.texts(THANKS) == []
