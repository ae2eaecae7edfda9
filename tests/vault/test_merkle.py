import hashlib

from hypothesis import given
from hypothesis import strategies as some

from advocacy.vault.merkle import leaf_hash, proof, proves, root

records = some.lists(some.binary(max_size=40), max_size=70)


def defined(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash as RFC 9162 defines it, by splitting at the largest power of two."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + defined(leaves[:split]) + defined(leaves[split:])).digest()


@given(records)
def test_the_root_is_the_one_that_the_standard_defines(contents):
    leaves = [leaf_hash(record) for record in contents]
    assert root(leaves) == defined(leaves)


@given(records.filter(bool), some.integers(0))
def test_every_record_can_be_proved_to_be_under_the_root(contents, number):
    leaves = [leaf_hash(record) for record in contents]
    index, size = number % len(leaves), len(leaves)
    path = proof(leaves, index)
    assert proves(path, leaf=leaves[index], index=index, size=size, top=root(leaves))
    assert not proves(path, leaf=leaf_hash(b"another" * 7), index=index, size=size, top=root(leaves))
    assert not proves([*path, leaves[0]], leaf=leaves[index], index=index, size=size, top=root(leaves))
    assert not proves(path, leaf=leaves[index], index=size, size=size, top=root(leaves))
    if path:
        assert not proves(path[:-1], leaf=leaves[index], index=index, size=size, top=root(leaves))


def test_a_node_is_never_a_leaf():
    one, two = leaf_hash(b"1"), leaf_hash(b"2")
    assert leaf_hash(one + two) != root([one, two])
