"""Sentences are counted alike in scripts that end them differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.rules.sentences import sentences_in

ENGLISH = ["Sign now.", "Who will act?", "They were 3.5 million!", "He said “no.”", "Ask the U.S. Senate."]
KOREAN = ["지금 서명해 주세요.", "누가 나서겠습니까?", "350만 명이었습니다!"]
CHINESE = ["请立即签名。", "谁会行动？", "他说：“不。”"]


@given(some.lists(some.sampled_from(ENGLISH), max_size=6), some.sampled_from([" ", "\n", "\n\n"]))
def test_english_sentences_are_as_many_as_there_are(sentences, between):
    assert sentences_in(between.join(sentences), "en") == len(sentences)


@given(some.lists(some.sampled_from(KOREAN), max_size=6), some.sampled_from([" ", "\n"]))
def test_korean_ones_too(sentences, between):
    assert sentences_in(between.join(sentences), "ko") == len(sentences)


@given(some.lists(some.sampled_from(CHINESE), max_size=6), some.sampled_from(["", "\n"]))
def test_chinese_ones_follow_each_other_without_a_space(sentences, between):
    assert sentences_in(between.join(sentences), "zh-Hans") == len(sentences)


@given(some.text(), some.text(some.sampled_from("a。.!? \n”")))
def test_a_sentence_more_is_never_less(text, more):
    assert sentences_in(text + "\n" + more, "en") >= sentences_in(text, "en")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("...", 0),
        ("A title", 1),
        ("Mr. Kim and Dr. Lee came.", 1),
        ("It holds 1.5 million, e.g. families.", 1),
        ("等等……还有人。", 1),
        ("J. K. signed. So did I.", 2),
    ],
)
def test_a_stop_that_ends_nothing_is_no_end(text, count):
    assert sentences_in(text, "en") == count


def test_where_nothing_ends_a_sentence_none_is_counted():
    assert sentences_in("ลงชื่อเดี๋ยวนี้ ใครจะลงมือทำ", "th") is None


def test_a_long_row_of_stops_costs_no_more_than_a_long_text():
    assert sentences_in("a" + "." * 200_000 + "x", "en") == 1
