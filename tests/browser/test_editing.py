"""What the editor shows of a text, its source and its past, and the fields for its plural forms."""

import re

from playwright.sync_api import expect

from advocacy.actions.sync_messages import Source
from advocacy.models import GlossaryTerm
from advocacy.rules.review import Decision
from tests.browser.desk import LETTERS, LIGHT, SOURCES, Desk, go_by, sign_in
from tests.browser.visitor import Visitor

LANTERN = {"ko": "등불", "ar": "فانوس"}
LIT = {
    "ko": ("<em>%(name)s</em> 님께 등불을 켭니다.", "모든 이름에 등불을 켭니다."),
    "ar": ("أشعل فانوسًا من أجل <em>%(name)s</em>.", "أشعل فانوسًا من أجل كل اسم."),
}
NOTE = "A light that is carried."
FORMS = {
    "ko": [],
    "ar": [
        ("zero", ["0"]),
        ("one", ["1"]),
        ("two", ["2"]),
        ("few", ["3", "4", "5"]),
        ("other", ["100", "101", "102"]),
        ("many", ["11", "12", "13"]),
    ],
}
"""What each form is called, and numbers that it is for; a single one needs neither."""
PLACEHOLDER = "Placeholder: something else is put in its place. It has to stay as it is."
TAGS = (
    "Tags: they stand around the words that are marked in the source. What is selected is put between them."
)


def know_lanterns(desk: Desk) -> None:
    """Have the glossary call them something in both languages, and two texts speak of them."""
    sources = ["Light a lantern for <em>%(name)s</em>.", "Light a lantern for every name."]
    flags = ("python-format",), ()
    desk.take_in(*SOURCES, *(Source(None, text, None, of) for text, of in zip(sources, flags, strict=True)))
    with desk.writing() as session:
        if not session.query(GlossaryTerm).filter_by(source="lantern").count():
            targets = {tag: [word] for tag, word in LANTERN.items()}
            session.add(GlossaryTerm(source="lantern", targets=targets, note=NOTE))


def read_about_it(visitor: Visitor, desk: Desk) -> None:
    """See what has to stay and what a word is called, in the source and on the buttons."""
    page, tag = visitor.page, desk.into.tag
    kept = page.locator("#source-text .ph[dir=ltr]")
    assert kept.all_inner_texts() == ["<em>", "%(name)s", "</em>"]
    term = page.locator("#source-text ruby.term rt")
    assert (term.inner_text(), term.get_attribute("lang")) == (LANTERN[tag], tag)
    assert LANTERN[tag] in page.locator("[aria-labelledby=terms] li").inner_text()
    said = page.locator("[data-insert-help]")
    for before, sentence in (("%(name)s", PLACEHOLDER), ("<em>", TAGS), (LANTERN[tag], NOTE)):
        button = page.locator(f"[data-insert='{before}']")
        button.focus()
        expect(said).to_contain_text(sentence if sentence == NOTE else visitor.says(sentence))
        described = page.locator(f"#{button.get_attribute('aria-describedby')}")
        assert described.text_content().split() == said.text_content().split()


def begin_from_what_is_alike(visitor: Visitor, alike: str, typed: str) -> None:
    """Take a text alike into the field, and what stood there is set aside."""
    page = visitor.page
    page.fill("#text", typed)
    remembered = page.locator("[aria-labelledby=alike] li").filter(has_text=alike)
    assert "%" in remembered.locator(".tag").inner_text()
    visitor.press(remembered.locator("button").first)
    assert page.input_value("#text") == alike
    assert page.locator("#editor .note .pre").all_inner_texts()[-1] == typed


def test_the_source_is_explained_and_texts_alike_are_there_to_start_from(visit, desk):
    know_lanterns(desk)
    text, alike = LIT[desk.into.tag]
    place = len(SOURCES)
    desk.judge(place + 1, alike, Decision.APPROVE)
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(place))
    read_about_it(visitor, desk)
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    begin_from_what_is_alike(visitor, alike, desk.words.unfinished)
    assert visitor.barriers() == []
    start, end = text.split("<em>%(name)s</em>")
    page.fill("#text", start + end)
    page.evaluate("at => document.querySelector('#text').setSelectionRange(at, at)", len(start))
    page.locator("[data-insert='<em>']").click()
    page.locator("[data-insert='%(name)s']").click()
    assert page.input_value("#text") == text
    go_by(page, "Control+Enter")
    assert desk.texts(place) == [("submitted", text)]


def test_a_changed_source_is_compared_and_the_past_gives_its_reasons(visit, desk):
    words = desk.words
    desk.judge(LIGHT, words.other_light, Decision.CHANGES, words.reason)
    desk.judge(LIGHT, words.light, Decision.APPROVE)
    desk.take_in(*SOURCES[:LIGHT], Source("end", "Every signature is a small light."))
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, f"{desk.path(LIGHT)}?status=outdated")
    change = page.locator(".note.is-warn p[lang=en]")
    assert change.locator("ins").all_inner_texts() == ["small "]
    assert change.locator("del").count() == 0
    past = page.locator("[aria-labelledby=history] > ol > li")
    assert past.count() == 2
    in_language = f"p.pre[lang={desk.into.tag}][dir={desk.into.direction}]"
    assert past.nth(0).locator(in_language).locator("ins, del").count() > 0
    assert past.nth(0).locator("blockquote").count() == 0
    assert past.nth(1).locator("blockquote").inner_text() == words.reason
    decided = [one.locator("p.row .tag").inner_text() for one in past.all()]
    assert decided == [visitor.says("Approved"), visitor.says("Replaced by a newer text")]
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()


def see_a_field_for_each_form(visitor: Visitor, desk: Desk) -> None:
    page, forms = visitor.page, FORMS[desk.into.tag]
    described = f"[lang={desk.into.tag}][dir={desk.into.direction}][spellcheck=true]"
    fields = page.locator(f"textarea[name^=text_]{described}")
    assert fields.count() == max(len(forms), 1)
    for field in fields.all():
        box = field.bounding_box()
        assert (box["width"] > 200, box["x"] >= 0, box["x"] + box["width"] <= 360) == (True, True, True)
    assert page.locator(".forms label + code").all_inner_texts() == [name for name, _numbers in forms]
    labels = page.locator(".forms label[for^=text_]").all_inner_texts()
    for label, (_name, numbers) in zip(labels, forms, strict=False):
        assert re.findall(r"\d+", label)[: len(numbers)] == numbers


def test_each_plural_form_has_a_field_with_its_numbers(visit, desk):
    visitor, letters = visit(desk.walk(360)), desk.words.letters
    page, last = visitor.page, f"#text_{len(letters) - 1}"
    sign_in(visitor, desk.email, desk.path(LETTERS))
    sources = page.locator("#source-text dd[dir=ltr]")
    assert sources.all_inner_texts() == ["%(count)s letter", "%(count)s letters"]
    see_a_field_for_each_form(visitor, desk)
    for index, text in enumerate(letters[:-1]):
        page.fill(f"#text_{index}", text)
    assert visitor.press(page.locator("button[value=submit]")).status == 422
    assert visitor.barriers() == []
    assert [page.input_value(f"#text_{index}") for index in range(len(letters))] == [*letters[:-1], ""]
    page.focus("#comment")
    page.keyboard.press("Alt+1")  # that is no field of the text
    assert (page.input_value(last), page.input_value("#comment")) == ("", "")
    page.focus(last)
    page.keyboard.press("Alt+1")
    assert page.input_value(last) == "%(count)s"
    page.fill(last, letters[-1])
    page.focus(last)
    go_by(page, "Control+Enter")
    assert desk.forms(LETTERS) == [("submitted", letters)]


def test_the_past_names_each_form_and_turns_no_placeholder_round(visit, desk):
    letters = desk.words.letters
    desk.write(LETTERS, *letters)
    visitor = visit(desk.walk(360))
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(LETTERS))
    past = page.locator("[aria-labelledby=history]")
    assert past.locator("p.pre").all_inner_texts() == list(letters)
    assert past.locator("p.pre + p.small").count() == max(
        len(letters) - 1, 0
    )  # each says which numbers it is for
    kept = past.locator("bdi[dir=ltr]").all_inner_texts()
    assert kept == ["%(count)s"] * (3 if desk.into.direction == "rtl" else 0)
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()


def test_all_forms_of_a_text_alike_are_there_to_start_from(visit, desk):
    letters = desk.words.letters
    alike = Source(None, "%(count)s letters", "%(count)s more letters", ("python-format",))
    desk.take_in(*SOURCES, alike)
    desk.judge(LETTERS, letters, Decision.APPROVE)
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, desk.path(len(SOURCES)))
    offered = page.locator("[aria-labelledby=alike] li").first
    assert offered.locator(f"p[lang={desk.into.tag}]").inner_text() == letters[-1]
    assert visitor.barriers() == []
    visitor.press(offered.locator("button"))
    names = [f"#text_{index}" for index in range(len(letters))]
    assert [page.input_value(name) for name in names] == list(letters)
