"""The appeal, its form, and what follows from signing it."""

from datetime import UTC, datetime
from secrets import token_urlsafe
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.sign import Occasion, sign
from advocacy.extensions import DATABASE_AWAY, begin_writing, db
from advocacy.models import Appeal
from advocacy.models.appeal import appeal_by_slug
from advocacy.models.signature import public_signatures
from advocacy.models.tally import tally_of
from advocacy.public.consents import notice, terms_in_words
from advocacy.public.forms import SignForm
from advocacy.public.letter import letter_of
from advocacy.vault.keys import NoKeyError
from advocacy.web.access import public
from advocacy.web.headers import CACHEABLE
from advocacy.web.logs import log_fault
from advocacy.web.site import site
from advocacy.web.stamp import StampFault, fault_of, new_stamp

pages = Blueprint("appeal", __name__, url_prefix="/<language:language>/appeals/<slug>")

_NAMES_ON_APPEAL = 12
_NAMES_A_PAGE = 100


@pages.get("")
@public
def show(slug: str) -> Response:
    """Show the appeal with its form and counts."""
    appeal = _appeal(slug)
    session = db.session()
    page = render_template(
        "public/appeal.html",
        appeal=appeal,
        letter=letter_of(appeal),
        form=SignForm(slug, formdata=None, stamp=new_stamp(slug)),
        terms=terms_in_words(),
        notice=notice(),
        tally=tally_of(session, appeal.id),
        names=public_signatures(session, appeal.id, most=_NAMES_ON_APPEAL),
    )
    return _cacheable(page)


@pages.post("/sign")
@public
def receive(slug: str) -> AnyResponse | tuple[str, int]:
    """Take a filled form: record it and send the signer to her mail, or show her what to correct."""
    form = SignForm(slug)
    try:
        appeal = _appeal(slug)
        letter = letter_of(appeal)
        if not form.validate():
            return _form_again(form, slug, letter.title.text), 422
        submission = form.submission(letter)
        db.session().expunge_all()  # the appeal stays as it was read, instead of being read again
        session = begin_writing(db.session())
        sign(session, appeal, submission, _occasion())
        session.commit()
    except (*DATABASE_AWAY, NoKeyError) as error:
        log_fault(error)
        form.stamp.errors = [
            _("We could not store your signature just now. Please try again in a few minutes.")
        ]
        return _form_again(form, slug, ""), 503
    return redirect(url_for("appeal.check_mail", slug=slug), 303)


@pages.get("/check-mail")
@public
def check_mail(slug: str) -> str:
    """Say what to do next. The same for everybody, whoever signed whatever before."""
    return render_template("public/check_mail.html", appeal=_appeal(slug))


@pages.get("/withdrawn")
@public
def withdrawn(slug: str) -> str:
    """Say that a signature is gone."""
    return render_template("public/withdrawn.html", appeal=_appeal(slug))


@pages.get("/signatures")
@public
def signatures(slug: str) -> Response:
    """List who chose to be shown, newest first."""
    appeal = _appeal(slug)
    before = request.args.get("before", type=int)
    found = public_signatures(db.session(), appeal.id, most=_NAMES_A_PAGE + 1, before=before)
    page = render_template(
        "public/signatures.html",
        appeal=appeal,
        letter=letter_of(appeal),
        names=found[:_NAMES_A_PAGE],
        older=found[_NAMES_A_PAGE - 1][0] if len(found) > _NAMES_A_PAGE else None,
    )
    return _cacheable(page)


def _appeal(slug: str) -> Appeal:
    return appeal_by_slug(db.session(), slug) or abort(404)


def _form_again(form: SignForm, slug: str, title: str) -> str:
    """Return the form's own page, with what was typed and what to correct."""
    if fault_of(form.stamp.data or "", slug) not in (None, StampFault.HASTY):  # a hasty one ripens by itself
        form.stamp.data = new_stamp(slug)
    return render_template(
        "public/sign.html", form=form, slug=slug, title=title, terms=terms_in_words(), notice=notice()
    )


def _occasion() -> Occasion:
    return Occasion(
        now=datetime.now(UTC),
        new_token=lambda: token_urlsafe(32),
        safe=site().safe,
        mail_host=urlsplit(site().settings.base_url).hostname or "localhost",
    )


def _cacheable(page: str) -> Response:
    response = Response(page)
    response.headers["Cache-Control"] = CACHEABLE
    return response
