"""Publishing the manifest of an export, so that every signer can check that hers is under its root."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.models import Appeal, Leaf, Publication
from advocacy.models.publication import leaf_behind, leaves_of, publications_of
from advocacy.vault.manifests import leaf_of, proof_for, receipt_hash, record_digest


class UnknownReceiptError(LookupError):
    """No published record has this receipt number."""


def publish_manifest(
    session: Session,
    appeal: Appeal,
    lines: Sequence[str],
    *,
    manifest: str,
    signature: str,
    by: str,
    now: datetime,
) -> Publication:
    """Publish the manifest over the records' `lines`, with the digests that proofs need, and no record."""
    publication = Publication(
        appeal_id=appeal.id, manifest=manifest, signature=signature, published_on=now.date()
    )
    session.add(publication)
    session.flush()
    rows = [
        {
            "publication_id": publication.id,
            "position": position,
            "receipt_hash": receipt_hash(json.loads(line)["reference"]),
            "leaf": leaf_of(line),
            "record_digest": record_digest(line),
        }
        for position, line in enumerate(lines)
    ]
    if rows:
        session.execute(insert(Leaf), rows)
    details = {"count": len(lines), "root": json.loads(manifest)["merkle_root"]}
    record(session, "manifest.publish", f"appeal:{appeal.id}", by=by, now=now, details=details)
    return publication


def prove_receipt(session: Session, appeal: Appeal, receipt: str) -> tuple[Publication, dict[str, Any]]:
    """Return the newest publication that holds a receipt number, and the proof (as vault.manifests makes it).

    Raises UnknownReceiptError.
    """
    for publication in publications_of(session, appeal.id):
        leaf = leaf_behind(session, publication.id, receipt_hash(receipt))
        if leaf is not None:
            leaves = leaves_of(session, publication.id)
            return publication, proof_for(receipt, leaf.record_digest, leaves, leaf.position)
    raise UnknownReceiptError
