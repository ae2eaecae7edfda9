"""Who decides on a release reads it as readers would; nobody else does, and nothing of it is kept."""

import pytest

from advocacy.rules.permissions import Role
from tests.letters import KOREAN, OTHER, make_letter
from tests.pages import parsed
from tests.people import add_person, post, sign_in, staff_client

DESK = f"/staff/releases/appeal-{OTHER}"
ADDRESS = f"/ko/appeals/{OTHER}"
TITLE = KOREAN["title"]


@pytest.fixture
def publisher(app):
    return staff_client(app, Role.PUBLISHER)


@pytest.fixture
def prepared(session, publisher):
    """The number of a release that nobody has confirmed, of an appeal that is not live."""
    make_letter(session)
    answer = post(publisher, f"{DESK}/prepare", page=DESK)
    return int(answer.location.rsplit("/", 1)[1])


def test_a_prepared_release_is_read_as_readers_would(client, publisher, prepared):
    answer = publisher.get(f"{DESK}/{prepared}/as-read?in=ko")
    parsed(answer.text)
    assert TITLE in answer.text
    assert '<html lang="ko"' in answer.text
    assert client.get(ADDRESS).status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    public = client.get("/ko/").headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"] == public


def test_its_form_can_be_read_and_not_sent(publisher, prepared):
    tree = parsed(publisher.get(f"{DESK}/{prepared}/as-read?in=ko").text)
    locked = next(one for one in tree.iter("fieldset") if one.get("disabled") is not None)
    sign = next(form for form in tree.iter("form") if form.get("action").endswith("/sign"))
    assert sign in list(locked.iter("form"))


def test_reading_it_in_a_language_leaves_the_desk_in_its_own(publisher, prepared):
    publisher.get(f"{DESK}/{prepared}/as-read?in=zh-hant")
    assert '<html lang="en"' in publisher.get(DESK).text


def test_only_who_may_read_releases_reads_it(app, client, prepared):
    path = f"{DESK}/{prepared}/as-read?in=ko"
    assert client.get(path).status_code == 303
    translator = app.test_client()
    sign_in(translator, add_person(app, (Role.TRANSLATOR, "ko")))
    assert translator.get(path).status_code == 403
    assert staff_client(app, Role.MODERATOR).get(path).status_code == 403
    assert TITLE in staff_client(app, Role.EDITOR).get(path).text
    assert client.get(f"{ADDRESS}/text/{prepared}").status_code == 404


def test_a_release_of_the_interface_is_read_around_a_live_appeal(publisher):
    answer = publisher.get("/staff/releases/messages/1/as-read?in=ko")
    assert answer.status_code == 200
    assert "청원에 서명하기" in answer.text
    assert publisher.get("/staff/releases/messages/999/as-read").status_code == 404
