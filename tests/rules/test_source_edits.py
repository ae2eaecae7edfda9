"""What a change of a source does to the texts that were approved for it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.source_edits import Effect, SourceRefusedError, effect, read_source

hashes = st.sampled_from(["old", "before", "after"])


@given(st.one_of(st.none(), hashes), st.booleans(), st.booleans())
def test_only_a_text_for_the_source_just_before_is_carried_over(approved_for, meaning_changed, fits):
    found = effect(approved_for, before="before", after="after", meaning_changed=meaning_changed, fits=fits)
    expected = approved_for == "before" and fits and not meaning_changed
    assert (found is Effect.CARRIED) == expected
    assert (found is Effect.STAYS) == (approved_for == "after")


@given(st.text())
def test_what_is_read_is_read_the_same_again(text):
    with suppress(SourceRefusedError):
        assert read_source(read_source(text)) == read_source(text)


@pytest.mark.parametrize("text", ["", "  ", "a\u202eb", "a\u200bb", "a\x1bb", "a\tb", "x" * 20_001])
def test_what_cannot_be_seen_is_no_source(text):
    with pytest.raises(SourceRefusedError):
        read_source(text)


def test_lines_end_in_one_way():
    assert read_source(" One\r\ntwo\rthree ") == "One\ntwo\nthree"
