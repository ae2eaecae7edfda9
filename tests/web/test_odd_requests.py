"""What nobody sends by accident: it gets an answer of ours, never a fault."""

import pytest

from tests.factories import SLUG, filled_form


@pytest.mark.parametrize(
    "path",
    [
        f"/ko/appeals/{SLUG}/text/99999999999999999999",
        f"/ko/appeals/{SLUG}/text/-1",
        "/ko/appeals/a%00b",
        "/ko/appeals/a%00b/proof",
        "/ko/appeals/UPPER",
        "/ko/appeals/" + "a" * 101,
    ],
)
def test_addresses_that_cannot_be_lead_nowhere(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("before", ["99999999999999999999", "-5", "abc", "0", ""])
def test_a_place_in_the_list_that_cannot_be_is_its_beginning(client, before):
    assert client.get(f"/ko/appeals/{SLUG}/signatures?before={before}").status_code == 200


@pytest.mark.parametrize("origin", ["http://[", "null", "", "http://[::1", "nonsense"])
def test_an_origin_that_is_none_is_foreign(client, app, origin):
    answer = client.post(f"/ko/appeals/{SLUG}/sign", data=filled_form(app), headers={"Origin": origin})
    assert answer.status_code == 403


def test_a_wish_to_go_nowhere_leads_home(client):
    assert client.post("/ko/remember", data={"next": "http://["}).headers["Location"] == "/ko/"
