"""Signing an appeal: from the posted form to the page that says what comes next."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.live_domains import NotLiveError
from advocacy.actions.sign import sign
from advocacy.actions.spend_challenge import SpentChallengeError
from advocacy.extensions import DATABASE_AWAY, begin_writing, db
from advocacy.models import Appeal
from advocacy.public.appeal import appeal_here
from advocacy.public.consents import notice, terms_in_words
from advocacy.public.forms import PageRead, SignForm
from advocacy.public.letter import Letter, letter_in_source, letter_of, letter_of_release
from advocacy.public.passage import passage_for, traits_of_request
from advocacy.vault.keys import NoKeyError
from advocacy.web.access import public
from advocacy.web.logs import log_fault
from advocacy.web.occasions import occasion_now
from advocacy.web.phrases import gettext as _
from advocacy.web.work import new_challenge

pages = Blueprint("signing", __name__, url_prefix="/<language:language>/appeals/<slug:slug>")


@pages.post("/sign")
@public
def receive(slug: str) -> AnyResponse | tuple[str, int]:
    """Take a filled form: record it and send the signer to her mail, or show her what to do first."""
    form = SignForm(slug)
    try:
        appeal = appeal_here(slug)
        letter = _letter_read(form, appeal)
        if not form.validate():
            return _form_again(form, letter), 422
        submission = form.submission(letter)
        passage = passage_for(form, traits_of_request(slug, address=submission.address))
        if passage is None:
            return _work_first(form, slug), 422
        db.session().expunge_all()  # the appeal stays as it was read, instead of being read again
        session = begin_writing(db.session())
        passage.pay(session)
        sign(session, appeal, submission, occasion_now(held=passage.held, mail_delay=passage.mail_delay))
        session.commit()
    except SpentChallengeError:
        return _work_first(form, slug), 422
    except (*DATABASE_AWAY, NoKeyError) as error:
        log_fault(error)
        form.stamp.errors = [
            _("We could not store your signature just now. Please try again in a few minutes.")
        ]
        return _form_again(form, None), 503
    return redirect(url_for("signing.check_mail", slug=slug), 303)


@pages.get("/check-mail")
@public
def check_mail(slug: str) -> str:
    """Say what to do next. The same for everybody, whoever signed whatever before."""
    return render_template("public/check_mail.html", appeal=appeal_here(slug))


def _letter_read(form: SignForm, appeal: Appeal) -> Letter:
    """Return the letter that the form's page showed: another may have gone live since."""
    read = form.page_read
    try:
        if read is None:
            return letter_of(appeal)
        letter_as_read = letter_in_source if read.in_source else letter_of_release
        return letter_as_read(db.session(), appeal, read.release)
    except NotLiveError:
        return letter_of(appeal)


def _form_again(form: SignForm, letter: Letter | None) -> str:
    """Return the form's own page, with what was typed and what to correct."""
    form.stamp_again(str(PageRead.of(letter)) if letter else "")
    return render_template(
        "public/sign.html",
        form=form,
        slug=form.form_name,
        title=letter.title.text if letter else "",
        terms=terms_in_words(),
        notice=notice(),
    )


def _work_first(form: SignForm, slug: str) -> str:
    """Return the page that does the calculation, with all that was typed."""
    return render_template(
        "public/work.html",
        action=url_for("signing.receive", slug=slug),
        typed=form.typed(),
        challenge=new_challenge(slug, now=datetime.now(UTC)),
        slug=slug,
        may_wait=True,
    )
