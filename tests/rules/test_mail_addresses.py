"""Mail addresses."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advocacy.rules.mail_addresses import (
    LONGEST_ADDRESS,
    AddressFault,
    AddressRefusedError,
    masked,
    read_address,
    same_owner_key,
)

MALFORMED = [
    "kim@",
    "@example.org",
    "kim@localhost",
    "kim lee@example.org",
    "kim@lee@example.org",
    "kim@exam\u200bple.org",
    "kim\u202e@example.org",
    "kim@example.org\r\nBcc: lee@example.org",
    f"{'k' * LONGEST_ADDRESS}@example.org",
]
address_like = st.text('ab1@.-_+"() <>\\,;:＠。\u00ad\u200d\u0301éßİ김\r\n', max_size=30) | st.emails()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("kim@example.org", "kim@example.org"),
        (" \tKim.Lee+news@Example.ORG\n", "Kim.Lee+news@example.org"),
        ("ｋｉｍ＠ｅｘａｍｐｌｅ．ｏｒｇ", "kim@example.org"),
        ("김@예시.한국", "김@예시.한국"),
        ("kim@xn--vv4b11d.xn--3e0b707e", "kim@예시.한국"),
    ],
)
def test_an_address_is_read_as_it_is_written_to(text, address):
    assert read_address(text) == address


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", AddressFault.EMPTY),
        (" \u3000\n", AddressFault.EMPTY),
        ("kim.example.org", AddressFault.NO_AT),
        *[(text, AddressFault.MALFORMED) for text in MALFORMED],
    ],
)
def test_what_is_no_address_is_refused_with_its_fault(text, fault):
    with pytest.raises(AddressRefusedError) as refused:
        read_address(text)
    assert refused.value.fault is fault


@given(st.text() | address_like)
def test_any_text_is_refused_or_read_once_and_for_all(text):
    try:
        address = read_address(text)
    except AddressRefusedError:
        return
    assert read_address(address) == address
    assert len(address) <= LONGEST_ADDRESS
    assert "\n" not in address


@given(st.text() | address_like)
@example("ß\u0301@example.org")
@example("Ϊ\u0301@example.org")
def test_the_key_of_a_key_is_the_key(address):
    assert same_owner_key(same_owner_key(address)) == same_owner_key(address)


@given(st.emails())
def test_two_spellings_of_one_address_have_one_owner(address):
    full_width = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in address)
    spellings = [address, address.upper(), address.lower(), address.title(), f" {address}\n", full_width]
    assert {same_owner_key(spelling) for spelling in spellings} == {address.lower()}


def test_accents_and_case_do_not_make_two_owners_however_they_are_typed():
    assert same_owner_key("JOSE\u0301@EXAMPLE.ORG") == same_owner_key("josé@example.org")


@pytest.mark.parametrize(
    ("one", "other"),
    [("a+b@example.org", "a@example.org"), ("a.b@gmail.com", "ab@gmail.com"), ("a@b.org", "a@c.org")],
)
def test_what_could_be_two_people_stays_two(one, other):
    assert same_owner_key(one) != same_owner_key(other)


def test_an_address_is_masked_for_its_owner():
    assert masked("minjeong@example.com") == "m***@example.com"


@given(st.emails(), st.text(min_size=1))
def test_a_masked_address_hides_all_but_the_first_letter_and_the_host(address, rest):
    _, _, host = address.rpartition("@")
    assert masked(f"{address[0]}{rest}@{host}") == f"{address[0]}***@{host}"


def test_a_local_part_of_one_letter_is_hidden_too():
    assert masked("x@example.org") == "***@example.org"
