"""Doing the same to several texts of the list: looked at first, then done, each by itself."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from advocacy.actions.act_together import MOST_TOGETHER
from advocacy.actions.sync_messages import Source
from advocacy.extensions import begin_writing
from advocacy.models import Dismissal
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Role
from tests.factories import make_domain
from tests.pages import errors_in, parsed, title_of, value_of
from tests.people import OURS, PASSWORD, end_sessions, post_form_of
from tests.translate.conftest import ASK, DAYS, LAST, LETTERS, field_of

AT = "/translate/ko/small"


@pytest.fixture
def mina(translator, units):
    """She has drafts of three texts, one of which a check blocks."""
    found = translator("Mina")
    for place, text in ((ASK, "청원에 서명하기 "), (DAYS, "며칠"), (LAST, "고맙습니다. 100% ")):
        found.save(units[place], text)
    return found


def ask(someone, *units, do="submit", at=AT, query="", **fields):
    """Tick units in the list and ask what would become of them."""
    token = value_of(someone.client.get("/account/").text, "csrf_token")
    data = {"csrf_token": token, "do": do, "unit": [unit.id for unit in units], **fields}
    return someone.client.post(f"{at}/together{query}", data=data)


def agree(someone, page: str, *, but=(), at=AT, query="", headers=None, **fields):
    """Send the form of a page on which one looked at what would become of texts."""
    form = page[page.index("/together/confirm") :]
    form = form[: form.index("</form>")]
    data = {
        **dict(re.findall(r'name="(seen-\d+)" value="([^"]*)"', form)),
        "csrf_token": value_of(form, "csrf_token"),
        "do": value_of(form, "do"),
        "shown": re.findall(r'name="shown" value="(\d+)"', form),
        "unit": [
            number
            for number in re.findall(r'name="unit" value="(\d+)" checked', form)
            if int(number) not in {unit.id for unit in but}
        ],
        **fields,
    }
    return someone.client.post(f"{at}/together/confirm{query}", data=data, headers=headers)


def said_in(page: str) -> str:
    return " ".join("".join(parsed(page).itertext()).split())


def test_drafts_are_looked_at_and_then_submitted(mina, units, texts):
    answer = ask(mina, units[ASK], units[DAYS], units[LETTERS], units[LAST])
    assert answer.status_code == 200
    said = said_in(answer.text)
    assert "2 texts will be submitted for review in your name." in said
    assert "A check does not let it through" in said
    assert "You have no draft here" in said
    assert [texts(units[place])[0][0] for place in (ASK, DAYS, LAST)] == ["draft"] * 3
    done = agree(mina, answer.text, but=[units[LAST]])
    assert (done.status_code, done.location) == (303, AT)
    assert "1 text is submitted for review." in mina.client.get(AT).text
    assert texts(units[ASK]) == [("submitted", "청원에 서명하기 "), ("superseded", "청원에 서명하기 ")]
    assert [texts(units[place])[0][0] for place in (DAYS, LAST)] == ["draft"] * 2


def test_all_of_a_page_needs_no_ticks_and_the_way_back_is_the_same_list(mina, units, texts):
    query = {"status": "draft", "q": "-days"}
    page = mina.client.get(AT, query_string=query).text
    form = page[page.index('action="/translate/ko/small/together') :]
    assert 'name="which" value="shown"' in form
    address = re.match(r'action="([^"]+)"', form).group(1).replace("&amp;", "&")
    data = {
        "csrf_token": value_of(form, "csrf_token"),
        "do": "withdraw",
        "which": "shown",
        "shown": re.findall(r'name="shown" value="(\d+)"', form),
    }
    answer = mina.client.post(address, data=data)
    assert "2 texts of yours will be taken back." in said_in(answer.text)
    done = agree(mina, answer.text, query=address[address.index("?") :])
    assert (done.status_code, done.location) == (303, f"{AT}?status=draft&q=-days")
    assert [texts(units[place])[0][0] for place in (ASK, DAYS, LAST)] == ["withdrawn", "draft", "withdrawn"]


def test_warnings_are_dismissed_with_a_reason(mina, units, session):
    page = ask(mina, *units, do="dismiss:end_space").text
    said = said_in(page)
    assert title_of(page).startswith("Dismiss warnings:")
    assert "The warnings about 2 texts will be dismissed" in said
    assert "This check has no open warning about it" in said
    for reason, error in (
        (" ", "Say why the texts are right as they are."),
        ("a" * 501, "Please say it in at most 500 characters."),
    ):
        answer = agree(mina, page, but=[units[LAST]], reason=reason)
        assert answer.status_code == 422
        assert errors_in(answer.text) == [error]
        assert title_of(answer.text).startswith("Error:")
        assert f">\n{reason}</textarea>" in answer.text
        ticked = re.findall(r'name="unit" value="(\d+)" checked', answer.text)
        assert ticked == [str(units[ASK].id)]
        said_in(answer.text)
    session.rollback()
    assert session.scalars(select(Dismissal)).all() == []
    done = agree(mina, answer.text, reason="그대로 인쇄")
    assert done.status_code == 303
    assert "The warning about 1 text is dismissed." in mina.client.get(AT).text
    session.rollback()
    (note,) = session.scalars(select(Dismissal))
    assert (note.unit_id, note.check, note.reason) == (units[ASK].id, "end_space", "그대로 인쇄")


def test_what_changed_meanwhile_is_left_out_and_named(mina, units, texts, translator):
    page = ask(mina, units[ASK], units[LAST]).text
    translator().save(units[ASK], "서명", action="submit")
    answer = agree(mina, page)
    assert answer.status_code == 409
    said = said_in(answer.text)
    assert "1 text is submitted for review." in said
    assert "1 text was left out." in said
    assert "It changed after it was shown to you" in said
    assert f'href="/translate/ko/small/{units[ASK].id}"' in answer.text
    assert texts(units[ASK])[:2] == [("submitted", "서명"), ("draft", "청원에 서명하기 ")]
    assert texts(units[LAST])[0][0] == "submitted"
    again = agree(mina, page)
    assert again.status_code == 409
    assert "Nothing was changed." in said_in(again.text)
    shown = ask(mina, units[ASK]).text
    assert "Newer than this, by" in shown
    assert "서명" in said_in(shown)


def test_what_changed_is_not_ticked_in_a_form_that_comes_back(mina, units):
    page = ask(mina, units[ASK], units[LAST], do="dismiss:end_space").text
    mina.save(units[ASK], "서명 ")
    answer = agree(mina, page, reason="")
    assert answer.status_code == 422
    assert re.findall(r'name="unit" value="(\d+)" checked', answer.text) == [str(units[LAST].id)]


@pytest.mark.parametrize(
    ("do", "ticked", "errors"),
    [
        ("submit", False, ["Tick at least one text."]),
        ("", True, ["Choose what to do."]),
        ("approve", True, ["Choose what to do."]),
        ("dismiss:placeholders", True, ["Choose what to do."]),  # it blocks
        ("dismiss:", True, ["Choose what to do."]),
        ("", False, ["Tick at least one text.", "Choose what to do."]),
    ],
)
def test_what_is_missing_is_said_in_the_list_and_what_was_chosen_stays(mina, units, do, ticked, errors):
    answer = ask(mina, *([units[DAYS]] if ticked else []), do=do)
    assert answer.status_code == 422
    assert errors_in(answer.text) == errors
    parsed(answer.text)
    assert (f'value="{units[DAYS].id}" checked' in answer.text) is ticked
    assert ('<option value="submit" selected>' in answer.text) is (do == "submit")


def test_a_reason_and_the_ticks_wait_for_who_has_to_sign_in_first(app, mina, units, session):
    page = ask(mina, units[ASK], units[LAST], do="dismiss:end_space").text
    end_sessions(app)
    late = agree(mina, page, but=[units[LAST]], reason="그대로 <맞습니다>.", headers=OURS)
    assert late.status_code == 403
    answer = post_form_of(mina.client, late.text, "/account/sign-in", email=mina.email, password=PASSWORD)
    there = post_form_of(mina.client, answer.text, f"{AT}/together/confirm")
    assert there.status_code == 200
    assert field_of(there.text, "reason") == "그대로 <맞습니다>."
    ticked = re.findall(r'name="unit" value="(\d+)" checked', there.text)
    assert ticked == [str(units[ASK].id)]
    session.rollback()
    assert session.scalars(select(Dismissal)).all() == []  # no button is pressed for her
    assert agree(mina, there.text, reason=field_of(there.text, "reason")).status_code == 303
    session.rollback()
    assert [one.reason for one in session.scalars(select(Dismissal))] == ["그대로 <맞습니다>."]


def test_ticks_in_the_list_wait_too(app, mina, units):
    end_sessions(app)
    data = {"do": "submit", "unit": [units[ASK].id, units[LAST].id]}
    late = mina.client.post(f"{AT}/together", data=data, headers=OURS)
    answer = post_form_of(mina.client, late.text, "/account/sign-in", email=mina.email, password=PASSWORD)
    there = post_form_of(mina.client, answer.text, f"{AT}/together")
    assert re.findall(r'name="unit" value="(\d+)" checked', there.text) == [
        str(units[ASK].id),
        str(units[LAST].id),
    ]


def test_nothing_is_agreed_to_without_a_tick(mina, units, texts):
    page = ask(mina, units[ASK]).text
    answer = agree(mina, page, but=[units[ASK]])
    assert answer.status_code == 422
    assert errors_in(answer.text) == ["Tick at least one text."]
    assert texts(units[ASK])[0][0] == "draft"


def test_there_is_an_end_to_what_is_done_at_once(translator, session):
    sources = (Source(None, f"Text {number}") for number in range(MOST_TOGETHER + 1))
    many = units_in(begin_writing(session), make_domain(session, *sources, name="many").id, "ko")
    session.commit()
    mina = translator()
    answer = ask(mina, *many, at="/translate/ko/many")
    assert answer.status_code == 422
    assert errors_in(answer.text) == ["At most 50 texts at once."]
    assert ask(mina, *many[1:], at="/translate/ko/many").status_code == 200


def test_nothing_of_another_language_or_domain_is_touched(mina, units, session, texts):
    domain = make_domain(begin_writing(session), name="other")
    other = units_in(session, domain.id, "ko")[0]
    chinese = units_in(session, units[ASK].message.domain_id, "zh-Hans")[0]
    session.commit()
    page = ask(mina, units[ASK]).text
    for unit in (other, chinese):
        assert ask(mina, unit).status_code == 404
        assert agree(mina, page, unit=[unit.id, units[ASK].id]).status_code == 404
    assert texts(units[ASK])[0][0] == "draft"


def test_only_who_writes_in_the_language_ticks_texts(mina, units, translator):
    rio = translator("", (Role.REVIEWER, "ko"))
    page = rio.client.get(AT).text
    assert "/together" not in page
    assert 'type="checkbox" id="tick-' not in page
    assert ask(rio, units[ASK]).status_code == 403
    assert rio.client.get(f"{AT}/together").status_code == 403


def test_whoever_comes_again_to_the_address_is_led_to_the_list(mina, units):
    for path in ("together", "together/confirm"):
        answer = mina.client.get(f"{AT}/{path}?status=draft&beyond={units[ASK].id}")
        assert (answer.status_code, answer.location) == (303, f"{AT}?beyond={units[ASK].id}&status=draft")


def test_of_two_who_confirm_in_the_same_moment_each_text_is_dealt_with_once(mina, units, translator, session):
    yuri = translator("Yuri")
    for place, text in ((ASK, "청원에 서명하기 "), (LAST, "고맙습니다. 100% ")):
        mina.save(units[place], text, mina.open(units[place]), "submit")
    pages = [(who, ask(who, *units, do="dismiss:end_space").text) for who in (mina, yuri)]
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(agree, who, page, reason="It is quoted so.") for who, page in pages]
        assert {answer.result().status_code for answer in sent} == {303, 409}
    session.rollback()
    dismissed = session.scalars(select(Dismissal.unit_id)).all()
    assert sorted(dismissed) == sorted(units[place].id for place in (ASK, LAST))
