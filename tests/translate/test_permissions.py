"""Whose workbench it is: translators write in their languages, reviewers read in theirs."""

import pytest

from advocacy.models import Translation
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Role
from tests.pages import parsed
from tests.people import add_person, sign_in, staff_client
from tests.translate.conftest import ASK, DAYS

STAFF = [role for role in Role if role.is_staff]


def test_a_translator_writes_in_her_own_languages_only(translator, units, session, domain):
    mina = translator("Mina", (Role.TRANSLATOR, "ko"), (Role.TRANSLATOR, "zh-Hant"))
    chinese = units_in(session, domain.id, "zh-Hans")[ASK]
    page = mina.open(units[ASK])
    mina.at = "/translate/zh-hans/small"
    for path in (mina.at, mina.path(chinese)):
        assert mina.client.get(path).status_code == 403
    assert mina.save(chinese, "签署", page, action="submit").status_code == 403
    session.rollback()
    assert session.query(Translation).filter_by(unit_id=chinese.id).count() == 0
    mina.at = "/translate/zh-hant/small"
    assert mina.save(units_in(session, domain.id, "zh-Hant")[ASK], "簽署請願").status_code == 303


def test_an_address_that_mixes_languages_domains_and_units_leads_nowhere(translator, units, session, domain):
    mina = translator("", *((Role.TRANSLATOR, tag) for tag in ("ko", "zh-Hans", "en")))
    chinese = units_in(session, domain.id, "zh-Hans")[ASK]
    wrong = [
        f"/translate/ko/small/{chinese.id}",
        f"/translate/ko/messages/{units[ASK].id}",
        f"/translate/en/small/{units[ASK].id}",
        "/translate/en/small",
        "/translate/ko/nothing",
        "/translate/ko/small/2147483647",
        "/translate/ko/small/2147483648",
        "/translate/fr/small",
    ]
    page = mina.open(units[ASK])
    for path in wrong:
        assert mina.client.get(path).status_code == 404, path
    assert mina.send(units[ASK], page, path=wrong[0], text="몰래", action="submit").status_code == 404
    session.rollback()
    assert session.query(Translation).filter(Translation.unit_id.in_([chinese.id, units[ASK].id])).all() == []


def test_a_reviewer_reads_and_does_not_write(translator, units, texts):
    translator("Mina").save(units[ASK], "서명하기")
    rio = translator("Rio", (Role.REVIEWER, "ko"), (Role.TRANSLATOR, "zh-Hant"))
    page = rio.open(units[ASK])
    tree = parsed(page)
    assert "서명하기" in page
    assert [form for form in tree.iter("form") if form.get("id") == "editor"] == []
    assert "Use this" not in page
    assert "Translate the next one" not in rio.client.get("/translate/ko/small").text
    token = page[page.index("csrf_token") :].split('value="')[1].split('"')[0]
    answer = rio.client.post(
        rio.path(units[ASK]), data={"csrf_token": token, "text": "x", "action": "submit"}
    )
    assert answer.status_code == 403
    assert texts(units[ASK]) == [("draft", "서명하기")]


@pytest.mark.parametrize("role", STAFF, ids=str)
def test_staff_without_a_language_stay_outside(app, units, role):
    client = staff_client(app, role)
    for path in ("/translate/", "/translate/ko/small", f"/translate/ko/small/{units[ASK].id}"):
        assert client.get(path).status_code == 403
    assert 'href="/translate/"' not in client.get("/staff/").text


def test_staff_who_translate_show_their_second_factor_first(app, units):
    client = app.test_client()
    sign_in(client, add_person(app, (Role.EDITOR, None), (Role.TRANSLATOR, "ko")))
    path = f"/translate/ko/small/{units[ASK].id}"
    assert client.get(path).headers["Location"].startswith("/account/second-factor")
    assert client.post(path, data={"text": "x"}).status_code in (303, 403)


def test_strangers_sign_in_first_and_come_to_where_they_wanted(client, app, units):
    path = f"/translate/ko/small/{units[ASK].id}"
    assert client.get(path).headers["Location"] == f"/account/sign-in?next={path}"
    assert client.post(path, data={"text": "x", "action": "submit"}).status_code == 403
    answer = sign_in(client, add_person(app, (Role.TRANSLATOR, "ko")), next=path)
    assert answer.headers["Location"] == path


def test_a_form_from_elsewhere_is_refused(translator, units, texts):
    mina = translator()
    answer = mina.client.post(mina.path(units[ASK]), data={"text": "x", "action": "submit"})
    assert answer.status_code == 400
    assert texts(units[ASK]) == []


def test_what_is_based_on_another_units_text_is_based_on_nothing(translator, units, session):
    mina = translator()
    mina.save(units[ASK], "서명하기")
    session.rollback()
    elsewhere = session.query(Translation).filter_by(unit_id=units[ASK].id).one().id
    mina.send(units[DAYS], text="%(left)s일 남음", action="draft", based_on=str(elsewhere))
    session.rollback()
    assert session.query(Translation).filter_by(unit_id=units[DAYS].id).one().based_on_id is None
