"""The list of texts, and finding one in it."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from advocacy.actions.sync_messages import Source
from advocacy.extensions import begin_writing
from advocacy.models import Comment, Unit
from advocacy.models.unit import units_in
from tests.factories import NOW, make_approved, make_domain
from tests.pages import errors_in, parsed
from tests.translate.conftest import ASK, DAYS, LAST, LETTERS


@pytest.fixture
def listed(units):
    """Asks for the list; returns the places of the units in it."""
    numbers = [unit.id for unit in units]

    def ask(someone, **asked: str) -> list[int]:
        answer = someone.client.get("/translate/ko/small", query_string=asked)
        assert answer.status_code == 200
        parsed(answer.text)
        found = re.findall(r'class="line" href="/translate/ko/small/(\d+)', answer.text)
        return [numbers.index(int(number)) for number in found]

    return ask


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [ASK, DAYS, LETTERS, LAST]),
        ("PETITION", [ASK]),
        ("sign petition", [ASK]),
        ('"sign petition"', []),
        ('"sign the"', [ASK]),
        ("letters", [LETTERS]),
        ("%", [DAYS, LETTERS, LAST]),
        ("100%", [LAST]),
        ("_", []),
        ("\\", []),
        ("count", [DAYS]),
        ("context:mail", [LAST]),
        ("-context:mail", [ASK, DAYS, LETTERS]),
        ("source:count", []),
        ("며칠", [DAYS]),
        ("translation:며칠", [DAYS]),
        ("source:며칠", []),
        ("-translation:며칠 -thank", [ASK, LETTERS]),
        ("옛글", []),
        ("'; DROP TABLE units", []),
        ("comment:count", [DAYS]),
        ("text:며칠", [DAYS]),
        ("text:days", [DAYS]),
        ("text:count", []),
        ("-text:sign -text:며칠", [LETTERS, LAST]),
        ("status:draft", [DAYS]),
        ("-status:draft", [ASK, LETTERS, LAST]),
        ("status:draft status:approved", []),
        ("status: draft", [DAYS]),
        ("author: me –status:untranslated", [DAYS]),
        ('status:draft text:"며칠 %"', [DAYS]),
        ("check:end_space", [DAYS]),
        ("-check:end_space", [ASK, LETTERS, LAST]),
        ("check:josa", []),
        ("author:me", [DAYS]),
        ("author:MINA", [DAYS]),
        ("-author:mina", [ASK, LETTERS, LAST]),
        ("has:mine -has:comment", [DAYS]),
        ("has:comment", [ASK]),
        ("changed:2020-01-01", [ASK, DAYS, LETTERS, LAST]),
        ("changed:2099-01-01", []),
    ],
)
def test_texts_are_found_by_what_stands_in_them_and_what_is_known_of_them(
    translator, units, listed, session, query, found
):
    mina = translator("Mina")
    for text in ("옛글 %(left)s", "며칠 %(left)s "):
        mina.save(units[DAYS], text)
    begin_writing(session)
    for unit, resolved in ((units[ASK], None), (units[LAST], NOW)):
        values = {"text": "왜?", "created_at": NOW, "resolved_at": resolved}
        session.add(Comment(unit_id=unit.id, **values))
    session.commit()
    assert listed(mina, q=query) == found


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("statu:draft", "Nothing is called “statu:” here."),
        ("status:old", "There is no status “old”. There are: untranslated, draft,"),
        ("check:jossa", "There is no check “jossa”."),
        ("author:nobody", "Nobody here is called “nobody”."),
        ("status:", "Nothing is said after “status:”."),
        ("has:friends", "There is no “has:friends”. There are: comment, mine."),
        ("changed:2026-13-01", "“2026-13-01” is no day. Write it like this: 2026-11-01."),
        ("a " * 11, "at most 10 parts."),
    ],
)
def test_what_cannot_be_meant_is_explained_and_what_was_typed_stays(translator, units, query, said):
    page = translator().client.get("/translate/ko/small", query_string={"q": query, "mine": "yes"}).text
    tree = parsed(page)
    (error,) = errors_in(page)
    assert said in error
    field = tree.find(".//input[@id='q']")
    assert (field.get("value"), field.get("aria-invalid")) == (query.strip(), "true")
    assert "q-error" in field.get("aria-describedby")
    assert tree.find(".//input[@id='mine']").get("checked") is not None
    assert 'href="#q"' in page


def test_the_examples_of_the_help_can_be_typed(translator, units):
    mina = translator("Kim Minji")
    tree = parsed(mina.client.get("/translate/ko/small").text)
    examples = [code.text for code in tree.findall(".//details[@id='q-help']//code")]
    assert len(examples) > 10
    for example in examples:
        answer = mina.client.get("/translate/ko/small", query_string={"q": example})
        assert answer.status_code == 200
        assert errors_in(answer.text) == [], example


def test_texts_are_found_by_status_by_author_and_by_warnings(translator, units, listed):
    mina, yuri = translator(), translator()
    mina.save(units[ASK], "청원에 서명하기", action="submit")
    yuri.save(units[DAYS], "%(left)s일  남음")
    assert listed(mina, status="needs_review") == [ASK]
    assert listed(mina, status="nonsense") == [ASK, DAYS, LETTERS, LAST]
    assert listed(mina, mine="yes") == [ASK]
    assert listed(yuri, mine="yes") == [DAYS]
    assert listed(yuri, mine="yes", status="needs_review") == []
    assert listed(mina, warned="yes") == [DAYS]
    mina.save(units[ASK], "서명하기", action="withdraw")
    assert listed(mina, mine="yes") == []


def test_a_warning_that_was_dismissed_is_none(translator, units, listed):
    mina = translator()
    text = "%(left)s일  남음"
    mina.save(units[DAYS], text)
    mina.send(units[DAYS], text=text, dismiss="double_space", **{"reason-double_space": "so"})
    assert listed(mina, warned="yes") == []


def test_a_long_list_comes_in_pages_that_miss_and_repeat_nothing(translator, session):
    make_domain(session, *(Source(None, f"Text {number:02}") for number in range(60)), name="long")
    session.commit()
    mina, seen, path = translator(), [], "/translate/ko/long?q=text"
    while path:
        page = mina.client.get(path).text
        parsed(page)
        seen += re.findall(r'class="line"[^>]*>Text (\d\d)<', page)
        onward = re.search(r'href="([^"]+)">Next page<', page)
        path = onward.group(1).replace("&amp;", "&") if onward else ""
    assert seen == [f"{number:02}" for number in range(60)]
    assert "That was all." in mina.client.get("/translate/ko/long?beyond=2147483647&q=zzz").text


def test_an_empty_list_says_why_and_leads_on(translator, units, session):
    mina = translator()
    page = mina.client.get("/translate/ko/small?q=zzzz").text
    assert "Nothing fits." in page
    assert 'href="/translate/ko/small">Show everything<' in page
    one = make_domain(begin_writing(session), Source(None, "Hello"), name="one")
    session.flush()
    make_approved(session, units_in(session, one.id, "ko")[0], "안녕")
    session.commit()
    assert (
        "Everything here has been translated."
        in mina.client.get("/translate/ko/one?status=untranslated").text
    )


def test_what_can_be_typed_as_a_condition_can_be_chosen_in_the_form_too(translator, units, listed, session):
    mina, yuri = translator("Mina"), translator("Yuri")
    mina.save(units[DAYS], "며칠 %(left)s ")
    yuri.save(units[LAST], "감사합니다. 그것의 100%")
    begin_writing(session)
    session.add(Comment(unit_id=units[ASK].id, text="왜?", created_at=NOW))
    session.execute(
        update(Unit)
        .where(Unit.id.in_([units[ASK].id, units[LETTERS].id]))
        .values(changed_at=datetime(2020, 1, 1, tzinfo=UTC))
    )
    session.commit()
    assert listed(mina, check="end_space") == [DAYS]
    assert listed(mina, check="nonsense") == [ASK, DAYS, LETTERS, LAST]
    assert listed(mina, by="yuri") == [LAST]
    assert listed(mina, by="me") == [DAYS]
    assert listed(mina, talk="yes") == [ASK]
    assert listed(mina, since="2020-01-02") == [DAYS, LAST]
    assert listed(mina, since="2020-01-02", by="Mina", check="end_space", q="days") == [DAYS]
    assert listed(mina, since="2020-01-02", by="Mina", check="end_space", q="count") == [DAYS]
    assert listed(mina, since="2020-01-02", by="Mina", check="josa") == []
    # A form sends every field that it has.
    assert listed(mina, q="", check="", by="", since="") == [ASK, DAYS, LETTERS, LAST]


def test_what_was_chosen_in_the_form_stays_in_it_and_goes_along(translator, units, session):
    mina = translator("Mina")
    mina.save(units[DAYS], "며칠 %(left)s ")
    mina.save(units[LAST], "감사합니다 ")
    begin_writing(session)
    session.add(Comment(unit_id=units[DAYS].id, text="왜?", created_at=NOW))
    session.commit()
    asked = {"check": "end_space", "by": "Mina", "since": "2020-01-02"}
    kept = "check=end_space&by=Mina&since=2020-01-02"
    editor = mina.open(units[DAYS], **asked)  # the first to ask what the checks say
    assert f'rel="next" href="{mina.path(units[LAST])}?{kept}"'.replace("&", "&amp;") in editor
    page = mina.client.get("/translate/ko/small", query_string=asked).text
    tree = parsed(page)
    assert tree.find(".//details[@id='more']").get("open") is not None
    (chosen,) = (one for one in tree.findall(".//select[@id='check']/option") if "selected" in one.attrib)
    assert chosen.get("value") == "end_space"
    assert [tree.find(f".//input[@id='{name}']").get("value") for name in ("by", "since")] == [
        "Mina",
        "2020-01-02",
    ]
    for place in (f'{mina.path(units[DAYS])}?{kept}"', f"/translate/ko/small/offline?{kept}"):
        assert place.replace("&", "&amp;") in page
    file = mina.client.get("/translate/ko/small/offline/download", query_string={**asked, "kind": "csv"})
    assert "며칠" in file.text
    assert "Sign the petition" not in file.text
    assert (
        "open"
        not in parsed(mina.client.get("/translate/ko/small").text).find(".//details[@id='more']").attrib
    )


def test_what_cannot_be_meant_in_a_field_is_said_beside_it(translator, units, listed):
    mina = translator()
    page = mina.client.get("/translate/ko/small?by=Nobody+Here&since=yesterday").text
    assert errors_in(page) == [
        "Nobody here is called “Nobody Here”.",
        "“yesterday” is no day. Write it like this: 2026-11-01.",
    ]
    assert 'href="#by"' in page
    assert 'href="#since"' in page
    assert parsed(page).find(".//input[@id='q']").get("aria-invalid") is None
    assert listed(mina, since="yesterday") == [ASK, DAYS, LETTERS, LAST]


def test_what_people_wrote_is_text_and_never_markup(translator, units):
    mina = translator()
    mina.save(units[ASK], "<script>alert(1)</script>")
    for page in (mina.open(units[ASK]), mina.client.get("/translate/ko/small?q=<script>").text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_the_way_through_a_search_stays_in_the_search(translator, units):
    mina = translator()
    mina.save(units[LETTERS], "", action="check")
    page = mina.open(units[LETTERS], q="%", status="untranslated")
    parsed(page)
    before = re.search(r'rel="prev" href="([^"]+)"', page).group(1).replace("&amp;", "&")
    after = re.search(r'rel="next" href="([^"]+)"', page).group(1).replace("&amp;", "&")
    assert before == f"{mina.path(units[DAYS])}?status=untranslated&q=%25"
    assert after == f"{mina.path(units[LAST])}?status=untranslated&q=%25"
    assert 'rel="prev"' not in mina.open(units[DAYS], q="%")
