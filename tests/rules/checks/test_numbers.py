"""Numbers are compared by value, in whatever way a language writes them."""

from decimal import Decimal

import pytest

from advocacy.rules.checks.quantities import evaluate, readings
from tests.rules.checks.running import found

GOOD = [
    ("ko", "30 million people", ["3000만 명", "3,000만 명", "3천만 명", "삼천만 명", "30,000,000명"]),
    ("zh-Hans", "30 million people", ["3000万人", "3000 万人", "三千万人", "3千万人"]),
    ("zh-Hant", "30 million people", ["3000萬人", "三千萬人"]),
    ("ja", "30 million people", ["3000万人"]),
    ("ar", "30 million people", ["30 مليون", "٣٠ مليون"]),
    ("en", "30 million people", ["Thirty million people, all", "30 million of them"]),
    ("ko", "On February 24, 2012", ["2012년 2월 24일에"]),
    ("zh-Hans", "On February 24", ["2月24日", "二月二十四日"]),
    ("zh-Hant", "On Feb. 24th", ["2月24日"]),
    ("ko", "1.2 trillion won", ["1조 2천억 원", "1조2000억 원"]),
    ("ko", "15 thousand people", ["1만 5천 명", "1만5000명"]),
    ("zh-Hans", "1.3 billion people", ["13亿人", "十三亿人"]),
    ("ko", "a 15-year-old boy", ["열다섯 살 소년", "15세 소년"]),
    ("ko", "Thirty of them; thirty-five thousand more", ["그중 30명, 3만 5천 명 더"]),
    ("ko", "two hundred and fifty", ["250"]),
    ("zh-Hans", "in 2012", ["2012年", "二〇一二年"]),
    ("zh-Hans", "more than 30,000", ["3万多人"]),
    ("ko", "2-3 million", ["200만~300만", "2~3백만"]),
    ("ko", "at 3 p.m.", ["오후 3시에.", "15시에."]),
    ("ko", "in the 1990s", ["1990년대에", "90년대에"]),
    ("ko", "half", ["50퍼센트"]),
    ("ko", "50 percent", ["절반"]),
    ("ko", "Article 3", ["제3조"]),
    ("ko", "COVID19 and %(n)s", ["코로나와 %(n)s"]),
    ("ko", "a person", ["1명"]),
    ("de", "1,234.5 km", ["1.234,5 km"]),
    ("fr", "10 days", ["dix jours"]),
]
BAD = [
    ("ko", "30 million people", ["3억 명", "300만 명", "많은 사람"]),
    ("zh-Hans", "30 million people", ["300万人", "3000人"]),
    ("zh-Hant", "30,000 people", ["30萬人"]),
    ("ar", "30 people", ["40 شخصا"]),
    ("ko", "On February 24", ["3월 24일에"]),
    ("ko", "Thirty people", ["13명"]),
    ("ko", "Many people", ["300명"]),
    ("en", "30 people", ["forty people"]),
]


@pytest.mark.parametrize(("language", "source", "target"), [(g, s, t) for g, s, all_ in GOOD for t in all_])
def test_the_same_number_is_not_flagged(language, source, target):
    assert "numbers" not in found(language, source, target)


@pytest.mark.parametrize(("language", "source", "target"), [(g, s, t) for g, s, all_ in BAD for t in all_])
def test_another_number_is_flagged(language, source, target):
    assert "numbers" in found(language, source, target)


@pytest.mark.parametrize(
    ("digits", "values"),
    [
        ("1,234", [{1234, Decimal("1.234")}]),
        ("1,234,567", [{1234567}]),
        ("1.234,5", [{Decimal("1234.5")}]),
        ("0.5", [{Decimal("0.5")}]),
        ("2012.2.24", [{2012}, {2}, {24}]),
        ("９", [{9}]),
        ("9" * 99, [{Decimal("9" * 40)}]),
    ],
)
def test_digits_are_read_in_every_way_they_are_meant(digits, values):
    assert readings(digits) == values


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("1억2천만", 120_000_000),
        ("1.5만", 15_000),
        ("1.125억", 112_500_000),
        ("1,234만", 12_340_000),
        ("三千五百", 3500),
        ("十五", 15),
        ("二〇一二", 2012),
        ("30여만", 300_000),
        ("廿四", 24),
    ],
)
def test_numerals_are_added_up(run, value):
    assert evaluate(run) == value
