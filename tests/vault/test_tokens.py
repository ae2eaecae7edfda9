import hashlib

from hypothesis import given
from hypothesis import strategies as some

from advocacy.vault.tokens import token_hash


@given(some.text())
def test_a_token_is_kept_as_its_hash(token):
    assert token_hash(token) == hashlib.sha256(token.encode()).digest()
