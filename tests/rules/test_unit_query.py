"""What is typed to find texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.translation import UnitStatus
from advocacy.rules.unit_query import (
    MOST_TERMS,
    Condition,
    Fault,
    FaultKind,
    Has,
    Key,
    Query,
    Term,
    Where,
    read_query,
    written,
)

CHECKS = {"josa", "double_space"}
_PIECES = (
    'source: Context： - " “ 」 청원 sign : 請願 status: outdated check: josa author: has: mine changed: '
    "2026-11-01 note: text: comment："
)
pieces = st.sampled_from([*_PIECES.split(), " ", "\n"])
anything = st.lists(pieces | st.text(max_size=6), max_size=30).map("".join)
words = st.text("abcXYZ청원請願%_\\'", min_size=1, max_size=6)
phrases = st.text("ab 청願-:「“'%", min_size=1, max_size=12).filter(str.strip)


@given(anything)
def test_whatever_is_typed_is_read_and_none_of_it_is_made_up(text):
    query = read_query(text, checks=CHECKS)
    assert len(query.terms) + len(query.conditions) <= MOST_TERMS
    assert len(query.faults) <= MOST_TERMS
    assert all(term.text and term.text == term.text.strip() and term.text in text for term in query.terms)
    assert all(fault.said in text for fault in query.faults)


@given(anything)
def test_what_was_understood_can_be_written_and_read_again(text):
    query = read_query(text, checks=CHECKS)
    assert read_query(written(query, checks=CHECKS), checks=CHECKS) == query._replace(faults=())


conditions = st.one_of(
    st.builds(Condition, st.just(Key.STATUS), st.sampled_from(UnitStatus).map(str), st.booleans()),
    st.builds(Condition, st.just(Key.CHECK), st.sampled_from(sorted(CHECKS)), st.booleans()),
    st.builds(Condition, st.just(Key.HAS), st.sampled_from(Has).map(str), st.booleans()),
    st.builds(Condition, st.just(Key.CHANGED), st.dates().map(str), st.booleans()),
    st.builds(Condition, st.just(Key.AUTHOR), phrases.map(str.strip), st.booleans()),
)
terms = st.builds(Term, phrases.map(str.strip), st.sampled_from(Where), st.booleans())


@given(st.lists(terms, max_size=5), st.lists(conditions, max_size=5))
def test_whatever_can_be_meant_can_be_typed(found, demanded):
    query = Query(tuple(found), tuple(demanded))
    assert read_query(written(query, checks=CHECKS), checks=CHECKS) == query


@given(st.lists(words, max_size=MOST_TERMS))
def test_plain_words_are_looked_for_everywhere_one_by_one(found):
    assert read_query(" ".join(found)) == Query(tuple(map(Term, found)))


@given(phrases, st.sampled_from(list(Where)[1:]), st.booleans())
def test_a_phrase_in_quotes_is_found_as_it_stands_there(phrase, where, unwanted):
    quoted = f'{"-" * unwanted}{where}:"{phrase}"'
    found = read_query(f"a {quoted} b").terms
    assert found == (Term("a"), Term(phrase.strip(), where, unwanted), Term("b"))


@given(st.lists(words, min_size=1, max_size=MOST_TERMS))
def test_a_minus_before_a_word_turns_it_round(found):
    plain = read_query(" ".join(found))
    assert read_query(" ".join(f"-{word}" for word in found)).terms == tuple(
        Term(term.text, term.where, unwanted=True) for term in plain.terms
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        ("   ", ()),
        ("-", (Term("-"),)),
        ("source: letter", (Term("letter", Where.SOURCE),)),
        ("ｓｏｕｒｃｅ：ＡＢＣ", (Term("ＡＢＣ", Where.SOURCE),)),
        ('"source:"', (Term("source:"),)),
        ("note: this", (Term("note:"), Term("this"))),
        ("＂서명 확인＂ ‘it’s open’", (Term("서명 확인"), Term("it’s open"))),
        ("‘tis open", (Term("‘tis"), Term("open"))),
        ("–mail", (Term("mail", unwanted=True),)),
        ("– mail", (Term("–"), Term("mail"))),
        ("SOURCE:letter", (Term("letter", Where.SOURCE),)),
        ("source：「서명 확인」", (Term("서명 확인", Where.SOURCE),)),
        ('text:"강제 송환"', (Term("강제 송환", Where.TEXT),)),
        ("comment:count", (Term("count", Where.COMMENT),)),
        ("－context:mail", (Term("mail", Where.CONTEXT, unwanted=True),)),
        ("https://example.org", (Term("https://example.org"),)),
        ('"note:this"', (Term("note:this"),)),
        ("10:30", (Term("10:30"),)),
        ("it's", (Term("it's"),)),
        ('"left open', (Term("left open"),)),
        ('""', (Term('""'),)),
        ('" "', ()),
        ("well-known", (Term("well-known"),)),
        ("„so“ “so” «so»", (Term("so"),) * 3),
    ],
)
def test_what_is_typed_and_what_it_means(typed, meant):
    assert read_query(typed) == Query(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("status:outdated", Condition(Key.STATUS, "outdated")),
        ("Status：Needs-Review", Condition(Key.STATUS, "needs_review")),
        ("status: outdated", Condition(Key.STATUS, "outdated")),
        ("ｓｔａｔｕｓ:ｄｒａｆｔ", Condition(Key.STATUS, "draft")),
        ('status:"needs review"', Condition(Key.STATUS, "needs_review")),
        ("status:‘needs  review’", Condition(Key.STATUS, "needs_review")),
        ('check: "Double space"', Condition(Key.CHECK, "double_space")),
        ("author: me", Condition(Key.AUTHOR, "me")),
        ("–has:  mine", Condition(Key.HAS, "mine", unwanted=True)),
        ("changed:２０２６－11－01", Condition(Key.CHANGED, "2026-11-01")),
        ("-check:josa", Condition(Key.CHECK, "josa", unwanted=True)),
        ("author:me", Condition(Key.AUTHOR, "me")),
        ('author:"Kim Minji"', Condition(Key.AUTHOR, "Kim Minji")),
        ("has:comment", Condition(Key.HAS, "comment")),
        ("changed:2026-11-1", Condition(Key.CHANGED, "2026-11-01")),
    ],
)
def test_conditions_and_what_they_mean(typed, meant):
    assert read_query(typed, checks=CHECKS) == Query(conditions=(meant,))


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("statu:outdated", Fault(FaultKind.KEY, "statu")),
        ("status:old", Fault(FaultKind.STATUS, "old")),
        ("check:jossa", Fault(FaultKind.CHECK, "jossa")),
        ("has:", Fault(FaultKind.EMPTY, "has")),
        ("Ｓｏｕｒｃｅ：", Fault(FaultKind.EMPTY, "Ｓｏｕｒｃｅ")),
        ("-status:   ", Fault(FaultKind.EMPTY, "status")),
        ("ｓｔａｔｕ:old", Fault(FaultKind.KEY, "ｓｔａｔｕ")),
        ("has:friends", Fault(FaultKind.HAS, "friends")),
        ('author:" "', Fault(FaultKind.AUTHOR, "")),
        ("changed:2026-02-30", Fault(FaultKind.CHANGED, "2026-02-30")),
        ("changed:yesterday", Fault(FaultKind.CHANGED, "yesterday")),
        ("changed:٢٠٢٦-11-01", Fault(FaultKind.CHANGED, "٢٠٢٦-11-01")),
    ],
)
def test_what_cannot_be_meant_is_a_fault_and_the_rest_stands(typed, fault):
    query = read_query(f"sign {typed}", checks=CHECKS)
    assert query.faults == ((fault,) if fault else ())
    assert query.terms[0] == Term("sign")


def test_what_follows_an_empty_condition_is_one_of_its_own():
    query = read_query("status: -author:me source: check:josa", checks=CHECKS)
    assert query.conditions == (Condition(Key.AUTHOR, "me", unwanted=True), Condition(Key.CHECK, "josa"))
    assert query.faults == (Fault(FaultKind.EMPTY, "status"), Fault(FaultKind.EMPTY, "source"))


def test_too_much_is_said_to_be_too_much():
    query = read_query("a " * (MOST_TERMS + 2))
    assert query == Query((Term("a"),) * MOST_TERMS, (), (Fault(FaultKind.TOO_MANY, "a"),))
