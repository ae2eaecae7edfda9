from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.countries import CODES
from advocacy.rules.small_numbers import NEVER_SHOWN, REST, SMALLEST_SHOWN, folded

counts = st.dictionaries(st.sampled_from([*sorted(CODES)[:40], "CN", "KP", "KR", REST]), st.integers(0, 5000))


def test_a_country_with_few_signers_is_folded_into_the_rest():
    assert folded({"KR": 500, "US": 30, "FR": 9, "DE": 3, REST: 40}) == {"KR": 500, "US": 30, REST: 52}


def test_the_two_most_dangerous_countries_are_never_named():
    assert folded({"KR": 500, "CN": 4000, "KP": 12, REST: 100}) == {"KR": 500, REST: 4112}


def test_the_rest_is_never_one_country_that_subtraction_would_find():
    assert folded({"KR": 500, "US": 30, "CN": 4000}) == {"KR": 500, REST: 4030}
    assert folded({"KR": 500, "US": 30, "FR": 3}) == {"KR": 500, REST: 33}


def test_where_nothing_is_small_everything_is_named():
    assert folded({"KR": 500, "US": 30}) == {"KR": 500, "US": 30}


def test_a_single_signer_is_told_of_nowhere():
    assert folded({"KR": 1}) == {REST: 1}


@given(counts)
def test_nobody_is_lost_and_nobody_stands_out(given_counts):
    shown = folded(given_counts)
    assert sum(shown.values()) == sum(given_counts.values())
    named = {code: number for code, number in shown.items() if code != REST}
    assert not NEVER_SHOWN & named.keys()
    assert all(number >= SMALLEST_SHOWN and number == given_counts[code] for code, number in named.items())
    hidden = {code for code, number in given_counts.items() if number and code not in named}
    if named and hidden:
        assert shown[REST] >= SMALLEST_SHOWN
        assert len(hidden - {REST}) != 1 or given_counts[REST] >= SMALLEST_SHOWN


@given(counts)
def test_folding_what_is_folded_names_nothing_more(given_counts):
    once = folded(given_counts)
    assert set(folded(once)) <= set(once)
