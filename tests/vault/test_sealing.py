import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as some

from advocacy.vault.link_boxes import lock, unlock
from advocacy.vault.sealing import UnreadableBoxError, key_id, seal, sealed_to, unseal

KEY, OTHER_KEY = X25519PrivateKey.generate(), X25519PrivateKey.generate()
records = some.dictionaries(some.text(), some.text(), max_size=4)


@given(some.text(), records)
def test_what_is_sealed_comes_out_as_it_went_in(context, data):
    assert unseal(KEY, context, seal(KEY.public_key(), context, data)) == data


@given(some.text(), some.text(), records)
def test_a_box_opens_only_for_its_own_record(context, other, data):
    box = seal(KEY.public_key(), context, data)
    if context != other:
        with pytest.raises(UnreadableBoxError):
            unseal(KEY, other, box)


@given(records, some.integers(0), some.integers(1, 255))
def test_a_box_changed_anywhere_does_not_open(data, place, change):
    box = bytearray(seal(KEY.public_key(), "record", data))
    box[place % len(box)] ^= change
    with pytest.raises(UnreadableBoxError):
        unseal(KEY, "record", bytes(box))


@given(some.binary(max_size=300))
def test_bytes_that_are_no_box_do_not_open(junk):
    for box in (junk, b"\x01" + junk, b"\x01" + key_id(KEY.public_key()) + junk):
        with pytest.raises(UnreadableBoxError):
            unseal(KEY, "record", box)


def test_another_key_does_not_open_a_box_and_the_box_names_its_own():
    box = seal(KEY.public_key(), "record", {"name": "김민정"})
    assert sealed_to(box) == key_id(KEY.public_key())
    with pytest.raises(UnreadableBoxError):
        unseal(OTHER_KEY, "record", box)


def test_a_box_tells_neither_its_content_nor_how_long_it_is():
    boxes = {seal(KEY.public_key(), "record", {"name": name}) for name in ("李", "李", "Wolfeschlegelstein")}
    assert len(boxes) == 3
    assert len({len(box) for box in boxes}) == 1
    assert not any("李".encode() in box for box in boxes)


@given(some.text(min_size=1), some.text(min_size=1), records)
def test_only_the_link_itself_opens_what_is_locked_with_it(token, other, data):
    box = lock(token, data)
    assert unlock(token, box) == data
    if token != other:
        with pytest.raises(UnreadableBoxError):
            unlock(other, box)


@given(some.binary(max_size=200))
def test_bytes_that_are_no_link_box_do_not_open(junk):
    with pytest.raises(UnreadableBoxError):
        unlock("token", junk)
