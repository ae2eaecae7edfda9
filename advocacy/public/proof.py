"""Checking by receipt number that a signature is among those delivered. No address holds the number."""

import json
import re

from flask import Blueprint, render_template, request

from advocacy.actions.publish_manifest import UnknownReceiptError, prove_receipt
from advocacy.extensions import db
from advocacy.models import Publication
from advocacy.models.publication import publications_of
from advocacy.public.appeal import appeal_here
from advocacy.web.access import public
from advocacy.web.phrases import gettext as _

pages = Blueprint("proof", __name__, url_prefix="/<language:language>/appeals/<slug:slug>")

_RECEIPT = re.compile(r"[0-9a-f]{32}")


@pages.get("/proof")
@public
def show(slug: str) -> str:
    """Show what has been published, and ask for a receipt number."""
    return _page(slug)


@pages.post("/proof")
@public
def check(slug: str) -> tuple[str, int]:
    """Show the proof for a receipt number, or why there is none."""
    typed = request.form.get("receipt", "")
    receipt = re.sub(r"\s", "", typed).lower()
    if not _RECEIPT.fullmatch(receipt):
        error = _("Enter the receipt number in full: 32 digits and letters from a to f.")
        return _page(slug, typed=typed, error=error), 422
    try:
        publication, proof = prove_receipt(db.session(), appeal_here(slug), receipt)
    except UnknownReceiptError:
        error = _("No delivered signature has this number. It may have been confirmed later, or deleted.")
        return _page(slug, typed=typed, error=error), 422
    return _page(slug, typed=typed, publication=publication, proof=proof), 200


def _page(
    slug: str,
    *,
    typed: str = "",
    error: str = "",
    publication: Publication | None = None,
    proof: dict[str, object] | None = None,
) -> str:
    appeal = appeal_here(slug)
    publication = publication or next(iter(publications_of(db.session(), appeal.id)), None)
    return render_template(
        "public/proof.html",
        appeal=appeal,
        publication=publication,
        manifest=json.loads(publication.manifest) if publication else None,
        typed=typed,
        error=error,
        proof=proof,
        proof_text=json.dumps(proof, indent=1) if proof else "",
    )
