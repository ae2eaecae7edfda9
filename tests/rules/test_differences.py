"""What changed between two texts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.differences import Kind, Part, differences

pieces = st.sampled_from(["a", "bc,", "北", "韓", "서명", "\n", " "])
texts = st.text(max_size=60) | st.lists(pieces).map("".join)
languages = st.sampled_from(["ko", "en", "zh-Hans", "zh-Hant", "ja", "ar"])


def joined(parts: list[Part], *kinds: Kind) -> str:
    return "".join(part.text for part in parts if part.kind in kinds)


@given(texts, texts, languages)
def test_what_was_kept_and_removed_is_the_old_text_kept_and_added_the_new(old, new, language):
    parts = differences(old, new, language=language)
    assert joined(parts, Kind.KEPT, Kind.REMOVED) == old
    assert joined(parts, Kind.KEPT, Kind.ADDED) == new
    assert all(part.text for part in parts)
    assert all(one.kind is not other.kind for one, other in pairwise(parts))


@given(texts, languages)
def test_the_same_text_is_kept_whole(text, language):
    assert joined(differences(text, text, language=language), Kind.KEPT) == text


def test_words_change_whole_where_words_are_written_apart():
    parts = differences("We ask you to sign now.", "We ask them to sign now.", language="en")
    assert parts == [
        (Kind.KEPT, "We ask "),
        (Kind.REMOVED, "you "),
        (Kind.ADDED, "them "),
        (Kind.KEPT, "to sign now."),
    ]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "ja"])
def test_characters_change_where_they_are_not(language):
    parts = differences("请确认签名", "请确认您的签名", language=language)
    assert parts == [(Kind.KEPT, "请确认"), (Kind.ADDED, "您的"), (Kind.KEPT, "签名")]


def test_what_is_removed_stands_before_what_is_added_however_they_alternate():
    parts = differences("a, b; c", "x. y! z", language="en")
    assert [part.kind for part in parts] == [Kind.REMOVED, Kind.ADDED]


def test_texts_too_long_to_compare_have_changed_as_a_whole():
    old, new = "a " * 5_000, "b " * 5_000
    assert differences(old, new, language="en") == [(Kind.REMOVED, old), (Kind.ADDED, new)]


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_a_placeholder_or_tag_changes_as_a_whole(language):
    parts = differences("%(name)s, <b>a</b> {one}", "%(names)s, <i>a</b> {two}", language=language)
    changed = [part.text.strip() for part in parts if part.kind is not Kind.KEPT]
    assert changed == ["%(name)s", "%(names)s", "<b>", "<i>", "{one}", "{two}"]
