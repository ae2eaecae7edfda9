"""The languages, and which one a visitor gets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.languages import LANGUAGES, Language, Languages, UnknownTagError, preferences, with_more

HANS_TAGS = "zh zh-CN zh-SG zh-MY zh-Hans zh-Hans-HK zh-Hans-TW ZH-hans zh_CN cmn cmn-CN yue-Hans yue-CN"
HANT_TAGS = "zh-TW zh-HK zh-MO zh-Hant zh-Hant-CN zh-Hant-US ZH_HANT zh_TW yue yue-HK zh-yue cmn-TW"
WISHES = [
    ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
    ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
    ("zh-HK,en-US;q=0.9,zh;q=0.8", "zh-Hant"),
    ("en-US,en;q=0.9,zh;q=0.8", "en"),
    ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"),
    ("en-GB", "en"),
    ("fr-FR, de ; q=0.9, ko; Q=0.1", "ko"),
    ("en;q=0.5, zh-TW;q=0.8", "zh-Hant"),
    ("ko;q=0, zh-CN;q=0.001", "zh-Hans"),
    ("ko;q=0.000", "en"),
    ("fr", "en"),
    ("*", "en"),
    ("", "en"),
]
MALFORMED = [
    "ko;q=much",
    "ko;q=",
    "ko;q=1.5",
    "ko;q=-1",
    "ko;q=nan",
    "ko;q=inf",
    ",;,",
    ";q=1",
    "=",
    "-",
    ";;;",
]

header_like = st.text("kozhen-_TWCHKantsq=;,.019* \t", max_size=60)
qualities = st.decimals(min_value=0, max_value=1, places=3)


def without(*tags: str) -> Languages:
    return Languages(language for language in LANGUAGES if language.tag not in tags)


def negotiate(accept: str, chosen: str | None = None) -> str:
    return LANGUAGES.negotiate(chosen=chosen, accept=accept).tag


@pytest.mark.parametrize(("accept", "tag"), WISHES)
def test_a_browsers_wishes_are_met(accept, tag):
    assert negotiate(accept) == tag


@pytest.mark.parametrize("tag", HANS_TAGS.split())
def test_these_readers_get_simplified_chinese(tag):
    assert negotiate(tag) == "zh-Hans"


@pytest.mark.parametrize("tag", HANT_TAGS.split())
def test_these_readers_get_traditional_chinese(tag):
    assert negotiate(tag) == "zh-Hant"


@pytest.mark.parametrize(
    ("missing", "accept", "tag"), [("zh-Hant", "zh-TW", "zh-Hans"), ("zh-Hans", "zh-CN", "zh-Hant")]
)
def test_one_chinese_script_stands_in_for_the_other_before_english_does(missing, accept, tag):
    assert without(missing).negotiate(chosen=None, accept=f"{accept},en;q=0.9").tag == tag


def test_without_any_chinese_the_next_wish_is_met():
    assert without("zh-Hans", "zh-Hant").negotiate(chosen=None, accept="zh-TW,ko;q=0.1").tag == "ko"


@pytest.mark.parametrize("accept", MALFORMED)
def test_malformed_wishes_are_passed_over(accept):
    assert negotiate(accept) == "en"
    assert negotiate(f"{accept},zh-TW;q=0.1") == "zh-Hant"


@given(chosen=st.none() | st.text() | header_like, accept=st.text() | header_like)
def test_any_header_and_any_cookie_give_a_language_of_the_set(chosen, accept):
    assert LANGUAGES.negotiate(chosen=chosen, accept=accept) in set(LANGUAGES)


@given(st.sampled_from(list(LANGUAGES)), st.sampled_from(list(LANGUAGES)))
def test_her_own_choice_comes_before_her_browsers_wishes(chosen, wished):
    assert negotiate(wished.tag, chosen.tag) == chosen.tag
    assert negotiate(wished.tag, chosen.slug) == chosen.tag


def test_a_choice_that_is_no_language_leaves_it_to_the_browser():
    assert negotiate("ko", chosen="xx") == "ko"


@given(st.dictionaries(st.sampled_from(["ko", "en", "zh-CN", "zh-TW", "fr", "de"]), qualities))
def test_wishes_go_by_quality_and_then_by_order(wishes):
    header = ",".join(f"{tag};q={quality}" for tag, quality in wishes.items())
    got = preferences(header)
    assert set(got) == {tag for tag, quality in wishes.items() if quality > 0}
    order = list(wishes)
    for first, second in pairwise(got):
        assert (-wishes[first], order.index(first)) < (-wishes[second], order.index(second))


@pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda language: language.tag)
def test_a_language_is_found_by_each_of_its_spellings(language):
    assert LANGUAGES.by_tag(language.tag) is language
    assert LANGUAGES.by_slug(language.slug) is language
    assert LANGUAGES.match(language.locale) is language


def test_spellings_do_not_stand_in_for_each_other():
    hans = LANGUAGES.by_tag("zh-Hans")
    assert (hans.slug, hans.locale, hans.direction) == ("zh-hans", "zh_Hans", "ltr")
    assert LANGUAGES.by_slug("zh-Hans") is None
    assert LANGUAGES.by_tag("zh-hans") is None


def test_a_language_with_a_region_or_a_script_of_its_own_is_matched():
    brazilian, serbian = Language("pt-BR", "Português", "pt_BR"), Language("sr-Latn", "Srpski", "sr_RS")
    languages = Languages([*LANGUAGES, brazilian, serbian])
    assert languages.match("pt-br") is brazilian
    assert languages.match("sr-Latn-RS") is serbian
    assert languages.match("pt-PT") is None


def test_a_language_is_added_by_its_tag_as_cldr_has_it():
    more = with_more(["ar", "pt-BR", "ko"])
    assert [one.tag for one in more] == [*(one.tag for one in LANGUAGES), "ar", "pt-BR"]
    arabic, brazilian = more.by_tag("ar"), more.by_slug("pt-br")
    assert (arabic.endonym, arabic.direction, arabic.og_locale) == ("العربية", "rtl", "ar_EG")
    assert (brazilian.endonym, brazilian.locale) == ("português (Brasil)", "pt_BR")
    assert (brazilian.direction, brazilian.og_locale) == ("ltr", "pt_BR")
    assert more.match("ar-SA") == arabic
    assert more.source == LANGUAGES.source


@pytest.mark.parametrize("tag", ["xx", "ar_EG", "AR", "", "-", "../ar", "ar-", "zh"])
def test_what_is_no_tag_is_not_added(tag):
    with pytest.raises(UnknownTagError):
        with_more([tag])
