"""What was typed when a session had ended: it goes through signing in and comes back to the editor."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update

from advocacy.extensions import begin_writing
from advocacy.models import Account, Agreement, Comment, TermSuggestion
from advocacy.web.headers import FORGET
from tests.pages import parsed, title_of, value_of
from tests.people import OURS, PASSWORD, end_sessions, enrol, post_form_of
from tests.translate.conftest import ASK, HIDDEN, LETTERS, Translator, field_of

TEXT = '청원에 <서명> "하기"\n& 둘째 줄'


def signed_in_again(mina: Translator, page: str):
    return post_form_of(mina.client, page, "/account/sign-in", email=mina.email, password=PASSWORD)


def sent_too_late(app, mina: Translator, unit, path: str = "", **fields: str):
    page = mina.open(unit)
    end_sessions(app)
    hidden = {name: value_of(page, name) for name in HIDDEN}
    return mina.client.post(path or mina.path(unit), data={**hidden, **fields}, headers=OURS)


def written(session) -> int:
    """How many comments and suggested terms there are."""
    session.rollback()
    return sum(session.scalar(select(func.count()).select_from(one)) for one in (Comment, TermSuggestion))


def test_a_text_sent_after_the_session_ended_stands_in_the_editor_again(app, translator, units, texts):
    mina = translator("Mina")
    path = f"{mina.path(units[ASK])}?status=untranslated&q=petition"
    answer = sent_too_late(app, mina, units[ASK], path, text=TEXT, action="submit")
    assert answer.status_code == 403
    assert title_of(answer.text) == "Sign in"
    assert "Your text goes along" in answer.text
    assert "Location" not in answer.headers
    assert "connect-src" not in answer.headers["Content-Security-Policy"]
    wrong = post_form_of(mina.client, answer.text, "/account/sign-in", email=mina.email, password="wrong")
    assert wrong.status_code == 422
    again = signed_in_again(mina, wrong.text)
    assert again.status_code == 200
    assert "Go on with my text" in again.text
    assert "Location" not in again.headers
    assert FORGET not in again.headers.values()
    there = post_form_of(mina.client, again.text, path)
    assert there.status_code == 200
    assert "Your text is here again, and not saved yet." in there.text
    assert field_of(there.text) == TEXT
    assert f"{path.split('?')[1].replace('&', '&amp;')}" in there.text  # the list is still the one chosen
    assert texts(units[ASK]) == []
    mina.save(units[ASK], field_of(there.text), there.text)
    assert texts(units[ASK]) == [("draft", TEXT)]


def test_it_passes_the_second_factor_too(app, translator, units):
    mina = translator("Mina")
    app_of_hers, _codes = enrol(mina.client, ago=30)
    answer = sent_too_late(app, mina, units[LETTERS], text_0=TEXT, action="draft")
    again = signed_in_again(mina, answer.text)
    factor = post_form_of(mina.client, again.text, mina.path(units[LETTERS]))
    assert factor.status_code == 403
    assert title_of(factor.text) == "Second factor"
    wrong = post_form_of(mina.client, factor.text, "/account/second-factor", code="000000")
    assert wrong.status_code == 422
    code = app_of_hers.at(datetime.now(UTC).timestamp())
    shown = post_form_of(mina.client, wrong.text, "/account/second-factor", code=code)
    there = post_form_of(mina.client, shown.text, mina.path(units[LETTERS]))
    assert field_of(there.text, "text_0") == TEXT


def test_it_passes_an_agreement_that_came_into_force_meanwhile(translator, units, session):
    mina = translator("Mina")
    page = mina.open(units[ASK])
    moment = datetime.now(UTC)
    begin_writing(session).add(Agreement(texts={"en": "Be kind."}, text_hash="0" * 64, made_at=moment))
    session.execute(update(Account).values(must_agree=True))
    session.commit()
    asked = mina.save(units[ASK], TEXT, page)
    assert title_of(asked.text) == "Agreement"
    missed = post_form_of(mina.client, asked.text, "/account/agreement")
    assert missed.status_code == 422
    agreed = post_form_of(mina.client, missed.text, "/account/agreement", agree="yes")
    there = post_form_of(mina.client, agreed.text, mina.path(units[ASK]))
    assert field_of(there.text) == TEXT


def test_a_page_from_before_the_last_signing_in_loses_nothing(app, translator, units, texts):
    mina = translator("Mina")
    page = mina.open(units[ASK])
    hidden = {name: value_of(page, name) for name in HIDDEN}
    end_sessions(app)
    client = mina.client
    mina_again = client.get("/account/sign-in?language=en").text
    token = value_of(mina_again, "csrf_token")
    data = {"csrf_token": token, "email": mina.email, "password": PASSWORD}
    assert client.post("/account/sign-in", data=data).status_code == 303  # in another tab
    sent = client.post(mina.path(units[ASK]), data={**hidden, "text": TEXT, "action": "draft"}, headers=OURS)
    assert sent.status_code == 400
    assert texts(units[ASK]) == []
    there = post_form_of(client, sent.text, mina.path(units[ASK]))
    assert field_of(there.text) == TEXT


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_nobody_elsewhere_can_put_a_text_into_the_sign_in_page(app, translator, units, site):
    mina = translator()
    data = {"text": TEXT, "action": "submit"}
    elsewhere = {"Sec-Fetch-Site": site}
    assert mina.client.post(mina.path(units[ASK]), data=data, headers=elsewhere).status_code == 400
    end_sessions(app)
    answer = mina.client.post(mina.path(units[ASK]), data=data, headers=elsewhere)
    assert answer.status_code == 403
    assert "서명" not in answer.text


def test_a_forged_bundle_is_none(client):
    page = client.get("/account/sign-in").text
    token = value_of(page, "csrf_token")
    for forged in ("x", "WyIvYWNjb3VudC9kZWxldGUiLFtdXQ.AAAA", "é"):
        answer = client.post(
            "/account/sign-in", data={"csrf_token": token, "carried": forged, "email": "", "password": ""}
        )
        assert answer.status_code == 422
        assert 'name="carried"' not in answer.text


def test_the_longest_draft_goes_along(app, translator, units):
    mina = translator("Mina")
    text = "".join(chr(0xAC00 + number * 7919 % 11_172) for number in range(100_000))
    answer = sent_too_late(app, mina, units[ASK], text=text, action="draft")
    again = signed_in_again(mina, answer.text)
    there = post_form_of(mina.client, again.text, mina.path(units[ASK]))
    assert field_of(there.text) == text


def test_no_log_line_holds_what_was_typed(app, translator, units, capsys):
    mina = translator("Mina")
    answer = sent_too_late(app, mina, units[ASK], text="Kanarienvogel", action="draft")
    signed_in_again(mina, answer.text)
    log = capsys.readouterr().err
    assert '"route"' in log
    for secret in ("Kanarienvogel", mina.email, "carried"):
        assert secret not in log


def test_what_was_searched_for_is_searched_for_after_signing_in(app, translator, units):
    mina = translator("Mina")
    end_sessions(app)
    path = "/translate/ko/small?status=untranslated&q=%EC%84%9C%EB%AA%85"
    page = mina.client.get(path, follow_redirects=True).text
    answer = signed_in_again(mina, page)
    assert answer.headers["Location"] == path


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        ("comments", {"comment": "Whom does it thank?"}),
        ("comments", {"comment": "Whom does it thank?", "about_source": "yes"}),
        (
            "term",
            {"term_source": "cold wind", "term_target": "찬바람", "term_why": "It is what the law says."},
        ),
    ],
)
def test_what_stands_beside_a_text_waits_too_and_is_not_sent_for_its_author(
    app, translator, units, session, part, typed
):
    mina = translator("Mina")
    path = f"{mina.path(units[ASK])}/{part}"
    answer = sent_too_late(app, mina, units[ASK], path, text=TEXT, **typed)
    assert answer.status_code == 403
    assert title_of(answer.text) == "Sign in"
    there = post_form_of(mina.client, signed_in_again(mina, answer.text).text, path)
    assert there.status_code == 200
    assert "Your text is here again, and not saved yet." in there.text
    assert field_of(there.text) == TEXT
    for name, value in typed.items():
        if name != "about_source":
            assert field_of(there.text, name) == value
    assert written(session) == 0
    token = value_of(there.text, "csrf_token")
    sent = mina.client.post(path, data={"csrf_token": token, **typed}, headers=OURS)
    assert sent.status_code == 303
    assert written(session) == 1


def test_resolving_a_comment_is_not_done_for_who_has_to_sign_in_first(app, translator, units, session):
    mina = translator("Mina")
    page = mina.open(units[ASK])
    hidden = {name: value_of(page, name) for name in HIDDEN}
    mina.client.post(f"{mina.path(units[ASK])}/comments", data={**hidden, "comment": "Warm or cool?"})
    session.rollback()
    comment = session.scalars(select(Comment)).one()
    path = f"{mina.path(units[ASK])}/comments/{comment.id}"
    answer = sent_too_late(app, mina, units[ASK], path, text=TEXT)
    there = post_form_of(mina.client, signed_in_again(mina, answer.text).text, path)
    assert field_of(there.text) == TEXT
    session.rollback()
    assert comment.resolved_at is None


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/account/password", "/account/"),
        ("/staff/people/invitations/1/withdraw", "/staff/people/"),
    ],
)
def test_what_cannot_wait_leads_to_signing_in_and_back_to_its_page(app, translator, path, page):
    mina = translator("Mina")
    end_sessions(app)
    answer = mina.client.post(path, data={"text": TEXT}, headers=OURS)
    assert answer.status_code == 403
    assert title_of(answer.text) == "You are not signed in"
    link = next(one for one in parsed(answer.text).iter("a") if "sign-in" in one.get("href", ""))
    again = signed_in_again(mina, mina.client.get(link.get("href")).text)
    assert again.headers["Location"] == page
