"""A translation beside its source: what a reviewer sees who does not read the language."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.rules.checks import GlossaryTerm, run_checks
from advocacy.rules.checks.plurals import forms_of
from advocacy.rules.comparison import Aspect, Line, compare
from tests.rules.checks.running import entry
from tests.rules.checks.test_laws import clean

TERMS = (GlossaryTerm("North Korea", "북한"), GlossaryTerm("refugee", "난민", ("망명자",)))
CHECKS = {
    Aspect.NUMBER: {"numbers", "must_match_numbers"},
    Aspect.ADDRESS: {"url", "email"},
    Aspect.PLACEHOLDER: {"placeholders"},
    Aspect.TAG: {"tags"},
    Aspect.TERM: {"glossary"},
    Aspect.LENGTH: {"length"},
}
LANGUAGES = ["ko", "zh-Hans", "zh-Hant", "ar", "fr"]


def lines(source: str, text: str, language: str = "ko", **more) -> list[Line]:
    (form,) = forms_of(entry(source, text, **more), language)
    return list(compare(form, "en"))


def of(aspect: Aspect, found: list[Line]) -> list[tuple[str, str, bool]]:
    return [(line.source, line.found, line.same) for line in found if line.aspect is aspect]


@given(clean, some.sampled_from(LANGUAGES))
def test_a_text_beside_itself_is_the_same_in_all_but_its_length_and_what_is_said_in_words(text, language):
    for line in lines(text, text, language):
        assert line.same or line.aspect in (Aspect.LENGTH, Aspect.NUMBER), line


@given(clean, clean, some.sampled_from(LANGUAGES))
def test_what_is_not_the_same_is_what_a_check_finds(source, text, language):
    found = {finding.check for finding in run_checks(entry(source, text), language_tag=language)}
    shown = {line.aspect for line in lines(source, text, language) if not line.same}
    for aspect, checks in CHECKS.items():
        assert (aspect in shown) == bool(found & checks), (aspect, found)


@given(some.text(), some.text(), some.sampled_from(LANGUAGES))
def test_items_come_in_one_order_and_stand_where_they_are_said_to(source, text, language):
    found = lines(source, text, language)
    order = [list(Aspect).index(line.aspect) for line in found]
    assert order == sorted(order)
    for line in found:
        if line.aspect in (Aspect.NUMBER, Aspect.DATE, Aspect.ADDRESS):
            assert line.source in source
            assert line.found in text


@given(some.text(), some.text())
def test_the_length_is_always_there(source, text):
    assert of(Aspect.LENGTH, lines(source, text))[0][:2] == (
        str(len(source.strip())),
        str(len(text.strip())),
    )


def test_a_number_is_compared_by_its_value():
    found = lines("30 million people in 12 camps, 7 dead", "3000만 명, 열두 곳, 8명 사망")
    assert of(Aspect.NUMBER, found) == [
        ("30 million", "3000만", True),
        ("12", "", True),  # in words
        ("7", "", False),
        ("", "8", False),
    ]


def test_a_wrong_date_stands_beside_the_right_one():
    found = lines("From 24 February 2012 to March 8", "2012년 2월 25일부터 3월 8일까지")
    assert of(Aspect.DATE, found) == [
        ("March 8", "3월 8일", True),
        ("24 February 2012", "2012년 2월 25일", False),
    ]
    assert of(Aspect.DATE, lines("On 24 February", "곧")) == [("24 February", "", False)]


def test_addresses_placeholders_and_tags_are_told_one_by_one():
    found = lines(
        "<b>%(name)s</b>, see https://example.org/a or a@example.org",
        "%(nmae)s, https://example.org/b a@example.org",
    )
    assert of(Aspect.ADDRESS, found) == [
        ("https://example.org/a", "", False),
        ("", "https://example.org/b", False),
        ("a@example.org", "a@example.org", True),
    ]
    assert of(Aspect.PLACEHOLDER, found) == [("%(name)s", "", False), ("", "%(nmae)s", False)]
    assert of(Aspect.TAG, found) == [("<b>", "", False), ("</b>", "", False)]


def test_what_stands_several_times_is_counted():
    found = lines("%(name)s and %(name)s", "%(name)s")
    assert of(Aspect.PLACEHOLDER, found) == [("%(name)s × 2", "%(name)s", False)]


def test_a_name_of_the_glossary_is_found_in_any_wording_that_is_good():
    found = lines("A refugee of North Korea", "조선의 망명자", glossary=TERMS)
    assert sorted(of(Aspect.TERM, found)) == [("North Korea", "", False), ("refugee", "망명자", True)]


def test_a_sentence_and_a_not_that_are_gone_are_seen():
    found = lines("They do not return. We ask you to act.", "그들은 돌아옵니다.")
    assert of(Aspect.SENTENCES, found) == [("2", "1", False)]
    assert of(Aspect.NEGATION, found) == [("not", "", False)]
    kept = lines("They do not return. We ask you to act.", "그들은 돌아오지 않습니다. 행동을 촉구합니다.")
    assert of(Aspect.SENTENCES, kept) == [("2", "2", True)]
    assert of(Aspect.NEGATION, kept) == [("not", "않", True)]


@pytest.mark.parametrize(("language", "aspects"), [("fr", {Aspect.SENTENCES}), ("th", set()), ("ko", None)])
def test_what_cannot_be_told_of_a_language_is_left_out(language, aspects):
    found = {line.aspect for line in lines("They do not return.", "x", language)}
    hints = {Aspect.SENTENCES, Aspect.NEGATION}
    assert found & hints == (hints if aspects is None else aspects)


def test_what_no_check_judges_is_a_hint():
    hints = {aspect for aspect in Aspect if aspect.is_hint}
    assert hints == {Aspect.DATE, Aspect.SENTENCES, Aspect.NEGATION, Aspect.LENGTH}


def test_each_form_of_a_plural_is_compared_with_the_source_it_renders():
    forms = forms_of(entry("One day", "يوم", "x", "y", "z", "a", "b", plural="%(num)s days"), "ar")
    needed = [
        {line.source for line in compare(form, "en") if line.aspect is Aspect.PLACEHOLDER and not line.same}
        for form in forms
    ]
    assert needed[-1] == {"%(num)s"}
    assert len(forms) == 6
