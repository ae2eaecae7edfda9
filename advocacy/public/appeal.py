"""The appeal with its form and counts, and who chose to be shown on it."""

from flask import Blueprint, Response, abort, render_template, request

from advocacy.extensions import db
from advocacy.models import Appeal
from advocacy.models.appeal import appeal_by_slug
from advocacy.models.country_count import country_counts
from advocacy.models.signature import public_signatures
from advocacy.models.support import supports_of
from advocacy.models.tally import tally_of
from advocacy.public.consents import notice, terms_in_words
from advocacy.public.forms import PageRead, SignForm
from advocacy.public.letter import letter_of
from advocacy.web.access import public
from advocacy.web.addresses import number_in_address
from advocacy.web.headers import CACHEABLE, FORGET
from advocacy.web.stamp import new_stamp

pages = Blueprint("appeal", __name__, url_prefix="/<language:language>/appeals/<slug:slug>")

_NAMES_ON_APPEAL = 12
_NAMES_A_PAGE = 100


@pages.get("")
@public
def show(slug: str) -> Response:
    """Show the appeal with its form and counts."""
    appeal = appeal_here(slug)
    session, letter = db.session(), letter_of(appeal)
    page = render_template(
        "public/appeal.html",
        appeal=appeal,
        letter=letter,
        form=SignForm(slug, formdata=None, stamp=new_stamp(slug, str(PageRead.of(letter)))),
        terms=terms_in_words(),
        notice=notice(),
        tally=tally_of(session, appeal.id),
        names=public_signatures(session, appeal.id, most=_NAMES_ON_APPEAL),
        unverified=supports_of(session, appeal.id) if appeal.takes_unverified else 0,
    )
    return _cacheable(page)


@pages.get("/withdrawn")
@public
def withdrawn(slug: str) -> Response:
    """Say that a signature is gone, and have the browser forget what it kept of this site."""
    response = Response(render_template("public/withdrawn.html", appeal=appeal_here(slug)))
    response.headers["Clear-Site-Data"] = FORGET
    return response


@pages.get("/signatures")
@public
def signatures(slug: str) -> Response:
    """List who chose to be shown, newest first."""
    appeal = appeal_here(slug)
    before = request.args.get("before", type=number_in_address)
    found = public_signatures(db.session(), appeal.id, most=_NAMES_A_PAGE + 1, before=before)
    page = render_template(
        "public/signatures.html",
        appeal=appeal,
        letter=letter_of(appeal),
        names=found[:_NAMES_A_PAGE],
        countries=country_counts(db.session(), appeal.id) if before is None else [],
        older=found[_NAMES_A_PAGE - 1][0] if len(found) > _NAMES_A_PAGE else None,
    )
    return _cacheable(page)


def appeal_here(slug: str) -> Appeal:
    """Return the appeal at this address, or answer that there is none."""
    return appeal_by_slug(db.session(), slug) or abort(404)


def _cacheable(page: str) -> Response:
    response = Response(page)
    response.headers["Cache-Control"] = CACHEABLE
    return response
