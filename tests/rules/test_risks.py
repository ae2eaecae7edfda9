"""What makes a proposed text worth a closer look."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.rules.risks import (
    FEW_APPROVED,
    LONG_WAIT,
    Around,
    Risk,
    names_in,
    numbers_in,
    risks,
    weight,
)

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


around = some.builds(
    Around,
    differs=some.booleans(),
    approved=some.none() | some.integers(0, 10),
    reviewers=some.integers(0, 3),
    waited=some.timedeltas(min_value=timedelta(0)),
)


@given(some.text(), around, some.booleans())
def test_what_is_known_around_a_text_adds_its_own_risks_and_changes_no_other(text, known, warned):
    alone = set(risks([text], [], "ko", warned=warned))
    found = risks([text], [], "ko", warned=warned, around=known)
    added = {
        Risk.DIFFERS: known.differs,
        Risk.NEW_AUTHOR: known.approved is not None and known.approved < FEW_APPROVED,
        Risk.NO_REVIEWER: known.reviewers == 0,
        Risk.OLD: known.waited >= LONG_WAIT,
    }
    assert set(found) == alone | {risk for risk, there in added.items() if there}
    assert found == sorted(found, key=list(Risk).index)


@given(some.sets(some.sampled_from(Risk)), some.sampled_from(Risk))
def test_one_more_risk_weighs_more(found, another):
    assert weight(found | {another}) >= weight(found)
    assert (weight(found | {another}) > weight(found)) == (another not in found)


def test_a_date_that_is_another_is_told_and_one_written_otherwise_is_not():
    old = "2026년 11월 24일에 전달했습니다."
    assert risks([old.replace("24일", "25일")], [old], "ko", warned=False).count(Risk.DATE) == 1
    assert Risk.DATE not in risks(["2026-11-24에 전달했습니다."], [old], "ko", warned=False)
