"""What a source offers to be put into a text."""

import pytest

from advocacy.rules.inserts import Insert, InsertKind, inserts
from advocacy.rules.marks import TermSpan, marked

PLACEHOLDER, TAG, TERM = InsertKind


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Nothing to keep", []),
        ("%(a)s and %(b)s and %(a)s", [Insert(PLACEHOLDER, "%(a)s"), Insert(PLACEHOLDER, "%(b)s")]),
        ("An <em>old</em> one", [Insert(TAG, "<em>", "</em>")]),
        ("A <br> here", [Insert(TAG, "<br>")]),
        (
            '<a href="%(link)s">open <b>it</b></a>',
            [Insert(TAG, '<a href="%(link)s">', "</a>"), Insert(TAG, "<b>", "</b>")],
        ),
        ("<em>a</em> <em>b</em>", [Insert(TAG, "<em>", "</em>")]),
        ("lost </em>", [Insert(TAG, "</em>")]),
    ],
)
def test_what_has_to_stay_is_offered_once_in_order(source, expected):
    assert inserts([marked(source)]) == expected


def test_the_glossarys_words_come_last_and_each_once():
    one = marked("sign %(n)s petition", [TermSpan(0, 4, "서명"), TermSpan(11, 19, "청원")])
    several = marked("signs %(n)s", [TermSpan(0, 5, "서명")])
    assert inserts([one, several]) == [
        Insert(PLACEHOLDER, "%(n)s"),
        Insert(TERM, "서명", source="sign"),
        Insert(TERM, "청원", source="petition"),
    ]
