"""A lost password: asking for a link, and setting another password by it."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.account.forms import NewPasswordForm
from advocacy.actions.passwords import SHORTEST_PASSWORD, PasswordRefusedError
from advocacy.actions.recover import UnknownLinkError, ask_recovery, leads_to_recovery, recover
from advocacy.extensions import begin_writing, db
from advocacy.rules.mail_addresses import same_owner_key
from advocacy.web.access import with_csrf
from advocacy.web.address_form import AddressForm
from advocacy.web.locale import language
from advocacy.web.occasions import occasion_now
from advocacy.web.phrases import gettext as _
from advocacy.web.tries import may_ask

pages = Blueprint("recovery", __name__, url_prefix="/account/recover")


@pages.get("")
@with_csrf
def show() -> str:
    """Ask for the address of the account."""
    return render_template("account/recover.html", form=AddressForm(formdata=None))


@pages.post("")
@with_csrf
def take() -> AnyResponse | tuple[str, int]:
    """Mail a link, if there is such an account; whether there is, the answer does not say."""
    form = AddressForm()
    if not form.validate():
        return render_template("account/recover.html", form=form), 422
    email = form.email.data or ""
    if not may_ask("recover", same_owner_key(email)):
        form.email.errors = [_("Too many tries. Please wait an hour, then try again.")]
        return render_template("account/recover.html", form=form), 429
    session = begin_writing(db.session())
    ask_recovery(session, email, occasion_now(), language=language().tag)
    session.commit()
    return redirect(url_for("recovery.show_sent"), 303)


@pages.get("/sent")
@with_csrf
def show_sent() -> str:
    """Say what to do next."""
    return render_template("account/recover_sent.html")


@pages.get("/link/<token>")
@with_csrf
def show_new(token: str) -> str | tuple[str, int]:
    """Ask for a new password. Looking uses nothing up: mail scanners look too."""
    if not leads_to_recovery(db.session(), token, now=datetime.now(UTC)):
        return _gone()
    return _page(NewPasswordForm(formdata=None), token)


@pages.post("/link/<token>")
@with_csrf
def take_new(token: str) -> AnyResponse | str | tuple[str, int]:
    """Set the new password."""
    form = NewPasswordForm()
    try:
        session = begin_writing(db.session())
        recover(session, token, new_password=form.new_password.data or "", now=datetime.now(UTC))
        session.commit()
    except UnknownLinkError:
        return _gone()
    except PasswordRefusedError:
        form.new_password.errors = [_("Enter at least %(least)s characters.", least=SHORTEST_PASSWORD)]
        return _page(form, token), 422
    flash(_("Your password is changed. Sign in with it."))
    return redirect(url_for("account.show_sign_in"), 303)


def _page(form: NewPasswordForm, token: str) -> str:
    return render_template("account/recover_new.html", form=form, token=token)


def _gone() -> tuple[str, int]:
    again = url_for("recovery.show")
    return render_template("account/link_gone.html", again=again), 404
