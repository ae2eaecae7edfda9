import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.vault.chain import FIRST, entry_hash

words = st.text(max_size=20)
entries = st.dictionaries(words, words | st.integers() | st.lists(words, max_size=3), max_size=5)


def independent(previous: bytes, entry: dict) -> bytes:
    """As the docstring says it, written anew: sorted keys, no spaces, UTF-8."""
    pairs = [
        json.dumps(key, ensure_ascii=False)
        + ":"
        + json.dumps(entry[key], ensure_ascii=False, separators=(",", ":"))
        for key in sorted(entry)
    ]
    return hashlib.sha256(previous + ("{" + ",".join(pairs) + "}").encode("utf-8")).digest()


@given(st.binary(min_size=32, max_size=32), entries)
def test_it_is_the_hash_that_the_docstring_promises(previous, entry):
    assert entry_hash(previous, entry) == independent(previous, entry)


@given(entries, entries)
def test_other_words_or_another_past_give_another_hash(one, other):
    assert (entry_hash(FIRST, one) == entry_hash(FIRST, other)) == (one == other)
    assert entry_hash(FIRST, one) != entry_hash(entry_hash(FIRST, one), one)


def test_what_json_has_no_word_for_is_refused():
    with pytest.raises(TypeError):
        entry_hash(FIRST, {"when": object()})
