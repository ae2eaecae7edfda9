"""What makes a proposed text worth a closer look."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.rules.risks import Risk, names_in, numbers_in, risks

OLD = "30만 명이 서명했습니다. 김민정 씨가 전했습니다. https://example.org/a"


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (OLD, []),
        (OLD.replace("/a", "/b"), [Risk.LINK]),
        (OLD.replace("30만", "31만"), [Risk.NUMBER]),
        (OLD.replace("30만", "300,000"), []),
        (OLD.replace("김민정", "박지우"), [Risk.NAME]),
        ("짧은 글", [Risk.LINK, Risk.NUMBER, Risk.NAME, Risk.LARGE_CHANGE]),
    ],
)
def test_what_is_new_in_it_is_told(new, found):
    assert risks([new], [OLD], "ko", warned=False) == found


@given(some.lists(some.text(), min_size=1, max_size=3), some.sampled_from(["ko", "zh-Hans", "fr"]))
def test_the_approved_text_itself_is_none(texts, language):
    assert risks(texts, texts, language, warned=False) == []
    assert risks(texts, texts, language, warned=True) == [Risk.WARNING]


@given(some.text(), some.sampled_from(["ko", "zh-Hant", "ar"]))
def test_a_first_text_is_no_large_change(text, language):
    assert Risk.LARGE_CHANGE not in risks([text], [], language, warned=False)


def test_a_name_is_a_capital_within_a_sentence_or_what_a_title_follows():
    assert names_in("We ask Hu Jintao. Then he answers.") == {"Hu Jintao"}
    assert names_in("후진타오 주석에게") == {"후진타오"}
    assert names_in("向Hu Jintao呼吁") == {"Hu Jintao"}


def test_numbers_are_known_by_their_value():
    assert numbers_in("3000만", "ko") == numbers_in("30000000", "ko") != numbers_in("3000", "ko")
