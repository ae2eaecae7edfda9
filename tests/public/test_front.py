import pytest

from tests.factories import SLUG


@pytest.mark.parametrize(
    ("accept", "cookie", "path"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", None, "/zh-hans/"),
        ("zh-TW,zh;q=0.9,en;q=0.8", None, "/zh-hant/"),
        ("zh-HK", None, "/zh-hant/"),
        ("ko-KR,ko;q=0.9,en-US;q=0.8", None, "/ko/"),
        ("fr,de;q=0.5", None, "/en/"),
        ("", None, "/en/"),
        ("en", "ko", "/ko/"),
        ("ko", "zh-hant", "/zh-hant/"),
        ("ko", "klingon", "/ko/"),
    ],
)
def test_a_visitor_is_led_to_her_language(client, accept, cookie, path):
    if cookie:
        client.set_cookie("language", cookie)
    answer = client.get("/", headers={"Accept-Language": accept})
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert answer.headers["Vary"] == "Accept-Language, Cookie"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_localized_address_is_never_led_elsewhere(client):
    client.set_cookie("language", "ko")
    answer = client.get(f"/zh-hans/appeals/{SLUG}", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == "zh-Hans"


def test_a_language_is_remembered_when_asked_and_the_visitor_stays_on_her_page(client):
    here = f"/ko/appeals/{SLUG}"
    answer = client.post("/ko/remember", data={"next": here})
    assert (answer.status_code, answer.headers["Location"]) == (303, here)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("language=ko;")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.get("/", headers={"Accept-Language": "en"}).headers["Location"] == "/ko/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/ko/",
        "//evil.example/ko/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/en/",
        "",
        "ko/",
    ],
)
def test_remembering_leads_nowhere_else(client, elsewhere):
    assert client.post("/ko/remember", data={"next": elsewhere}).headers["Location"] == "/ko/"


def test_the_first_page_names_the_appeal_and_its_count(client):
    page = client.get("/ko/").text
    assert "북한 사람들을 살리는 청원에 함께해 주십시오" in page
    assert "0명이 서명했습니다" in page


def test_machines_find_every_page_in_every_language(client):
    sitemap = client.get("/sitemap.xml")
    assert sitemap.mimetype == "application/xml"
    assert sitemap.text.count("<loc>") == 3 * 4
    assert f"<loc>http://127.0.0.1:8000/zh-hant/appeals/{SLUG}</loc>" in sitemap.text
    assert "Disallow: /ko/confirm/" in client.get("/robots.txt").text


def test_static_files_are_kept_for_ever_under_the_hash_of_their_content(client):
    path = client.get("/ko/").text.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "text/css"
    assert client.get(path.replace("/static/", "/static/0")).status_code == 404
    assert client.get("/static/0/secret.key").status_code == 404


def test_readiness_depends_on_the_database_and_health_does_not(client):
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "ready\n"
