"""Pages that are kept for a moment: the same for everybody, never one that is somebody's own."""

import pytest

from advocacy import create_app
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db
from advocacy.rules.permissions import Role
from advocacy.rules.signing import Display
from advocacy.web import page_cache
from advocacy.web.live_catalogs import Snapshot
from advocacy.web.page_cache import PageCache
from tests.factories import SLUG, make_confirmed
from tests.people import add_person, sign_in

APPEAL = f"/ko/appeals/{SLUG}"
KEPT = [f"/ko{path}" for path in ("/", "/privacy", f"/appeals/{SLUG}", f"/appeals/{SLUG}/signatures")]


@pytest.fixture
def clock(monkeypatch):
    """The time in seconds, to be set."""
    now = [1000.0]
    monkeypatch.setattr(page_cache.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def busy(tmp_path, new_platform, clock):
    """The platform as it runs, with pages kept for five seconds."""
    app = create_app(read_settings({**new_platform(tmp_path, "keeping"), "ADVOCACY_PAGE_SECONDS": "5"}))
    yield app
    with app.app_context():
        db.engine.dispose()


def somebody_signs(app, name: str) -> None:
    with app.app_context():
        session = begin_writing(db.session())
        make_confirmed(session, name=name, display=Display.NAME)
        session.commit()


def count_on(client) -> str:
    return client.get(APPEAL).text.split('data-count="')[1].split('"')[0]


def test_a_page_is_the_same_until_its_time_is_over(busy, clock):
    client = busy.test_client()
    first = client.get(APPEAL)
    somebody_signs(busy, "Mina")
    again = busy.test_client().get(APPEAL)
    assert again.data == first.data
    assert again.headers == first.headers
    clock[0] += 5
    assert count_on(client) == "1"


def test_headers_are_kept_as_they_were(busy):
    client = busy.test_client()
    for path in KEPT:
        first, again = (client.get(path, headers={"Accept-Encoding": "br"}) for _ in range(2))
        assert again.data == first.data, path
        assert sorted(again.headers) == sorted(first.headers), path


def test_another_question_or_encoding_is_another_page(busy):
    client = busy.test_client()
    plain, packed = client.get(APPEAL), client.get(APPEAL, headers={"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in client.get(APPEAL).headers
    assert len(packed.data) < len(plain.data)
    somebody_signs(busy, "Mina")
    assert "Mina" in client.get(f"{APPEAL}/signatures").text
    assert "Mina" not in client.get(f"{APPEAL}/signatures?before=1").text


def test_what_was_written_from_other_catalogs_is_not_shown():
    pages, old, new = PageCache(5), Snapshot(), Snapshot()
    answer = page_cache.Response("old", headers={"X-Mark": "1"})
    pages.keep(("/ko/", b"", ""), old, answer)
    assert pages.find(("/ko/", b"", ""), old).data == b"old"
    assert pages.find(("/ko/", b"", ""), new) is None


def test_nothing_of_anybody_is_kept(busy):
    email, client = add_person(busy, (Role.TRANSLATOR, "ko"), name="Mina"), busy.test_client()
    sign_in(client, email)
    assert "Mina" in client.get("/account/").text
    assert "Mina" not in busy.test_client().get("/account/", follow_redirects=True).text
    with busy.app_context():
        kept = [key[0] for key in busy.extensions["advocacy"].pages._kept]
    assert not [path for path in kept if not path.startswith(("/ko", "/en", "/zh"))]


@pytest.mark.parametrize(
    "path", [f"{APPEAL}/withdrawn", f"{APPEAL}/check-mail", f"{APPEAL}/proof", "/", "/nothing"]
)
def test_pages_that_may_not_be_kept_are_not(busy, path):
    client = busy.test_client()
    client.get(path)
    with busy.app_context():
        assert busy.extensions["advocacy"].pages.find((path, b"", ""), Snapshot()) is None
        assert path not in [key[0] for key in busy.extensions["advocacy"].pages._kept]


def test_a_form_is_never_answered_by_a_page_that_is_kept(busy):
    client = busy.test_client()
    client.get(APPEAL)
    assert client.post(APPEAL).status_code == 405
    assert client.head(APPEAL).data == b""


def test_there_is_an_end_to_what_is_kept():
    pages, catalogs = PageCache(5), Snapshot()
    for number in range(1000):
        pages.keep((f"/ko/{number}", b"", ""), catalogs, page_cache.Response("x"))
    assert len(pages._kept) <= 128
