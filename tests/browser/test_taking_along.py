"""Working elsewhere: the list downloaded as a PO file, translated there, brought back, looked at, taken."""

from pathlib import Path

import polib

from tests.browser.desk import LETTERS, LIGHT, THANKS, Desk, sign_in
from tests.browser.visitor import Visitor


def translate(file: Path, desk: Desk) -> None:
    """Do in the file what a program for PO files does; one text lacks its placeholder."""
    entries = polib.pofile(str(file))
    assert entries.metadata["Language"] == desk.into.locale
    thanks, letters, light = (
        next(one for one in entries if one.msgid == text)
        for text in ("Thank you, %(name)s.", "%(count)s letter", "Every signature is a light.")
    )
    assert len(letters.msgstr_plural) == len(desk.words.letters)
    thanks.msgstr, light.msgstr = desk.words.bare_thanks, desk.words.light
    letters.msgstr_plural = dict(enumerate(desk.words.letters))
    for entry in entries:
        if "fuzzy" in entry.flags:
            entry.flags.remove("fuzzy")
    entries.save()


def download(visitor: Visitor, desk: Desk, file: Path) -> None:
    """Find the way from the list to its file, and keep that."""
    page = visitor.page
    visitor.press(visitor.link("Work on these texts in a file"))
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    with page.expect_download() as caught:
        page.get_by_role("link", name="PO", exact=True).click()
    assert caught.value.suggested_filename == f"{desk.domain}.{desk.into.tag}.po"
    caught.value.save_as(file)


def test_texts_are_taken_along_in_a_file_and_brought_back(visit, desk, tmp_path):
    visitor, file = visit(desk.walk()), tmp_path / "texts.po"
    page = visitor.page
    sign_in(visitor, desk.email, desk.path())
    download(visitor, desk, file)
    translate(file, desk)
    page.set_input_files("#file", file)
    page.check("#take_as-submitted")
    assert visitor.press(visitor.button("Look at the file")).status == 200
    taken = page.locator(f"[aria-labelledby=group-taken] p[lang={desk.into.tag}][dir={desk.into.direction}]")
    assert taken.all_inner_texts() == [*desk.words.letters, desk.words.light]
    blocked = page.locator("[aria-labelledby=group-blocked] td")
    assert blocked.nth(1).inner_text() == desk.words.bare_thanks
    assert visitor.says("Placeholders") in blocked.nth(2).inner_text()
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    assert [desk.forms(place) for place in (THANKS, LETTERS, LIGHT)] == [[], [], []]  # only looked at
    assert visitor.press(visitor.button("Take them")).status == 303
    assert page.locator("[role=status]").is_visible()
    assert desk.forms(LETTERS) == [("submitted", desk.words.letters)]
    assert desk.texts(LIGHT) == [("submitted", desk.words.light)]
    assert desk.texts(THANKS) == []
