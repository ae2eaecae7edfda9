import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from advocacy.vault.chain import Head
from advocacy.vault.manifests import ManifestError, Record, log_in, manifest_of, proof_of, signed, verify
from advocacy.vault.merkle import proves

KEY = Ed25519PrivateKey.generate()
RECORD = Record("a" * 32, "ko", "KR", "2026-11-24T09:00:00+00:00", "3" * 64, delivery=True, person="01ff")
LINES = [
    replace(RECORD, reference=letter * 32, language=language).line()
    for letter, language in ("ak", "be", "ck")
]
LOG = Head(7, "5" * 64)
MANIFEST = manifest_of("small", LINES, LOG)


def test_a_manifest_says_what_may_be_published_and_nothing_else():
    content = json.loads(MANIFEST)
    assert set(content) == {"appeal", "count", "languages", "texts", "merkle_root", "audit_log"}
    assert (content["count"], content["languages"], content["texts"]) == (3, {"e": 1, "k": 2}, {"3" * 64: 3})


def test_a_manifest_says_how_the_audit_log_ended_and_older_ones_may_not():
    assert log_in(MANIFEST) == LOG
    assert log_in('{"appeal": "small"}') is None


def test_an_export_that_fits_names_the_key_that_signed_it():
    assert (
        verify("small", LINES, MANIFEST, signed(MANIFEST, KEY)) == KEY.public_key().public_bytes_raw().hex()
    )


@pytest.mark.parametrize(
    "lines",
    [LINES[:2], [*LINES, LINES[0]], LINES[::-1], [LINES[0].replace("KR", "US"), *LINES[1:]], ["{", *LINES]],
)
def test_records_that_were_left_out_added_moved_or_changed_are_noticed(lines):
    with pytest.raises(ManifestError, match="not the ones"):
        verify("small", lines, MANIFEST, signed(MANIFEST, KEY))


@pytest.mark.parametrize("signature", ["", "00", "zz\nzz\n", signed(MANIFEST + " ", KEY)])
def test_a_signature_that_does_not_fit_is_noticed(signature):
    with pytest.raises(ManifestError, match="signature"):
        verify("small", LINES, MANIFEST, signature)


def test_a_receipt_leads_to_the_published_root():
    proof = proof_of("b" * 32, LINES)
    assert proof["root"] == json.loads(MANIFEST)["merkle_root"]
    path = [bytes.fromhex(node) for node in proof["path"]]
    leaf, top = bytes.fromhex(proof["leaf"]), bytes.fromhex(proof["root"])
    assert proves(path, leaf=leaf, index=proof["index"], size=proof["size"], top=top)
    with pytest.raises(ManifestError):
        proof_of("d" * 32, LINES)
