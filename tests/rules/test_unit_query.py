"""What is typed to find texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.unit_query import MOST_TERMS, Term, Where, read_query

pieces = st.sampled_from(
    ["source:", "Context：", "-", '"', "“", "」", " ", "\n", "청원", "sign", ":", "請願"]
)
anything = st.lists(pieces | st.text(max_size=6), max_size=30).map("".join)
words = st.text("abcXYZ청원請願%_\\'", min_size=1, max_size=6)
phrases = st.text("ab 청願-:「“'%", min_size=1, max_size=12).filter(str.strip)


@given(anything)
def test_whatever_is_typed_means_something(text):
    terms = read_query(text)
    assert len(terms) <= MOST_TERMS
    assert all(term.text and term.text == term.text.strip() and term.text in text for term in terms)


@given(st.lists(words, max_size=MOST_TERMS))
def test_plain_words_are_looked_for_everywhere_one_by_one(found):
    assert read_query(" ".join(found)) == tuple(map(Term, found))


@given(phrases, st.sampled_from(list(Where)[1:]), st.booleans())
def test_a_phrase_in_quotes_is_found_as_it_stands_there(phrase, where, unwanted):
    written = f'{"-" * unwanted}{where}:"{phrase}"'
    assert read_query(f"a {written} b") == (Term("a"), Term(phrase.strip(), where, unwanted), Term("b"))


@given(st.lists(words, min_size=1, max_size=MOST_TERMS))
def test_a_minus_before_a_word_turns_it_round(found):
    plain = read_query(" ".join(found))
    assert read_query(" ".join(f"-{word}" for word in found)) == tuple(
        Term(term.text, term.where, unwanted=True) for term in plain
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        ("   ", ()),
        ("-", (Term("-"),)),
        ("source:", (Term("source:"),)),
        ("SOURCE:letter", (Term("letter", Where.SOURCE),)),
        ("source：「서명 확인」", (Term("서명 확인", Where.SOURCE),)),
        ("－context:mail", (Term("mail", Where.CONTEXT, unwanted=True),)),
        ("https://example.org", (Term("https://example.org"),)),
        ("it's", (Term("it's"),)),
        ('"left open', (Term("left open"),)),
        ('""', (Term('""'),)),
        ('" "', ()),
        ("well-known", (Term("well-known"),)),
        ("„so“ “so” «so»", (Term("so"),) * 3),
    ],
)
def test_what_is_typed_and_what_it_means(typed, meant):
    assert read_query(typed) == meant
