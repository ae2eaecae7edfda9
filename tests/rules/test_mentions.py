"""Who is called in a comment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.mentions import mentioned

NAMES = ["Mina", "Mina Kim", "민들레", "蒲公英"]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Mina, is this right?", {"Mina"}),
        ("@mina kim and @MINA", {"Mina Kim", "Mina"}),
        ("@민들레님 확인해 주세요", {"민들레"}),
        ("请@蒲公英看一下", {"蒲公英"}),
        ("请＠蒲公英看一下", {"蒲公英"}),
        ("＠Mina Kim，@민들레", {"Mina Kim", "민들레"}),
        ("mina@example.org", set()),
        ("Mina", set()),
        ("@ Mina", set()),
        ("@", set()),
        ("@Nobody", set()),
    ],
)
def test_whoever_is_called_is_found(text, called):
    assert mentioned(text, NAMES) == called


@given(st.text(), st.sampled_from(NAMES), st.text())
def test_a_name_after_an_at_sign_is_always_found(before, name, after):
    found = mentioned(f"{before}@{name}{after}", NAMES)
    assert any(one.startswith(name) for one in found)


@given(st.text(), st.lists(st.text()))
def test_nobody_is_called_who_is_not_known(text, names):
    assert mentioned(text, names) <= set(names)
