"""What is left behind on a device, and how a visitor finds the onion service."""

import pytest

from advocacy import create_app
from advocacy.config import read_settings
from advocacy.extensions import db
from tests.factories import SLUG

ONION = "http://duskgytldkxiuqc6.onion"


def test_whoever_leaves_has_the_browser_forget(client):
    answer = client.get("/ko/leave")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_took_a_signature_back_too(client):
    assert "Clear-Site-Data" in client.get(f"/ko/appeals/{SLUG}/withdrawn").headers
    assert "Clear-Site-Data" not in client.get(f"/ko/appeals/{SLUG}").headers


def test_every_page_has_the_way_out(client):
    assert 'href="/zh-hant/leave"' in client.get(f"/zh-hant/appeals/{SLUG}").text


@pytest.fixture
def with_onion(tmp_path, new_platform):
    app = create_app(read_settings({**new_platform(tmp_path, "onion"), "ADVOCACY_ONION": ONION}))
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()


def test_public_pages_name_the_onion_address_and_personal_ones_do_not(with_onion, client):
    path = f"/ko/appeals/{SLUG}"
    assert with_onion.get(path).headers["Onion-Location"] == ONION + path
    assert with_onion.get(f"{path}/signatures?before=7").headers["Onion-Location"].endswith("?before=7")
    assert "Onion-Location" not in with_onion.get(f"{path}/check-mail").headers
    assert "Onion-Location" not in with_onion.get("/ko/confirm/secret").headers
    assert "Onion-Location" not in with_onion.get("/healthz").headers
    assert "Onion-Location" not in client.get(path).headers
