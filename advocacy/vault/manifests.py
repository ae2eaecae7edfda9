"""Exports: sealed records, and a signed manifest that binds every one of them.

An export is a folder with `records.jsonl`, one sealed signature a line, `manifest.json` and `manifest.sig`,
the manifest's Ed25519 signature (RFC 8032). The manifest holds what may be published: how many signed, in
which languages, which texts, and the Merkle root over the lines.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

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


def manifest_of(appeal: str, lines: Sequence[str]) -> str:
    """Return the manifest (JSON) over the records' `lines`, in their order."""
    records = [json.loads(line) for line in lines]
    content = {
        "appeal": appeal,
        "count": len(records),
        "languages": dict(sorted(Counter(record["language"] for record in records).items())),
        "texts": dict(sorted(Counter(record["text_hash"] or "" for record in records).items())),
        "merkle_root": root([leaf_hash(line.encode()) for line in lines]).hex(),
    }
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def proof_of(reference: str, lines: Sequence[str]) -> dict[str, object]:
    """Return the proof that the record with this reference is under the lines' root.

    It holds the leaf, its index, the number of leaves, the path and the root, all hashes as hex.
    Raises ManifestError.
    """
    leaves = [leaf_hash(line.encode()) for line in lines]
    for index, line in enumerate(lines):
        if json.loads(line)["reference"] == reference:
            path, top = proof(leaves, index), root(leaves)
            if not proves(path, leaf=leaves[index], index=index, size=len(leaves), top=top):
                raise AssertionError("a proof of ours does not prove")
            hashes = [node.hex() for node in path]
            return {
                "leaf": leaves[index].hex(),
                "index": index,
                "size": len(leaves),
                "path": hashes,
                "root": top.hex(),
            }
    raise ManifestError(f"No record has the receipt number {reference}.")


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
        fits = manifest_of(appeal, lines) == manifest
    except (ValueError, KeyError, TypeError):
        fits = False
    if not fits:
        raise ManifestError("The records are not the ones that the manifest was made over.")
    return public.hex()
