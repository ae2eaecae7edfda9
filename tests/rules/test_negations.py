"""A "not" is found in the languages whose words for it are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.rules.negations import negations_in

SAYING_NOT = {
    "en": ["They do not return.", "Nobody was asked.", "It isn’t safe.", "They cannot leave without help."],
    "ko": [
        "돌아오지 않습니다.",
        "아무도 없습니다.",
        "보내지 마세요.",
        "안 됩니다.",
        "그것은 사실이 아닙니다.",
    ],
    "zh-Hans": ["他们不回来。", "没有人问过。", "切勿遣返。", "这并非事实。"],
    "zh-Hant": ["他們不回來。", "沒有人問過。", "切勿遣返。", "這並非事實。"],
}
SAYING_IT_NOT = {
    "en": ["They return.", "Article No. 3 applies.", "Not only they, we too.", "A knot and a note."],
    "ko": ["돌아옵니다.", "안내와 안전.", "잘못을 바로잡습니다.", "끊임없이 힘씁니다.", "말과 글."],
    "zh-Hans": ["他们回来了。", "不仅如此，未来更好。", "人数不断增加。", "无论是谁。", "非洲。"],
    "zh-Hant": ["他們回來了。", "不僅如此，未來更好。", "人數不斷增加。", "無論是誰。", "非洲。"],
}
LANGUAGES = some.sampled_from(sorted(SAYING_NOT))


@given(LANGUAGES, some.data())
def test_each_that_is_said_is_found_and_none_besides(language, data):
    said = data.draw(some.lists(some.sampled_from(SAYING_NOT[language]), max_size=4))
    others = data.draw(some.lists(some.sampled_from(SAYING_IT_NOT[language]), max_size=4))
    found = [negations_in(sentence, language) for sentence in said]
    assert all(found)
    text = " ".join(data.draw(some.permutations([*said, *others])))
    assert len(negations_in(text, language)) == sum(map(len, found))


@given(LANGUAGES, some.text())
def test_what_is_found_stands_in_the_text(language, text):
    assert all(word in text for word in negations_in(text, language))


@pytest.mark.parametrize("language", ["ar", "fr", "", "x-y"])
def test_of_other_languages_nothing_is_told(language):
    assert negations_in("ne pas", language) is None


def test_any_spelling_of_the_language_will_do():
    assert negations_in("不", "zh_TW") == ["不"]
    assert negations_in("not", "en-GB") == ["not"]
