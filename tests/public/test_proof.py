"""A signer checks, with her receipt number alone, that her signature is in the sealed list."""

import hashlib
import json
import re
from html import unescape

import pytest
from sqlalchemy import delete

from advocacy.actions.audit import head
from advocacy.actions.export_signatures import export_signatures
from advocacy.actions.publish_manifest import publish_manifest
from advocacy.models import Signature
from advocacy.vault.manifests import manifest_of
from tests.factories import NOW, SLUG, make_confirmed, shipped_appeal
from tests.pages import errors_in

PATH = f"/ko/appeals/{SLUG}/proof"


@pytest.fixture
def published(session):
    signatures = [make_confirmed(session) for _ in range(5)]
    receipts = [signature.reference for signature in signatures]
    lines = export_signatures(session, shipped_appeal(session))
    manifest = manifest_of(SLUG, lines, head(session))
    publish_manifest(
        session,
        shipped_appeal(session),
        lines,
        manifest=manifest,
        signature="00\n00\n",
        by="operator",
        now=NOW,
    )
    session.commit()
    return receipts, json.loads(manifest)["merkle_root"]


def proof_in(page: str) -> dict:
    found = re.search(r'<pre[^>]*>(\{.*?"size".*?\})</pre>', unescape(page), re.DOTALL)
    assert found
    return json.loads(found.group(1))


def root_of(proof: dict, receipt: str) -> str:
    """The root that a proof leads to, by RFC 9162, 2.1.3.2, written anew; begun from the receipt itself."""
    current = hashlib.sha256(b"\x00" + f"{receipt} {proof['record']}".encode()).digest()
    number, last = proof["index"], proof["size"] - 1
    for node in map(bytes.fromhex, proof["path"]):
        if number % 2 or number == last:
            current = hashlib.sha256(b"\x01" + node + current).digest()
            while number and number % 2 == 0:
                number, last = number >> 1, last >> 1
        else:
            current = hashlib.sha256(b"\x01" + current + node).digest()
        number, last = number >> 1, last >> 1
    assert last == 0
    return current.hex()


def test_every_receipt_leads_to_the_published_root(client, published):
    receipts, root = published
    assert root in client.get(PATH).text
    for receipt in receipts:
        answer = client.post(PATH, data={"receipt": f" {receipt.upper()} "})
        assert answer.status_code == 200
        assert root_of(proof_in(answer.text), receipt) == proof_in(answer.text)["root"] == root
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_proof_outlives_the_signatures(client, session, published):
    session.execute(delete(Signature))
    session.commit()
    assert client.post(PATH, data={"receipt": published[0][0]}).status_code == 200


@pytest.mark.parametrize("typed", ["", "hello", "0" * 31, "g" * 32])
def test_what_is_no_receipt_number_is_said_so_and_kept(client, published, typed):
    answer = client.post(PATH, data={"receipt": typed})
    assert answer.status_code == 422
    assert errors_in(answer.text)
    assert f'name="receipt" value="{typed}"' in answer.text


def test_a_number_of_nobody_proves_nothing(client, published):
    answer = client.post(PATH, data={"receipt": "0" * 32})
    assert answer.status_code == 422
    assert "<pre" in answer.text
    assert '"path"' not in answer.text


def test_before_a_delivery_the_page_says_so(client):
    page = client.get(PATH).text
    assert 'name="receipt"' not in page
    assert client.post(PATH, data={"receipt": "0" * 32}).status_code == 422


def test_another_root_is_not_proved(client, published):
    proof = proof_in(client.post(PATH, data={"receipt": published[0][0]}).text)
    assert root_of(proof, "f" * 32) != published[1]


def test_a_later_list_does_not_take_an_earlier_proof_away(client, session, published):
    receipts, root = published
    session.execute(delete(Signature))
    make_confirmed(session)
    lines = export_signatures(session, shipped_appeal(session))
    publish_manifest(
        session,
        shipped_appeal(session),
        lines,
        manifest=manifest_of(SLUG, lines, head(session)),
        signature="00\n00\n",
        by="operator",
        now=NOW,
    )
    session.commit()
    answer = client.post(PATH, data={"receipt": receipts[0]})
    assert answer.status_code == 200
    assert proof_in(answer.text)["root"] == root
