"""The glance that spares plain texts the blocking checks never spares one that they would block."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.rules.checks import Entry, Severity, blocking_findings, run_checks
from advocacy.rules.checks.plain import is_plain

WORDS = [
    "word",
    "낱말",
    "字",
    " ",
    ".",
    ". ",
    ",",
    "?",
    ":",
    "/",
    "www",
    "www.",
    "example.org",
    "@",
    "a@b.co",
]
SIGNS = [
    "%",
    "%(x)s",
    "{x}",
    "<b>",
    "&amp;",
    "&",
    "\n",
    "\u200b",
    "\u202e",
    "1",
    "３",
    "．",
    "＠",
    "-",
    "_",
    "\u0301",
]
PIECES = st.sampled_from([*WORDS, *SIGNS, "http", "://", "javascript", "：", "。", "ｊ", "org", "Ａ"])
texts = st.lists(PIECES, min_size=1, max_size=6).map("".join)


def blocking(source: str, target: str, tag: str) -> set[str]:
    found = run_checks(Entry(None, source, None, (target,)), language_tag=tag)
    return {finding.check for finding in found if finding.severity is Severity.BLOCKING}


@settings(max_examples=400)
@given(texts, texts, st.sampled_from(["ko", "zh-Hans", "zh-Hant", "ar"]))
def test_it_changes_nothing_about_what_blocks(source, target, tag):
    entry = Entry(None, source, None, (target,))
    found = {finding.check for finding in blocking_findings(entry, language_tag=tag)}
    assert found == blocking(source, target, tag)


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_plain_blocks_nothing(source, target):
    if is_plain(Entry(None, source, None, (target,))):
        assert blocking(source, target, "ko") == set()


@pytest.mark.parametrize(
    ("source", "target", "plain"),
    [
        ("Sign the petition.", "청원에 서명하세요.", True),
        ("Sign the petition", "在请愿书上签名。", True),
        ("Only 5 days", "5일만", True),
        ("Go to example.org", "example.org로", False),
        ("Sign", "<b>서명</b>", False),
        ("Only %(left)s days", "%(left)s일", False),
        ("Sign", "서명\u200b", False),
        ("Sign", "", False),
        ("Sign", "   ", False),
        ("Sign", "서명\u3164", False),
        ("Sign", "ｊａｖａｓｃｒｉｐｔ：서명", False),
        ("Sign", "evil。com에서", False),
        ("Sign", "서명" * 10_001, False),
    ],
)
def test_plain_words_are_told_from_others(source, target, plain):
    assert is_plain(Entry(None, source, None, (target,))) == plain


def test_a_flag_or_a_plural_is_never_plain():
    assert not is_plain(Entry(None, "Sign", None, ("서명",), flags=("max-length:1",)))
    assert not is_plain(Entry(None, "Letter", "Letters", ("편지",)))
