import pytest
from flask import abort
from sqlalchemy.exc import OperationalError

from advocacy import create_app
from advocacy.config import read_settings
from advocacy.rules.permissions import Permission
from advocacy.web import access
from advocacy.web.access import public
from tests.factories import SLUG, filled_form
from tests.pages import parsed, title_of, value_of

HEADINGS = {
    400: "요청을 이해하지 못했습니다",
    403: "접근할 수 없습니다",
    404: "페이지를 찾을 수 없습니다",
    405: "여기서는 할 수 없는 동작입니다",
    413: "한 번에 보낸 내용이 너무 많습니다",
    422: "고쳐야 할 내용이 있습니다",
    429: "시도가 너무 많습니다",
    500: "저희 쪽에 문제가 생겼습니다",
    503: "지금은 응답할 수 없습니다",
    418: "요청을 이해하지 못했습니다",
    502: "저희 쪽에 문제가 생겼습니다",
}


@pytest.fixture
def faulty(app, monkeypatch):
    """Makes the list of appeals fail as told."""

    def make(fault):
        @public
        def view():
            return fault()

        monkeypatch.setitem(app.view_functions, "front.appeals", view)
        monkeypatch.setattr(app, "testing", False)
        return app.test_client()

    return make


def away():
    raise OperationalError("SELECT", {}, Exception("secret@example.org"))


@pytest.mark.parametrize(("status", "heading"), HEADINGS.items())
def test_every_error_has_a_page_in_the_visitors_language(faulty, status, heading):
    answer = faulty(lambda: abort(status)).get("/ko/")
    assert answer.status_code == status
    assert title_of(answer.text) == heading
    assert parsed(answer.text).get("lang") == "ko"
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_address_that_leads_nowhere_says_so_in_its_language_or_the_visitors(client):
    assert title_of(client.get("/zh-hant/nowhere").text) == "找不到頁面"
    assert title_of(client.get("/nowhere", headers={"Accept-Language": "zh-CN"}).text) == "找不到页面"
    assert client.get(f"/fr/appeals/{SLUG}").status_code == 404
    assert client.get("/ko/appeals/nothing").status_code == 404


def test_a_wrong_method_names_the_right_ones(client):
    answer = client.get(f"/ko/appeals/{SLUG}/sign")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_too_large_a_form_is_refused_with_a_word(client, app):
    answer = client.post(f"/ko/appeals/{SLUG}/sign", data=filled_form(app, name="x" * 70_000))
    assert (answer.status_code, title_of(answer.text)) == (413, HEADINGS[413])


def test_a_fault_says_nothing_of_its_cause(faulty, capsys):
    def fail():
        raise ValueError("secret@example.org")

    answer = faulty(fail).get("/ko/")
    assert (answer.status_code, title_of(answer.text)) == (500, HEADINGS[500])
    log = capsys.readouterr().err
    assert '"type": "ValueError"' in log
    assert "secret" not in answer.text + log


def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(faulty, capsys):
    answer = faulty(away).get("/ko/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "secret" not in answer.text + capsys.readouterr().err


def test_a_signature_that_could_not_be_stored_loses_nothing_typed(client, app, monkeypatch):
    monkeypatch.setattr("advocacy.public.signing.sign", lambda *_: away())
    answer = client.post(f"/ko/appeals/{SLUG}/sign", data=filled_form(app, email="minjung@example.org"))
    assert answer.status_code == 503
    assert value_of(answer.text, "email") == "minjung@example.org"
    assert 'name="agree_use" value="yes" checked' in answer.text
    assert "지금은 서명을 저장하지 못했습니다" in answer.text


def test_readiness_says_when_the_database_cannot_serve(tmp_path):
    client = create_app(read_settings({"ADVOCACY_INSTANCE": str(tmp_path)})).test_client()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_an_unguarded_view_is_closed(app, client, monkeypatch):
    monkeypatch.setitem(app.view_functions, "front.appeals", lambda: "open")
    assert client.get("/ko/").status_code == 403


def test_a_view_that_needs_a_permission_is_closed_to_visitors_and_its_posts_need_a_token(app, monkeypatch):

    guarded = access.needs(Permission.METRICS_READ)(lambda: "metrics")
    for endpoint in ("front.appeals", "front.remember"):
        monkeypatch.setitem(app.view_functions, endpoint, guarded)
    client = app.test_client()
    assert client.get("/ko/").headers["Location"] == "/account/sign-in?next=/ko/"
    assert client.post("/ko/remember").status_code == 403
    monkeypatch.setattr(access, "_demand", lambda *_: None)
    assert client.get("/ko/").text == "metrics"
    assert client.post("/ko/remember").status_code == 400
