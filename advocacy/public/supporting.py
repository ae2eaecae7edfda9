"""Supporting an appeal without a mail address: counted apart, as not verified."""

from datetime import UTC, datetime
from random import random

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.spend_challenge import SpentChallengeError
from advocacy.actions.support import support
from advocacy.extensions import begin_writing, db
from advocacy.models import Appeal
from advocacy.models.support import supports_of
from advocacy.public.appeal import appeal_here
from advocacy.public.forms import StampedForm
from advocacy.public.passage import passage_for, traits_of_request
from advocacy.web.access import public
from advocacy.web.locale import language
from advocacy.web.work import new_challenge

pages = Blueprint("supporting", __name__, url_prefix="/<language:language>/appeals/<slug:slug>")


@pages.get("/support")
@public
def show(slug: str) -> str:
    """Say what this support is and is not, with its button."""
    form = StampedForm(_form_name(slug), formdata=None)
    form.stamp_again()
    return render_template("public/support.html", appeal=_appeal(slug), form=form)


@pages.post("/support")
@public
def receive(slug: str) -> AnyResponse | tuple[str, int]:
    """Count one more, or show what to do first."""
    form, appeal = StampedForm(_form_name(slug)), _appeal(slug)
    if not form.validate():
        form.stamp_again()
        return render_template("public/support.html", appeal=appeal, form=form), 422
    passage = passage_for(form, traits_of_request(slug))
    if passage and passage.held:  # nobody could look at it later: there is nothing to look at
        abort(429)
    if passage is None or passage.mail_delay:
        return _work_first(form, slug), 422
    session = begin_writing(db.session())
    try:
        passage.pay(session)
    except SpentChallengeError:
        return _work_first(form, slug), 422
    support(session, _appeal(slug), language().tag, chance=random())  # noqa: S311  spreads load
    session.commit()
    return redirect(url_for("supporting.thanks", slug=slug), 303)


@pages.get("/supported")
@public
def thanks(slug: str) -> str:
    """Say that it is counted."""
    appeal = _appeal(slug)
    return render_template("public/supported.html", appeal=appeal, count=supports_of(db.session(), appeal.id))


def _appeal(slug: str) -> Appeal:
    appeal = appeal_here(slug)
    return appeal if appeal.takes_unverified else abort(404)


def _form_name(slug: str) -> str:
    return f"support {slug}"


def _work_first(form: StampedForm, slug: str) -> str:
    return render_template(
        "public/work.html",
        action=url_for("supporting.receive", slug=slug),
        typed=form.typed(),
        challenge=new_challenge(form.form_name, now=datetime.now(UTC)),
        slug=slug,
        may_wait=False,
    )
