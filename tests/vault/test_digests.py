"""Digests find a second signature without telling whose it is."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from advocacy.vault.digests import AddressDigester, token_hash

triples = st.tuples(st.text(), st.text(), st.text())


def digest(secret: str, appeal: str, address: str) -> bytes:
    return AddressDigester(secret).digest(appeal, address)


def test_a_digest_depends_on_secret_appeal_and_address():
    digests = {
        digest("secret", "one-appeal", "a@example.org"),
        digest("other secret", "one-appeal", "a@example.org"),
        digest("secret", "other-appeal", "a@example.org"),
        digest("secret", "one-appeal", "b@example.org"),
    }
    assert len(digests) == 4


@given(triples, triples)
def test_two_digests_agree_only_on_the_same_address_appeal_and_secret(one, other):
    same_key = one[0].encode().ljust(64, b"\0") == other[0].encode().ljust(
        64, b"\0"
    )  # RFC 2104 pads with NUL
    assert (digest(*one) == digest(*other)) is (one[1:] == other[1:] and same_key)
    assert len(digest(*one)) == 32


def test_digests_stay_the_same_from_release_to_release():
    assert (
        digest("secret", "save-north-koreans", "김@example.org").hex()
        == "b625b5ee2924a38973c08e4f4c12bb27f5d3f780f60acd3bf9abc73c858330f4"
    )


@given(st.text())
def test_a_token_is_kept_as_its_sha_256(token):
    assert token_hash(token) == hashlib.sha256(token.encode()).digest()


def test_a_token_hash_is_that_of_fips_180():
    assert token_hash("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
