"""One's passkeys: a list of them, adding one, removing one."""

from datetime import UTC, datetime
from secrets import token_hex

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.account.ceremonies import (
    ADD,
    answered,
    handle_of,
    may_try,
    new_challenge,
    party,
    words_for,
)
from advocacy.account.forms import NewPasskeyForm
from advocacy.actions.passkeys import PasskeyRefusedError, add_passkey, options_to_add, remove_passkey
from advocacy.actions.second_factor import FactorNotShownError
from advocacy.extensions import db
from advocacy.models.passkey import has_second_factor, passkeys_of
from advocacy.rules.passkeys import read_passkey_name
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.people import sign_in_here, writing

pages = Blueprint("passkeys", __name__, url_prefix="/account")


@pages.get("/passkeys")
@needs(Permission.PROFILE_EDIT, before_factor=True)
def show() -> AnyResponse | str:
    """Show one's passkeys; who has a second factor shows it first."""
    begun = sign_in_here()
    if begun and begun.factor_at is None and has_second_factor(db.session(), begun.account):
        return redirect(url_for("factor.show", next=request.path), 303)
    return _page(NewPasskeyForm(formdata=None))


@pages.post("/passkeys")
@needs(Permission.PROFILE_EDIT, before_factor=True)
def take() -> AnyResponse | str | tuple[str, int]:
    """Add a passkey; if it is the first second factor, show the recovery codes this once."""
    form = NewPasskeyForm()
    if not form.validate():
        return _page(form), 422
    if not may_try("new passkey"):
        form.credential.errors = [_("Too many tries. Please wait 15 minutes, then try again.")]
        return _page(form), 429
    try:
        with writing() as (writer, begun):
            codes = add_passkey(
                writer,
                begun,
                answered(ADD, form.credential.data or ""),
                name=read_passkey_name(form.name.data or ""),
                now=datetime.now(UTC),
                new_code=lambda: token_hex(8),
            )
    except FactorNotShownError:
        return redirect(url_for("passkeys.show"), 303)
    except PasskeyRefusedError as refused:
        form.credential.errors = [words_for(refused)]
        return _page(form), 422
    if codes:
        return render_template("account/codes.html", codes=codes)
    flash(_("The passkey is added, and you are signed out everywhere else."))
    return redirect(url_for("passkeys.show"), 303)


@pages.post("/passkeys/remove")
@needs(Permission.PROFILE_EDIT, before_factor=True)
def take_remove() -> AnyResponse:
    """Remove a passkey."""
    number = request.form.get("passkey", 0, type=number_in_address)
    try:
        with writing() as (writer, begun):
            removed = remove_passkey(writer, begun, number, now=datetime.now(UTC))
    except FactorNotShownError:
        removed = False
    if removed:
        flash(_("The passkey is removed, and you are signed out everywhere else."))
    return redirect(url_for("passkeys.show"), 303)


def _page(form: NewPasskeyForm) -> str:
    begun, session = sign_in_here(), db.session()
    if begun is None:
        raise AssertionError("the page is for people who are signed in")
    account = begun.account
    return render_template(
        "account/passkeys.html",
        form=form,
        account=account,
        passkeys=passkeys_of(session, account.id),
        options=options_to_add(session, account, new_challenge(ADD), party(), handle=handle_of(account)),
    )
