"""Where mailed links lead. Opening one changes nothing: mail scanners do that; a button does the rest."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.confirm import confirm
from advocacy.actions.links import link_behind, shown_behind
from advocacy.actions.withdraw import withdraw
from advocacy.extensions import begin_writing, db
from advocacy.models import Token
from advocacy.models.tally import tally_of
from advocacy.public.letter import letter_of
from advocacy.rules.signing import Purpose, SignatureState
from advocacy.web.access import public

pages = Blueprint("links", __name__, url_prefix="/<language:language>")


@pages.get("/confirm/<token>")
@public
def show_confirm(token: str) -> str:
    """Show what is about to be confirmed, or that it has been."""
    session = db.session()
    link = link_behind(session, token, Purpose.CONFIRM, now=datetime.now(UTC))
    if link.signature.state is not SignatureState.PENDING:
        count = sum(tally_of(session, link.signature.appeal_id).values())
        return render_template("public/confirmed.html", count=count, **_facts(link, token))
    return render_template("public/confirm.html", token=token, **_facts(link, token))


@pages.post("/confirm/<token>")
@public
def do_confirm(token: str) -> AnyResponse:
    """Count the signature, or delete it if its owner says that it is not hers."""
    if request.form.get("decision") == "not_me":
        return _withdrawn(token, Purpose.CONFIRM)
    session = begin_writing(db.session())
    confirm(session, token, now=datetime.now(UTC))
    session.commit()
    return redirect(url_for("links.show_confirm", token=token), 303)


@pages.get("/withdraw/<token>")
@public
def show_withdraw(token: str) -> str:
    """Show what is about to be deleted."""
    link = link_behind(db.session(), token, Purpose.WITHDRAW, now=datetime.now(UTC))
    return render_template("public/withdraw.html", token=token, **_facts(link, token))


@pages.post("/withdraw/<token>")
@public
def do_withdraw(token: str) -> AnyResponse:
    """Delete the signature."""
    return _withdrawn(token, Purpose.WITHDRAW)


def _withdrawn(token: str, purpose: Purpose) -> AnyResponse:
    session = begin_writing(db.session())
    block = bool(request.form.get("block"))
    appeal = withdraw(session, token, purpose, now=datetime.now(UTC), block=block)
    slug = appeal.slug
    session.commit()
    return redirect(url_for("appeal.withdrawn", slug=slug), 303)


def _facts(link: Token, token: str) -> dict[str, object]:
    return {
        "signature": link.signature,
        "appeal": link.signature.appeal,
        "letter": letter_of(link.signature.appeal),
        "person": shown_behind(link, token),
    }
