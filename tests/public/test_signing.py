from unicodedata import normalize

import pytest
from sqlalchemy import select

from advocacy.actions.close_appeal import close_appeal
from advocacy.actions.moderate_names import show_name
from advocacy.models import AppealState, Signature
from advocacy.models.appeal import appeal_by_slug
from advocacy.rules.consents import Consent
from advocacy.rules.signing import Display
from advocacy.vault.keys import KeyFolder, NoKeyError
from tests.factories import NOW, SLUG, filled_form, link_in, make_confirmed, stamp
from tests.mails import sent_mails, text_of
from tests.pages import count_in, errors_in, title_of, value_of

PATH = f"/ko/appeals/{SLUG}"
REQUIRED_BOXES = ("agree_use", "agree_sensitive", "agree_age")


def post(client, form, path=PATH, **kwargs):
    return client.post(f"{path}/sign", data=form, **kwargs)


def signatures(session) -> list[Signature]:
    return list(session.scalars(select(Signature).order_by(Signature.id)))


def test_a_valid_form_leads_to_the_mailbox_and_leaves_one_signature(client, app, session):
    answer = post(client, filled_form(app))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PATH}/check-mail")
    assert len(signatures(session)) == 1


def test_the_whole_way_from_the_form_to_the_count_and_back(client, app, session):
    post(client, filled_form(app, email="minjung@example.org", display="name", public_name="민정"))
    (mail,) = sent_mails(app)
    confirm, withdraw = link_in(text_of(mail), "confirm"), link_in(text_of(mail), "withdraw")
    shown = client.get(confirm).text
    assert "김민정" in shown
    assert "m***@example.org" in shown
    assert "minjung@example.org" not in shown
    assert client.post(confirm).status_code == 303
    assert count_in(client.get(confirm).text) == 1
    page = client.get(PATH).text
    assert count_in(page) == 1
    assert "민정" not in page + client.get(f"{PATH}/signatures").text  # nobody has looked at it yet
    (signature,) = signatures(session)
    assert show_name(session, signature, by="operator", now=NOW)
    session.commit()
    assert "민정" in client.get(PATH).text
    assert "민정" in client.get(f"{PATH}/signatures").text
    assert client.get(withdraw).status_code == 200
    gone = client.post(withdraw)
    assert (gone.status_code, gone.headers["Location"]) == (303, f"{PATH}/withdrawn")
    assert client.get(f"{PATH}/withdrawn").status_code == 200
    assert count_in(client.get(PATH).text) == 0
    assert client.get(withdraw).status_code == client.get(confirm).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "김철수",
        "王芳",
        "남궁 민",
        normalize("NFD", "김철수"),
        "O’Brien",
        "Ọ",
        "李",
        "J. K. Rowling",
        "阿卜杜·拉赫曼",
    ],
)
def test_names_that_others_refuse_are_accepted(client, app, name):
    assert post(client, filled_form(app, name=name)).status_code == 303


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("김\u0000철수", "U+0000"),
        ("\u202e김철수", "U+202E"),
        ("김\u3164", "U+3164"),
        ("김\u115f", "U+115F"),
        ("김<b>", "<"),
    ],
)
def test_a_character_that_names_do_not_have_is_named(client, app, name, which):
    answer = post(client, filled_form(app, name=name))
    assert answer.status_code == 422
    assert which in errors_in(answer.text)[0].replace("&lt;", "<")


def test_errors_stand_in_the_summary_and_beside_the_field_and_nothing_typed_is_lost(client, app):
    form = filled_form(
        app, name="김민정", email="minjung.example.com", country="TW", agree_age=None, updates="yes"
    )
    answer = post(client, form | {"display": "name", "public_name": "민정", "discreet": "yes"})
    assert answer.status_code == 422
    assert title_of(answer.text).startswith("오류:")
    email, age = errors_in(answer.text)
    assert answer.text.count(email) == answer.text.count(age) == 2
    assert '<a href="#email">' in answer.text
    assert '<a href="#agree_age">' in answer.text
    assert value_of(answer.text, "name") == "김민정"
    assert value_of(answer.text, "email") == "minjung.example.com"
    assert value_of(answer.text, "public_name") == "민정"
    assert '<option value="TW" selected>' in answer.text
    for box in ("agree_use", "agree_sensitive", "updates", "discreet"):
        assert f'name="{box}" value="yes" checked' in answer.text
    assert 'id="display-name" name="display" value="name"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_empty_form_names_everything_that_is_missing(client):
    answer = post(client, {})
    assert answer.status_code == 422
    missing = errors_in(answer.text)
    assert len(missing) == len(set(missing)) == len(REQUIRED_BOXES) + 3  # name, address, stamp


def test_the_stamp_is_sent_back_by_browsers_as_it_is(client):
    stamped = value_of(client.get(PATH).text, "stamp")
    assert stamped.isascii()
    assert stamped.isprintable()


def test_a_signature_names_the_release_that_its_page_showed(client, app, session):
    interface = app.extensions["advocacy"].catalogs.snapshot.edition("messages").number
    assert post(client, filled_form(app, stamp=stamp(app, form=f"{SLUG}|1 {interface}"))).status_code == 303
    unknown = filled_form(app, stamp=stamp(app, form=f"{SLUG}|77 {interface}"))
    assert post(client, unknown).status_code == 303
    assert [(one.release, one.text_language) for one in signatures(session)] == [(1, "ko")] * 2


def test_who_read_the_letter_in_its_source_signs_the_source(client, app, session):
    interface = app.extensions["advocacy"].catalogs.snapshot.edition("messages").number
    post(client, filled_form(app, stamp=stamp(app, form=f"{SLUG}|1s {interface}")))
    (signature,) = signatures(session)
    assert (signature.language, signature.text_language) == ("ko", "en")
    page = client.get(f"/en/appeals/{SLUG}/text/1").text
    assert signature.text_hash in page
    (mail,) = sent_mails(app)
    assert f"/en/appeals/{SLUG}/text/1" in text_of(mail)


def test_consents_whose_words_have_changed_are_read_again(client, app, session):
    answer = post(client, filled_form(app, stamp=stamp(app, form=f"{SLUG}|1 999")))
    assert answer.status_code == 422
    assert "문구가 바뀌었습니다" in errors_in(answer.text)[0]
    assert signatures(session) == []
    fresh = value_of(answer.text, "stamp")
    assert fresh != stamp(app, form=f"{SLUG}|1 999")
    assert "999" not in fresh


@pytest.mark.parametrize("box", REQUIRED_BOXES)
def test_each_required_consent_is_asked_for_by_itself(client, app, session, box):
    answer = post(client, filled_form(app, **{box: None}))
    assert (answer.status_code, len(errors_in(answer.text))) == (422, 1)
    assert signatures(session) == []


def test_no_box_is_ticked_for_anybody(client):
    page = client.get(PATH).text
    assert "checked" not in page.replace('value="count" aria-describedby="display-count-hint" checked', "")


def test_only_what_was_ticked_is_recorded(client, app, session):
    post(client, filled_form(app, updates="yes"))
    assert set(session.scalars(select(Signature.consents)).one()) == {
        Consent.USE,
        Consent.SENSITIVE,
        Consent.AGE,
        Consent.UPDATES,
    }


def test_the_proof_of_consent_depends_on_the_words_that_were_read(client, app, session):
    post(client, filled_form(app))
    post(client, filled_form(app), path=f"/zh-hant/appeals/{SLUG}")
    hashes = [one for found in session.scalars(select(Signature.consents)) for one in found.values()]
    assert len(set(hashes)) == len(hashes) == 6


def test_a_signature_names_the_text_that_was_signed(client, app, session):
    for language in ("ko", "ko", "en"):
        post(client, filled_form(app), path=f"/{language}/appeals/{SLUG}")
    korean, again, english = (signature.text_hash for signature in signatures(session))
    assert korean == again != english


@pytest.mark.parametrize("country", ["XX", "EU", "kr", "KOR"])
def test_a_country_is_one_of_the_list(client, app, country):
    assert len(errors_in(post(client, filled_form(app, country=country)).text)) == 1


def test_a_country_may_be_left_open(client, app, session):
    assert post(client, filled_form(app, country="")).status_code == 303
    assert signatures(session)[0].country is None


def test_a_way_to_be_shown_is_one_of_three(client, app):
    assert post(client, filled_form(app, display="everywhere")).status_code == 422
    assert post(client, filled_form(app, display=None)).status_code == 303


def test_a_name_to_show_is_checked_like_a_name(client, app):
    answer = post(client, filled_form(app, display="name", public_name="see example.org"))
    assert answer.status_code == 422
    assert post(client, filled_form(app, display="count", public_name="see example.org")).status_code == 303


def test_a_robots_haste_is_noticed_and_a_second_press_of_the_same_form_goes_through(client, app):
    hasty = stamp(app, age=0)
    answer = post(client, filled_form(app, stamp=hasty))
    assert answer.status_code == 422
    assert value_of(answer.text, "stamp") == hasty


@pytest.mark.parametrize("bad", [None, "", "nonsense", "other form", "old"])
def test_a_stamp_that_does_not_convince_is_replaced(client, app, bad):
    given = {"other form": stamp(app, form="another"), "old": stamp(app, age=8 * 24 * 3600)}.get(bad, bad)
    answer = post(client, filled_form(app, stamp=given))
    assert answer.status_code == 422
    assert value_of(answer.text, "stamp") not in (given, "")


def test_the_trap_catches_robots_and_tells_people_what_to_do(client, app, session):
    answer = post(client, filled_form(app, fax_number="1"))
    assert answer.status_code == 422
    assert '<a href="#fax_number">' in answer.text
    assert signatures(session) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "http://127.0.0.1:8000"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Referer": "https://evil.example/page"}, 403),
        ({"Referer": "http://localhost/ko/"}, 303),
        ({}, 303),
    ],
)
def test_posts_from_other_sites_are_refused(client, app, headers, status):
    assert post(client, filled_form(app), headers=headers).status_code == status


def test_first_repeat_and_confirmed_repeat_look_the_same_from_outside(client, app):
    answers = []
    for _ in range(3):
        answer = post(client, filled_form(app, email="a@example.org"))
        page = client.get(answer.headers["Location"])
        answers.append((answer.status_code, answer.data, dict(answer.headers), page.data, dict(page.headers)))
        confirm = link_in(text_of(sent_mails(app)[-1]), "(?:confirm|withdraw)")
        if "/confirm/" in confirm:
            client.post(confirm)
    assert answers[0] == answers[1] == answers[2]


def test_signing_again_changes_no_count_and_its_mail_says_so(client, app):
    for _ in range(2):
        post(client, filled_form(app, email="a@example.org"))
        mail = sent_mails(app)[-1]
        if "/confirm/" in text_of(mail):
            client.post(link_in(text_of(mail), "confirm"))
    assert mail["Subject"] == "이미 서명하셨습니다"
    assert count_in(client.get(PATH).text) == 1


def test_each_mail_confirms_the_form_that_it_was_sent_for(client, app):
    post(client, filled_form(app, email="a@example.org"))
    post(client, filled_form(app, email="a@example.org", name="다른 이름"))
    one, other = (link_in(text_of(mail), "confirm") for mail in sent_mails(app))
    assert "김민정" in client.get(one).text
    assert "다른 이름" in client.get(other).text
    assert client.post(other).status_code == 303
    assert "서명이 집계되었습니다" in client.get(one).text
    assert client.post(one).status_code == 303
    assert count_in(client.get(PATH).text) == 1


def test_a_scanner_that_opens_every_link_confirms_nothing(client, app):
    post(client, filled_form(app))
    text = text_of(sent_mails(app)[0])
    for _ in range(3):
        for kind in ("confirm", "withdraw"):
            assert client.get(link_in(text, kind)).status_code == 200
            assert client.head(link_in(text, kind)).status_code == 200
    assert count_in(client.get(PATH).text) == 0


def test_this_was_not_me_deletes_everything(client, app, session):
    post(client, filled_form(app))
    confirm = link_in(text_of(sent_mails(app)[0]), "confirm")
    assert client.post(confirm, data={"decision": "not_me"}).status_code == 303
    assert signatures(session) == []
    assert client.get(confirm).status_code == 404


def test_a_made_up_link_leads_nowhere(client):
    for kind in ("confirm", "withdraw"):
        for method in (client.get, client.post):
            answer = method(f"/zh-hans/{kind}/made-up")
            assert answer.status_code == 404
            assert "此链接已失效" in answer.text


def test_a_closed_appeal_shows_its_count_and_takes_no_signature(client, app, session):
    appeal = appeal_by_slug(session, SLUG)
    close_appeal(appeal, today=NOW.date())
    session.commit()
    try:
        page = client.get(PATH).text
        assert "마감된 청원입니다" in page
        assert "2026년 11월 24일에 서명을 마감했습니다." in page
        assert "2027년 5월 25일까지 삭제합니다." in page
        assert "<form" not in page.split("<footer")[0]
        assert post(client, filled_form(app)).status_code == 410
    finally:
        appeal.state, appeal.closed_on, appeal.reduce_on = AppealState.OPEN, None, None
        session.commit()


def test_the_goal_can_be_reached_and_passed(client, app, session):
    appeal = appeal_by_slug(session, SLUG)
    appeal.goal = 1
    session.commit()
    try:
        post(client, filled_form(app))
        client.post(link_in(text_of(sent_mails(app)[0]), "confirm"))
        assert "목표 1명을 달성했습니다." in client.get(PATH).text
    finally:
        appeal.goal = 5000
        session.commit()


def test_names_are_paged(client, app, session):

    for number in range(105):
        make_confirmed(
            session,
            name=f"Signer {'ABCDEFGHIJ'[number // 10 % 10]}{'abcdefghij'[number % 10]}",
            display=Display.NAME,
        )
    session.commit()
    first = client.get(f"{PATH}/signatures").text
    older = first.split("?before=")[1].split('"')[0]
    second = client.get(f"{PATH}/signatures?before={older}").text
    assert (first.count("<bdi>"), second.count("<bdi>")) == (100, 5)
    assert "?before=" not in second
    assert client.get(f"{PATH}/signatures?before=x").text.count("<bdi>") == 100


def test_without_a_key_to_seal_with_nothing_is_taken_and_nothing_typed_is_lost(
    client, app, session, monkeypatch
):
    def missing(*_args):
        raise NoKeyError("There is no public key")

    monkeypatch.setattr(KeyFolder, "public", missing)
    answer = post(client, filled_form(app, email="minjung@example.org"))
    assert answer.status_code == 503
    assert value_of(answer.text, "email") == "minjung@example.org"
    assert signatures(session) == []
    ready = client.get("/readyz")
    assert (ready.status_code, ready.text) == (503, "There is no public key\n")


def test_the_page_after_already_signed_shows_no_name_that_a_stranger_may_have_typed(client, app):
    post(client, filled_form(app, email="a@example.org"))
    client.post(link_in(text_of(sent_mails(app)[0]), "confirm"))
    post(client, filled_form(app, email="a@example.org", name="Mallory"))
    page = client.get(link_in(text_of(sent_mails(app)[-1]), "withdraw")).text
    assert "Mallory" not in page
    assert "***@example.org" in page
