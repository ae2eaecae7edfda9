from itertools import combinations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as some

from advocacy.vault.shares import SharesError, join, split


@settings(max_examples=15, deadline=None)
@given(some.integers(2, 4), some.integers(0, 2))
def test_any_threshold_of_the_shares_gives_the_key_and_fewer_do_not(threshold, more):
    key = X25519PrivateKey.generate()
    shares = split(key, threshold=threshold, shares=threshold + more)
    assert len(shares) == threshold + more
    for enough in combinations(shares, threshold):
        assert join(enough).private_bytes_raw() == key.private_bytes_raw()
    for too_few in combinations(shares, threshold - 1):
        with pytest.raises(SharesError):
            join(too_few)


def test_a_mistyped_word_and_a_stranger_share_are_noticed():
    shares = split(X25519PrivateKey.generate(), threshold=2, shares=3)
    stranger = split(X25519PrivateKey.generate(), threshold=2, shares=3)[0]
    first, *rest = shares[1].split()
    mistyped = " ".join(["academic" if first != "academic" else "acid", *rest])
    for wrong in ([shares[0], mistyped], [shares[0], stranger], ["no words"], []):
        with pytest.raises(SharesError):
            join(wrong)


@pytest.mark.parametrize(("threshold", "shares"), [(1, 3), (4, 3), (2, 17), (0, 0)])
def test_a_split_that_protects_nobody_is_refused(threshold, shares):
    with pytest.raises(SharesError):
        split(X25519PrivateKey.generate(), threshold=threshold, shares=shares)
