"""What happens when very many forms come at once: nobody is turned away, and nothing is lost."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import select

from advocacy import create_app
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.models import OutgoingMail, Signature, SpentChallenge
from tests.factories import SLUG, filled_form, link_in, stamp
from tests.mails import sent_mails, text_of
from tests.pages import count_in, errors_in, value_of
from tests.work import solved

PATH = f"/ko/appeals/{SLUG}"
WORLD = {"REMOTE_ADDR": "8.8.8.8"}


@pytest.fixture(scope="module")
def flooded(tmp_path_factory, new_platform):
    """A platform that takes one form as it comes, and asks for work from the second on."""
    environ = new_platform(tmp_path_factory.mktemp("flooded"), "flooded")
    app = create_app(read_settings({**environ, "ADVOCACY_CALM_FORMS": "1"}))
    app.testing = True
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def busy(flooded, monkeypatch):
    """The same, with its counters as on the first day; returns how to send a form."""
    site = flooded.extensions["advocacy"]
    object.__setattr__(site, "limits", type(site.limits)(None, calm=1))
    client = flooded.test_client()

    def send(path: str = f"{PATH}/sign", **changes: str | None):
        form = filled_form(flooded, **changes) if path.endswith("/sign") else changes
        return client.post(path, data=form, environ_base=WORLD)

    yield send
    with flooded.app_context():
        session = begin_writing(db.session())
        for table in (OutgoingMail, SpentChallenge, Signature):
            session.query(table).delete()
        session.commit()


def stored(app) -> list[Signature]:
    with app.app_context():
        return list(db.session().scalars(select(Signature).order_by(Signature.id)))


def hidden_in(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in fields if name != "next"}


def challenge_in(page: str) -> str:
    return unescape(re.search(r'data-challenge="([^"]+)"', page).group(1))


def test_under_pressure_a_form_is_asked_for_a_calculation_and_keeps_what_was_typed(busy, flooded):
    assert busy().status_code == 303
    page = busy(email="minjung@example.org", name="김민정", display="name", public_name="민정")
    assert page.status_code == 422
    assert "조금만 더 기다려 주세요" in page.text
    kept = hidden_in(page.text)
    assert (kept["name"], kept["email"], kept["public_name"]) == ("김민정", "minjung@example.org", "민정")
    assert len(stored(flooded)) == 1
    assert busy(**{**kept, "altcha": solved(challenge_in(page.text))}).status_code == 303
    assert len(stored(flooded)) == 2
    assert not any(one.held for one in stored(flooded))


def test_a_calculation_serves_once(busy, flooded):
    busy()
    answer = solved(challenge_in(busy().text))
    assert busy(altcha=answer).status_code == 303
    again = busy(altcha=answer)
    assert again.status_code == 422
    assert challenge_in(again.text)
    assert len(stored(flooded)) == 2


def test_a_browser_that_does_not_calculate_goes_on_and_its_mail_comes_later(busy, flooded):
    busy()
    kept = hidden_in(busy(email="later@example.org").text)
    before = datetime.now(UTC)
    assert busy(**kept, later="yes").status_code == 303
    with flooded.app_context():
        mails = db.session().scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
    assert timedelta(minutes=9) < mails[-1].due_at - before < timedelta(minutes=31)
    assert mails[0].due_at < before + timedelta(minutes=1)


def test_what_comes_far_too_often_is_held_and_its_sender_sees_no_difference(busy, flooded):
    answers = [busy(later="yes") for _ in range(14)]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (303, f"{PATH}/check-mail")
    }
    held = [one.held for one in stored(flooded)]
    assert held[:10] == [False] * 10
    assert all(held[10:])


def test_forms_that_do_no_work_get_nobody_held(busy, flooded):
    busy()
    for _ in range(40):
        assert busy().status_code == 422
    assert busy(email="honest@example.org", later="yes").status_code == 303
    assert not stored(flooded)[-1].held


def test_a_held_signature_is_confirmed_like_any_other_and_not_counted_yet(busy, flooded):
    for _ in range(12):
        busy(later="yes")
    with flooded.app_context():
        session = begin_writing(db.session())
        session.query(OutgoingMail).update({"due_at": datetime.now(UTC)})
        session.commit()
    links = [link_in(text_of(mail), "confirm") for mail in sent_mails(flooded)[-12:]]
    client = flooded.test_client()
    pages = [client.get(link) for link in links if client.post(link).status_code == 303]
    assert len(pages) == 12
    assert all("서명이 집계되었습니다" in page.text for page in pages)
    assert count_in(client.get(PATH).text) == sum(not one.held for one in stored(flooded)) == 10


def test_a_form_with_faults_is_corrected_first(busy):
    busy()
    page = busy(email="nonsense")
    assert page.status_code == 422
    assert errors_in(page.text)


def test_others_are_not_slowed_down(busy, flooded):
    for _ in range(3):
        busy()
    form = filled_form(flooded, email="someone@elsewhere.example")
    calm = flooded.test_client().post(f"{PATH}/sign", data=form, environ_base={"REMOTE_ADDR": "9.9.9.9"})
    assert calm.status_code == 303


def test_a_header_that_nobody_vouches_for_is_not_believed(busy, flooded):
    busy()
    form = filled_form(flooded)
    headers = {"X-Forwarded-For": "9.9.9.9"}
    answer = flooded.test_client().post(f"{PATH}/sign", data=form, headers=headers, environ_base=WORLD)
    assert answer.status_code == 422


def test_support_without_an_address_is_slowed_down_like_signing(busy, flooded):
    mark = stamp(flooded, form=f"support {SLUG}")
    assert busy(f"{PATH}/support", stamp=mark).status_code == 303
    page = busy(f"{PATH}/support", stamp=mark)
    assert page.status_code == 422
    assert 'name="later"' not in page.text
    answer = solved(challenge_in(page.text))
    assert busy(f"{PATH}/support", stamp=mark, altcha=answer).status_code == 303
    assert busy(f"{PATH}/support", stamp=mark, altcha=answer).status_code == 422
    assert busy(f"{PATH}/support", stamp=mark, later="yes").status_code == 422
    counted = 2
    while (answer := busy(f"{PATH}/support", stamp=mark)).status_code == 422 and counted < 20:
        sent = busy(f"{PATH}/support", stamp=mark, altcha=solved(challenge_in(answer.text)))
        if sent.status_code == 429:
            break
        counted += 1
    assert sent.status_code == 429
    assert f'data-unverified="{counted}"' in flooded.test_client().get(PATH).text


def test_the_page_that_calculates_has_nothing_from_elsewhere(busy):
    busy()
    page = busy()
    assert re.findall(r"<script([^>]*)>", page.text) == [
        f' type="module" src="{re.search(r"/static/[0-9a-f]+/work.js", page.text).group()}"'
    ]
    assert page.headers["Cache-Control"] == "no-store"
    assert value_of(page.text, "altcha") == ""
