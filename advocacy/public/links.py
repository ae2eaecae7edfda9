"""Where mailed links lead. Opening one changes nothing: mail scanners do that; a button does the rest."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.confirm import ChangedSinceError, confirm
from advocacy.actions.links import personal_data, signature_behind
from advocacy.actions.withdraw import withdraw
from advocacy.extensions import begin_writing, db
from advocacy.models import Signature
from advocacy.models.tally import tally_of
from advocacy.public.letter import letter_of
from advocacy.rules.signing import Purpose, SignatureState
from advocacy.web.access import public

pages = Blueprint("links", __name__, url_prefix="/<language:language>")


@pages.get("/confirm/<token>")
@public
def show_confirm(token: str) -> str:
    """Show what is about to be confirmed, or that it has been."""
    return _confirm_page(token, changed=False)


@pages.post("/confirm/<token>")
@public
def do_confirm(token: str) -> AnyResponse | str:
    """Count the signature, or delete it if its owner says that it is not hers."""
    if request.form.get("decision") == "not_me":
        return _withdrawn(token, Purpose.CONFIRM)
    session = begin_writing(db.session())
    revision = request.form.get("revision", type=int)
    try:
        confirm(session, token, revision=revision, now=datetime.now(UTC))
    except ChangedSinceError:
        session.rollback()
        return _confirm_page(token, changed=True)
    session.commit()
    return redirect(url_for("links.show_confirm", token=token), 303)


@pages.get("/withdraw/<token>")
@public
def show_withdraw(token: str) -> str:
    """Show what is about to be deleted."""
    signature = signature_behind(db.session(), token, Purpose.WITHDRAW, now=datetime.now(UTC))
    return render_template("public/withdraw.html", token=token, **_facts(signature))


@pages.post("/withdraw/<token>")
@public
def do_withdraw(token: str) -> AnyResponse:
    """Delete the signature."""
    return _withdrawn(token, Purpose.WITHDRAW)


def _confirm_page(token: str, *, changed: bool) -> str:
    session = db.session()
    signature = signature_behind(session, token, Purpose.CONFIRM, now=datetime.now(UTC))
    if signature.state is SignatureState.CONFIRMED:
        count = sum(tally_of(session, signature.appeal_id).values())
        return render_template("public/confirmed.html", count=count, **_facts(signature))
    return render_template("public/confirm.html", token=token, changed=changed, **_facts(signature))


def _withdrawn(token: str, purpose: Purpose) -> AnyResponse:
    session = begin_writing(db.session())
    appeal = withdraw(session, token, purpose, now=datetime.now(UTC))
    slug = appeal.slug
    session.commit()
    return redirect(url_for("appeal.withdrawn", slug=slug), 303)


def _facts(signature: Signature) -> dict[str, object]:
    return {
        "signature": signature,
        "appeal": signature.appeal,
        "letter": letter_of(signature.appeal),
        "person": personal_data(signature),
    }
