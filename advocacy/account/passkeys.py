"""One's passkeys: a list of them, adding one, removing one."""

from datetime import UTC, datetime
from secrets import token_hex

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.account.ceremonies import (
    ADD,
    answered,
    handle_of,
    has_to_show,
    may_try,
    new_challenge,
    party,
    words_for,
)
from advocacy.account.forms import DeleteForm, NewPasskeyForm
from advocacy.account.signing_in import next_page
from advocacy.actions.change_password import WrongPasswordError
from advocacy.actions.passkeys import PasskeyRefusedError, add_passkey, options_to_add, remove_passkey
from advocacy.actions.second_factor import FactorNotShownError
from advocacy.extensions import db
from advocacy.models.passkey import passkeys_of
from advocacy.rules.passkeys import read_passkey_name
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.people import sign_in_here, writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("passkeys", __name__, url_prefix="/account")


@pages.get("/passkeys")
@needs(Permission.PROFILE_EDIT, before_factor=True)
def show() -> AnyResponse | str:
    """Show one's passkeys; who has a second factor shows it first."""
    if has_to_show():
        return redirect(url_for("factor.show", next=request.path), 303)
    return _page(NewPasskeyForm(formdata=None))


@pages.post("/passkeys")
@needs(Permission.PROFILE_EDIT, before_factor=True)
def take() -> AnyResponse | str | tuple[str, int]:
    """Add a passkey; if it is the first second factor, show the recovery codes this once."""
    _demand_factor()
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
    except PasskeyRefusedError as refused:
        form.credential.errors = [words_for(refused)]
        return _page(form), 422
    if codes:
        return render_template("account/codes.html", codes=codes, next=next_page())
    flash(_("The passkey is added, and you are signed out everywhere else."))
    return redirect(url_for("passkeys.show"), 303)


@pages.post("/passkeys/remove")
@needs(Permission.PROFILE_EDIT, before_factor=True)
def take_remove() -> AnyResponse | tuple[str, int]:
    """Remove a passkey, for whoever enters her password."""
    _demand_factor()
    number = request.form.get("passkey", 0, type=number_in_address)
    form = DeleteForm()
    if not form.validate():
        return _page(NewPasskeyForm(formdata=None), {number: form}), 422
    if not may_try("passkey to remove"):
        form.password.errors = [_("Too many tries. Please wait 15 minutes, then try again.")]
        return _page(NewPasskeyForm(formdata=None), {number: form}), 429
    try:
        with writing() as (writer, begun):
            password, now = form.password.data or "", datetime.now(UTC)
            removed = remove_passkey(writer, begun, number, password=password, now=now)
    except WrongPasswordError:
        form.password.errors = [_("This is not your password.")]
        return _page(NewPasskeyForm(formdata=None), {number: form}), 422
    if removed:
        flash(_("The passkey is removed, and you are signed out everywhere else."))
    return redirect(url_for("passkeys.show"), 303)


@pages.errorhandler(FactorNotShownError)
def show_first(_refused: FactorNotShownError) -> AnyResponse:
    """Go back to the list, which asks for the second factor first."""
    return redirect(url_for("passkeys.show"), 303)


def _demand_factor() -> None:
    """Raise FactorNotShownError before an answer tells what is wrong, and which passkeys there are."""
    if has_to_show():
        raise FactorNotShownError


def _page(form: NewPasskeyForm, removals: dict[int, DeleteForm] | None = None) -> str:
    """Return the page; `removals` are forms to remove a passkey that were filled in, by its id."""
    begun, session = sign_in_here(), db.session()
    if begun is None:
        raise AssertionError("the page is for people who are signed in")
    account = begun.account
    passkeys = passkeys_of(session, account.id)
    forms = {one.id: (removals or {}).get(one.id) or DeleteForm(formdata=None) for one in passkeys}
    for number, removal in forms.items():
        removal.password.id, removal.password.data = f"password-{number}", None
    return render_template(
        "account/passkeys.html",
        form=form,
        removals=forms,
        account=account,
        passkeys=passkeys,
        options=options_to_add(session, account, new_challenge(ADD), party(), handle=handle_of(account)),
    )
