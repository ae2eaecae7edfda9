"""What is kept of a person is bound to its record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.vault.personal import UnreadableBoxError, pack, unpack

records = st.dictionaries(st.text(), st.text())


@given(st.text(), records)
def test_what_was_packed_is_unpacked(context, data):
    assert unpack(context, pack(context, data)) == data


@given(st.text(), st.text(), records)
def test_a_box_moved_to_another_record_is_refused(context, other, data):
    if context == other:
        other += "2"
    with pytest.raises(UnreadableBoxError, match="belongs to another record"):
        unpack(other, pack(context, data))


@given(st.text(), records, st.integers(2, 255))
def test_a_box_of_an_unknown_version_is_refused(context, data, version):
    with pytest.raises(UnreadableBoxError, match="unknown version"):
        unpack(context, bytes([version]) + pack(context, data)[1:])


@given(st.text(), records, st.data())
def test_a_box_that_was_cut_is_refused(context, data, draw):
    box = pack(context, data)
    with pytest.raises(UnreadableBoxError):
        unpack(context, box[: draw.draw(st.integers(0, len(box) - 1))])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b'{"context": "a"}',
        b'{"context": "a", "data": null}',
        b'{"context": "a", "data": ["b"]}',
        b"[" * 100_000,
    ],
    ids=lambda body: ascii(body[:40]),
)
def test_a_damaged_box_is_refused(body):
    with pytest.raises(UnreadableBoxError, match="damaged"):
        unpack("a", b"\x01" + body)


@given(st.binary())
def test_any_bytes_are_refused_or_read(body):
    try:
        data = unpack("", b"\x01" + body)
    except UnreadableBoxError:
        return
    assert unpack("", pack("", data)) == data
