"""Countries and regions, in each language's own words and order."""

import json
from importlib.resources import files
from itertools import pairwise

import pytest

from advocacy.rules.countries import CODES, country_choices, country_name
from advocacy.rules.languages import LANGUAGES, Language

FRENCH = Language("fr", "Français", "fr_FR")
HAWAIIAN = Language("haw", "ʻŌlelo Hawaiʻi", "haw_US")
EVERY = [*LANGUAGES, FRENCH, Language("ar", "العربية", "ar_AR", "rtl")]
NO_COUNTRIES = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ"


def named(language: Language) -> list[str]:
    return [name for _, name in country_choices(language)]


def of(tag: str) -> Language:
    return LANGUAGES.by_tag(tag)


def stand_in_this_order(names: list[str], expected: str) -> bool:
    places = [names.index(name) for name in expected.split(", ")]
    return all(before < after for before, after in pairwise(places))


@pytest.mark.parametrize("language", EVERY, ids=lambda language: language.tag)
def test_every_language_has_every_country_once_and_by_a_name_of_its_own(language):
    codes = [code for code, _ in country_choices(language)]
    assert sorted(codes) == sorted(CODES)
    assert len(set(named(language))) == len(CODES)
    assert dict(country_choices(language)) == {code: country_name(code, language) for code in CODES}


def test_groupings_and_private_codes_are_no_countries():
    assert CODES.isdisjoint(NO_COUNTRIES.split())
    assert CODES.issuperset(["KR", "KP", "CN", "TW", "HK", "MO", "US", "PS", "XK"])


def test_the_recorded_order_is_of_today():
    recorded = json.loads(files("advocacy.rules").joinpath("country_order.json").read_text("utf-8"))
    assert set(recorded) == {language.tag for language in LANGUAGES}
    for codes in recorded.values():
        assert sorted(codes.split()) == sorted(CODES)


def test_korean_stands_in_the_order_of_its_letters():
    assert named(of("ko")) == sorted(named(of("ko")))
    assert named(of("ko"))[0] == "가나"


def test_simplified_chinese_stands_in_the_order_of_pinyin():
    names = named(of("zh-Hans"))
    assert names[0].startswith("阿")
    assert stand_in_this_order(
        names, "阿富汗, 澳门, 巴西, 朝鲜, 德国, 俄罗斯, 法国, 关岛, 韩国, 加拿大, 老挝, 美国"
    )
    assert stand_in_this_order(
        names, "美国, 南非, 葡萄牙, 日本, 泰国, 乌克兰, 西班牙, 香港, 英国, 越南, 中国"
    )


def test_traditional_chinese_stands_in_the_order_of_strokes():
    names = named(of("zh-Hant"))
    assert stand_in_this_order(
        names, "千里達及托巴哥, 不丹, 日本, 古巴, 法國, 美國, 泰國, 智利, 新加坡, 德國, 蘇丹"
    )


def test_english_stands_in_the_order_of_letters_without_accents():
    assert stand_in_this_order(named(of("en")), "Afghanistan, Åland Islands, Albania, Zambia")
    assert stand_in_this_order(named(of("en")), "Costa Rica, Côte d’Ivoire, Croatia")


def test_a_language_without_a_recorded_order_is_sorted_without_accents():
    assert stand_in_this_order(named(FRENCH), "Équateur, Érythrée, Espagne, Eswatini, États-Unis, Fidji")


@pytest.mark.parametrize(
    ("tag", "hong_kong", "macao"),
    [
        ("ko", "홍콩", "마카오"),
        ("en", "Hong Kong", "Macao"),
        ("zh-Hans", "香港", "澳门"),
        ("zh-Hant", "香港", "澳門"),
    ],
)
def test_hong_kong_and_macao_go_by_their_short_names(tag, hong_kong, macao):
    assert (country_name("HK", of(tag)), country_name("MO", of(tag))) == (hong_kong, macao)


def test_names_are_those_that_readers_use():
    assert country_name("KP", of("ko")) == "북한"
    assert country_name("KP", of("zh-Hans")) == "朝鲜"
    assert country_name("KP", of("zh-Hant")) == "北韓"


def test_a_country_that_a_language_has_no_name_for_is_named_in_english():
    assert country_name("KR", HAWAIIAN) == "South Korea"
    assert country_name("JP", HAWAIIAN) == "Iāpana"
