"""The texts of an agreement, as they are kept and known by their hash."""

from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.agreements import agreement_hash, tidy_texts

tags = st.sampled_from(["en", "ko", "zh-Hans", "zh-Hant"])
texts = st.dictionaries(tags, st.text(st.characters(blacklist_characters="\0", codec="utf-8"), max_size=20))


@given(texts)
def test_what_is_kept_is_kept_the_same_again(written):
    kept = tidy_texts(written)
    assert tidy_texts(kept) == kept
    assert all(kept.values())
    assert "\r" not in "".join(kept.values())


@given(texts, texts)
def test_two_agreements_have_one_hash_only_if_they_are_one(one, other):
    assert (agreement_hash(one) == agreement_hash(other)) == (one == other)


def test_the_order_of_the_languages_does_not_matter():
    assert agreement_hash({"ko": "가", "en": "a"}) == agreement_hash({"en": "a", "ko": "가"})
