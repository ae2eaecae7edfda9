import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.rules.placeholders import StrayPercentError, placeholders


@given(some.lists(some.from_regex(r"[a-z_]{1,9}", fullmatch=True)))
def test_all_placeholders_are_found_and_doubled_percent_signs_are_none(names):
    text = " 100%% ".join(f"%({name})s" for name in names)
    assert placeholders(text) == set(names)


@pytest.mark.parametrize("text", ["50% of", "%s", "%d", "%(a)d", "%(a)5s", "%(a", "%%%", "%(a b)s", "% (a)s"])
def test_a_stray_percent_sign_is_refused(text):
    with pytest.raises(StrayPercentError):
        placeholders(text)


def test_a_doubled_percent_sign_hides_what_looks_like_a_placeholder():
    assert placeholders("%%(a)s") == frozenset()


@given(some.text(some.sampled_from("%()sa d")))
def test_what_is_accepted_can_be_filled(text):
    try:
        names = placeholders(text)
    except StrayPercentError:
        return
    assert text % dict.fromkeys(names, "value") is not None
