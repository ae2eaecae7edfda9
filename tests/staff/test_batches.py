"""The page on which moderators look at batches of signatures, reject and restore them."""

import pytest
from sqlalchemy import select

from advocacy.extensions import db
from advocacy.models import Batch
from advocacy.models.tally import tally_of
from advocacy.rules.permissions import Role
from advocacy.web.site import site
from tests.factories import SLUG, make_confirmed, shipped_appeal
from tests.pages import parsed, value_of
from tests.people import staff_client

PAGE = f"/staff/signatures/{SLUG}"
ROBOTS = {"domain": "spam.example"}


@pytest.fixture
def client(app, session, monkeypatch):
    """A moderator's browser; three robots and one who is none have signed."""
    with app.app_context():
        folder = site().keys
    monkeypatch.setattr("tests.factories.keys", lambda: folder)
    for number in range(3):
        make_confirmed(session, address=f"robot{number}@spam.example", language="en")
    make_confirmed(session, address="mina@example.org", language="ko")
    session.commit()
    return staff_client(app, Role.MODERATOR)


def send(client, to: str = PAGE, **fields: str):
    token = value_of(client.get(PAGE).text, "csrf_token")
    return client.post(to, data={"csrf_token": token, **fields}, follow_redirects=True)


def newest(client) -> str:
    """Where the newest decision is undone; it stays the address once that is done."""
    with client.application.app_context():
        number = max(db.session().scalars(select(Batch.id)))
    return f"{PAGE}/restore/{number}"


def counted(app) -> int:
    with app.app_context():
        session = db.session()
        return sum(tally_of(session, shipped_appeal(session).id).values())


def test_looking_shows_groups_and_changes_nothing(app, client):
    assert SLUG in client.get("/staff/signatures/").text
    page = send(client, decision="look", **ROBOTS).text
    parsed(page)
    assert "3 signatures" in page
    assert 'value="spam.example"' in page
    assert "mina" not in page
    assert counted(app) == 4


def test_a_batch_is_rejected_with_a_reason_and_comes_back_whole(app, client):
    page = send(client, decision="reject", reason="robots of one evening", **ROBOTS).text
    assert "3 signatures are rejected." in page
    assert "robots of one evening" in page
    assert counted(app) == 1
    assert "3 signatures are restored." in send(client, newest(client), reason="they are people").text
    assert counted(app) == 4
    assert "Nothing was restored." in send(client, newest(client), reason="again").text
    assert counted(app) == 4


def test_without_a_reason_nothing_happens_and_nothing_typed_is_lost(app, client):
    answer = send(client, decision="reject", reason=" ", **ROBOTS)
    assert answer.status_code == 422
    assert "Say why: it goes into the log." in answer.text
    assert 'value="spam.example"' in answer.text
    assert 'aria-describedby="reason-error"' in answer.text
    assert counted(app) == 4
    send(client, decision="reject", reason="robots", **ROBOTS)
    assert "Nothing was restored." in send(client, newest(client), reason="").text
    assert counted(app) == 1


@pytest.mark.parametrize(
    "asked",
    [{}, {"since": "tomorrow"}, {"since": "2020-01-01T00:00", "until": "2020-01-02T00:00"}, {"domain": "x"}],
    ids=str,
)
def test_what_fits_no_signature_is_said_and_the_reason_kept(app, client, asked):
    answer = send(client, decision="reject", reason="robots", **asked)
    assert answer.status_code == 422
    assert ("No confirmed signature fits." if asked else "Say which: at least one") in answer.text
    assert ("Say which: at least one" in send(client, decision="look", **asked).text) == (not asked)
    assert counted(app) == 4


def test_the_whole_number_is_said_where_not_every_group_is_shown(client, monkeypatch):
    monkeypatch.setattr("advocacy.staff.batches._MOST_GROUPS", 1)
    page = send(client, decision="look", since="2020-01-01T00:00").text
    assert "4 signatures" in page
    assert "and 1 more in smaller groups" in page


def test_only_what_was_held_is_let_count(app, client):
    page = send(client, decision="release", reason="they are people", **ROBOTS).text
    assert "0 signatures count now." in page
    assert counted(app) == 4


def test_a_batch_is_restored_at_its_own_appeal_alone(app, client):
    send(client, decision="reject", reason="robots", **ROBOTS)
    assert send(client, newest(client).replace(SLUG, "another"), reason="mine").status_code == 404
    assert send(client, f"{PAGE}/restore/999999", reason="mine").status_code == 404
    assert counted(app) == 1
