"""Support without a mail address: counted apart, with nothing kept of anybody."""

import re

import pytest
from sqlalchemy import inspect, select

from advocacy.models import Signature, Support
from advocacy.models.appeal import appeal_by_slug
from tests.factories import SLUG, make_confirmed, stamp
from tests.pages import count_in, errors_in

PATH = f"/zh-hans/appeals/{SLUG}"


def supported(client, app, **changes):
    return client.post(f"{PATH}/support", data={"stamp": stamp(app, form=f"support {SLUG}"), **changes})


def test_it_is_offered_beside_the_form_and_says_what_it_is(client):
    assert f'href="{PATH}/support"' in client.get(PATH).text
    page = client.get(f"{PATH}/support").text
    assert "未经核实" in page


def test_it_is_counted_apart_from_the_signatures(client, app, session):
    make_confirmed(session)
    session.commit()
    answer = supported(client, app)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PATH}/supported")
    assert "Set-Cookie" not in answer.headers
    supported(client, app)
    page = client.get(PATH).text
    assert count_in(page) == 1
    assert re.search(r'data-unverified="(\d+)"', page).group(1) == "2"
    assert client.get(f"{PATH}/supported").status_code == 200
    assert len(session.scalars(select(Signature)).all()) == 1


def test_nothing_but_a_number_is_kept(client, app, session):
    supported(client, app, name="Canary", email="canary@example.org")
    assert {column.key for column in inspect(Support).columns} == {"appeal_id", "language", "stripe", "count"}
    (row,) = session.scalars(select(Support)).all()
    assert (row.language, row.count) == ("zh-Hans", 1)


def test_a_robots_haste_is_noticed(client, app, session):
    answer = supported(client, app, stamp=stamp(app, age=0, form=f"support {SLUG}"))
    assert answer.status_code == 422
    assert errors_in(answer.text)
    stranger = supported(client, app, stamp=stamp(app))
    assert stranger.status_code == 422
    assert session.scalars(select(Support)).all() == []


@pytest.mark.parametrize("changes", [{"takes_unverified": False}])
def test_an_appeal_that_does_not_take_it_has_no_such_page(client, app, session, changes):
    appeal = appeal_by_slug(session, SLUG)
    for name, value in changes.items():
        setattr(appeal, name, value)
    session.commit()
    try:
        assert f"{PATH}/support" not in client.get(PATH).text
        assert client.get(f"{PATH}/support").status_code == 404
        assert supported(client, app).status_code == 404
    finally:
        appeal.takes_unverified = True
        session.commit()
