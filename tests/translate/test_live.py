"""The checks while somebody types."""

import pytest

from advocacy.extensions import begin_writing, db
from advocacy.models.account import account_by_email
from advocacy.rules.permissions import Role
from advocacy.translate.live import MOST
from advocacy.web.site import site
from tests.pages import parsed, value_of
from tests.translate.conftest import ASK, DAYS, HIDDEN, LETTERS


def remarks_in(page: str) -> list[str]:
    """What the checks say in a page or a part of one, without its spaces."""
    tree = parsed(f"<!DOCTYPE html><title>x</title><body>{page}</body>")
    checks = [one for one in tree.iter("ul") if one.get("class") == "checks"]
    return [" ".join("".join(item.itertext()).split()) for one in checks for item in one.iter("li")]


def check(mina, unit, **fields: str):
    hidden = {name: value_of(mina.open(unit), name) for name in HIDDEN}
    return mina.client.post(f"{mina.path(unit)}/checks", data={**hidden, **fields})


@pytest.mark.parametrize(
    "text", ["", "며칠만 남았습니다", "%(left)s일  남음", "<b>%(left)s일</b>", "%(left)s일 남았습니다"]
)
def test_it_says_what_the_page_says_and_saves_nothing(translator, units, texts, text):
    mina = translator()
    answer = check(mina, units[DAYS], text=text)
    assert answer.status_code == 200
    page = mina.send(units[DAYS], text=text, action="check").text
    page = page[page.index("<form id=") : page.index("<dialog")]
    assert remarks_in(answer.text) == remarks_in(page)
    assert "<html" not in answer.text
    assert "connect-src" not in answer.headers["Content-Security-Policy"]
    assert texts(units[DAYS]) == []


def test_what_blocks_a_text_is_what_refuses_it(translator, units):
    mina = translator()
    for text in ("며칠만 남았습니다", "%(left)s일 남았습니다"):
        blocks = 'class="e"' in check(mina, units[DAYS], text=text).text
        assert blocks == (mina.save(units[DAYS], text, action="submit").status_code == 422)


def test_every_form_has_its_remarks_and_a_reason_that_was_begun_stays(translator, units):
    mina = translator()
    answer = check(mina, units[LETTERS], text_0="<i>%(n)s통</i>")
    assert 'id="text_0-checks"' in answer.text
    answer = check(mina, units[DAYS], text="%(left)s일  남음", **{"reason-double_space": "그래야 <합니다>"})
    assert "그래야 &lt;합니다&gt;" in answer.text


def test_it_is_for_those_who_write_in_the_language_and_for_their_own_pages(app, translator, units):
    rio = translator("Rio", (Role.REVIEWER, "ko"))
    token = value_of(rio.client.get("/account/").text, "csrf_token")
    data = {"csrf_token": token, "text": "x"}
    assert rio.client.post(f"{rio.path(units[ASK])}/checks", data=data).status_code == 403
    mina = translator()
    assert mina.client.post(f"{mina.path(units[ASK])}/checks", data={"text": "x"}).status_code == 400
    assert app.test_client().post(f"{mina.path(units[ASK])}/checks", data=data).status_code == 403
    elsewhere = mina.path(units[ASK]).replace("small", "messages")
    data["csrf_token"] = value_of(mina.open(units[ASK]), "csrf_token")
    assert mina.client.post(f"{elsewhere}/checks", data=data).status_code == 404
    assert mina.client.get(f"{mina.path(units[ASK])}/checks").status_code == 405


def test_who_asks_too_often_is_asked_to_wait_and_others_are_not(app, translator, units):
    mina, yuri = translator("Mina"), translator("Yuri")
    with app.app_context():
        key = str(account_by_email(db.session(), mina.email).id)
        for _ in range(MOST):
            site().limits.allows_try("live checks", key, most=MOST, seconds=60)
    assert check(mina, units[ASK], text="서명").status_code == 429
    assert check(yuri, units[ASK], text="서명").status_code == 200
    assert mina.save(units[ASK], "서명하기").status_code == 303


def test_a_text_that_is_not_used_any_more_is_not_checked(translator, units, session):
    mina = translator()
    hidden = {name: value_of(mina.open(units[ASK]), name) for name in HIDDEN}
    begin_writing(session)
    units[ASK].message.obsolete = True
    session.commit()
    assert (
        mina.client.post(f"{mina.path(units[ASK])}/checks", data={**hidden, "text": "x"}).status_code == 404
    )


def test_what_can_be_inserted_is_there_to_be_copied(translator, units):
    page = translator().open(units[DAYS])
    tree = parsed(page)
    codes = [one.text for one in tree.iter("code") if one.get("class") == "ph"]
    assert "%(left)s" in codes
    button = next(one for one in tree.iter("button") if one.get("data-insert"))
    assert (button.get("data-insert"), "hidden" in button.attrib) == ("%(left)s", True)
    assert [one for one in tree.iter() if one.get("id") == button.get("aria-describedby")] != []
