"""Exports: sealed records, and a signed manifest that binds every one of them.

An export is a folder with `records.jsonl`, one sealed signature a line, `manifest.json` and `manifest.sig`,
the manifest's Ed25519 signature (RFC 8032). The manifest holds what may be published: how many signed, in
which languages, which texts, the Merkle root over the lines, and how the audit log ended.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from advocacy.vault.chain import Head
from advocacy.vault.merkle import leaf_hash, proof, proves, root


class ManifestError(ValueError):
    """An export that is not what its manifest says; the message says in what."""


@dataclass(frozen=True, slots=True)
class Record:
    """One confirmed signature as exported: `person` is the sealed box (hex), `delivery` her consent to it."""

    reference: str
    language: str
    country: str | None
    hour: str
    text_hash: str | None
    delivery: bool
    person: str

    def line(self) -> str:
        """Return the record as its line in the export: JSON, keys in order, nothing superfluous."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def manifest_of(appeal: str, lines: Sequence[str], log: Head) -> str:
    """Return the manifest (JSON) over the records' `lines`, in their order, and over the audit log's end."""
    records = [json.loads(line) for line in lines]
    content = {
        "appeal": appeal,
        "count": len(records),
        "languages": dict(sorted(Counter(record["language"] for record in records).items())),
        "texts": dict(sorted(Counter(record["text_hash"] or "" for record in records).items())),
        "merkle_root": root([leaf_of(line) for line in lines]).hex(),
        "audit_log": asdict(log),
    }
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def log_in(manifest: str) -> Head | None:
    """Return how the audit log ended when a manifest was made; None if it does not say."""
    found = json.loads(manifest).get("audit_log")
    return Head(int(found["entry"]), str(found["hash"])) if found else None


def record_digest(line: str) -> bytes:
    """Return the SHA-256 (32 bytes) of a record's line."""
    return hashlib.sha256(line.encode()).digest()


def leaf_of(line: str) -> bytes:
    """Return the leaf that a record's line is under the root as.

    It is made of the receipt number and the record's digest, so that whoever has the receipt can make the
    leaf herself, without being shown a record.
    """
    return leaf_from(json.loads(line)["reference"], record_digest(line))


def leaf_from(receipt: str, digest: bytes) -> bytes:
    """Return the leaf of the record with this receipt number and digest."""
    return leaf_hash(f"{receipt} {digest.hex()}".encode())


def receipt_hash(receipt: str) -> bytes:
    """Return the hash by which a receipt number is found again; the number itself is nobody else's."""
    return hashlib.sha256(f"receipt {receipt}".encode()).digest()


def proof_of(receipt: str, lines: Sequence[str]) -> dict[str, object]:
    """Return the proof that the record with this receipt number is under the lines' root.

    Raises ManifestError.
    """
    for index, line in enumerate(lines):
        if json.loads(line)["reference"] == receipt:
            return proof_for(receipt, record_digest(line), [leaf_of(each) for each in lines], index)
    raise ManifestError(f"No record has the receipt number {receipt}.")


def proof_for(receipt: str, digest: bytes, leaves: Sequence[bytes], index: int) -> dict[str, object]:
    """Return a proof: receipt, record digest, leaf, index, number of leaves, path, root; hashes as hex.

    Raises ManifestError if the leaf at `index` is not this record's.
    """
    path, top, leaf = proof(leaves, index), root(leaves), leaf_from(receipt, digest)
    if not proves(path, leaf=leaf, index=index, size=len(leaves), top=top):
        raise ManifestError("The record is not under the root.")
    return {
        "receipt": receipt,
        "record": digest.hex(),
        "leaf": leaf.hex(),
        "index": index,
        "size": len(leaves),
        "path": [node.hex() for node in path],
        "root": top.hex(),
    }


def signed(manifest: str, key: Ed25519PrivateKey) -> str:
    """Return the signature file over a manifest: the public key and the signature, both hex, a line each."""
    return f"{key.public_key().public_bytes_raw().hex()}\n{key.sign(manifest.encode()).hex()}\n"


def verify(appeal: str, lines: Sequence[str], manifest: str, signature: str) -> str:
    """Check an export against its manifest; return the public key (hex) that signed it.

    Whether that key is the organisation's is for people to compare. Raises ManifestError.
    """
    try:
        public, over = (bytes.fromhex(line) for line in signature.split())
        Ed25519PublicKey.from_public_bytes(public).verify(over, manifest.encode())
    except (ValueError, InvalidSignature):
        raise ManifestError("The manifest's signature does not fit it.") from None
    try:
        log = log_in(manifest)
        fits = log is not None and manifest_of(appeal, lines, log) == manifest
    except (AttributeError, ValueError, KeyError, TypeError):
        fits = False
    if not fits:
        raise ManifestError("The records are not the ones that the manifest was made over.")
    return public.hex()
