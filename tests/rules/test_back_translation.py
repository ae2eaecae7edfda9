"""Who reads a text blind: neither its author nor anybody who knows its source."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.rules.back_translation import (
    LONGEST_BACK,
    EmptyBackError,
    LongBackError,
    NotBlindError,
    demand_blind,
    demand_words,
    is_blind,
)

accounts = some.integers(1, 5)


@given(accounts, some.none() | accounts, some.sets(accounts))
def test_only_a_stranger_to_the_text_reads_it_blind(writer, author, know):
    if writer == author or writer in know:
        with pytest.raises(NotBlindError):
            demand_blind(writer, author, know)
    else:
        demand_blind(writer, author, know)
        assert is_blind(writer, author)


def test_an_author_is_never_blind_and_the_operator_s_text_has_none():
    assert not is_blind(1, 1)
    assert is_blind(1, None)


def test_something_is_said_and_not_without_end():
    demand_words("a" * LONGEST_BACK)
    with pytest.raises(EmptyBackError):
        demand_words("")
    with pytest.raises(LongBackError):
        demand_words("a" * (LONGEST_BACK + 1))
