"""The site that passkeys are for, and what they can be called."""

import pytest

from advocacy.rules.passkeys import PasskeyNameError, party_at, read_passkey_name


@pytest.mark.parametrize(
    ("address", "domain", "origin"),
    [
        ("https://letter.example.org", "letter.example.org", "https://letter.example.org"),
        ("https://Letter.Example.org:443/there", "letter.example.org", "https://letter.example.org"),
        ("https://letter.example.org:8443", "letter.example.org", "https://letter.example.org:8443"),
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
        ("http://localhost:80", "localhost", "http://localhost"),
        ("http://localhost:443", "localhost", "http://localhost:443"),
    ],
)
def test_the_origin_is_written_as_browsers_write_it(address, domain, origin):
    party = party_at(address, "Open Letter")
    assert (party.id, party.origin, party.name) == (domain, origin, "Open Letter")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("My phone", "My phone"),
        ("  제  휴대전화\t", "제 휴대전화"),
        ("我的\u3000手机", "我的 手机"),
        ("e\u0301", "é"),
        ("key #2 🔑", "key #2 🔑"),
        ("", ""),
        (" \n", ""),
        ("x" * 40, "x" * 40),
    ],
)
def test_names_are_kept_as_people_see_them(typed, kept):
    assert read_passkey_name(typed) == kept


@pytest.mark.parametrize("typed", ["x" * 41, "phone\u202egnp.exe", "a\u200bb", "a\x00b"])
def test_what_cannot_be_seen_is_no_name(typed):
    with pytest.raises(PasskeyNameError):
        read_passkey_name(typed)
