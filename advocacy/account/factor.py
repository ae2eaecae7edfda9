"""The second factor: setting up an app, and showing a code of it or a passkey."""

from datetime import UTC, datetime
from secrets import token_hex

import pyotp
import segno
from flask import Blueprint, redirect, render_template, request, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from advocacy.account.ceremonies import SHOW, answered, has_to_show, may_try, new_challenge, party, words_for
from advocacy.account.forms import CodeForm, PasskeyForm
from advocacy.account.signing_in import next_page
from advocacy.actions.passkeys import PasskeyRefusedError, options_to_show, show_passkey
from advocacy.actions.second_factor import FactorNotShownError, WrongCodeError, enrol, show_code
from advocacy.extensions import db
from advocacy.models.passkey import passkeys_of
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs, passes_on
from advocacy.web.carrying import go_on
from advocacy.web.people import sign_in_here, writing
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import plain
from advocacy.web.site import site

pages = Blueprint("factor", __name__, url_prefix="/account")

_SECRET = "factor"  # noqa: S105  the name it has in the cookie while it is being set up
_TRY = "second factor"
"""What tries are counted as, of codes and passkeys together: a code has six digits."""


@pages.get("/second-factor")
@needs(Permission.PROFILE_EDIT, before_factor=True)
def show() -> str:
    """Ask for a code, or for a passkey of whoever has any."""
    return _page(CodeForm(formdata=None), PasskeyForm(formdata=None))


@pages.post("/second-factor")
@passes_on
@needs(Permission.PROFILE_EDIT, before_factor=True)
def take() -> AnyResponse | tuple[str, int]:
    """Take a code of the app, or a recovery code."""
    form = CodeForm()
    try:
        if form.validate():
            _demand_patience()
            with writing() as (writer, begun):
                show_code(writer, begun, form.code.data or "", key=_key(), now=datetime.now(UTC))
            return go_on(next_page())
    except WrongCodeError:
        form.code.errors = [_("This code is not right, or was used before. Enter the newest one.")]
    return _page(form, PasskeyForm(formdata=None)), 422


@pages.post("/second-factor/passkey")
@passes_on
@needs(Permission.PROFILE_EDIT, before_factor=True)
def take_passkey() -> AnyResponse | tuple[str, int]:
    """Take a passkey."""
    form = PasskeyForm()
    if not form.validate():
        return _page(CodeForm(formdata=None), form), 422
    if not may_try(_TRY):
        form.credential.errors = [_("Too many tries. Please wait 15 minutes, then try again.")]
        return _page(CodeForm(formdata=None), form), 429
    try:
        with writing() as (writer, begun):
            ceremony = answered(SHOW, form.credential.data or "")
            show_passkey(writer, begun, ceremony, now=datetime.now(UTC))
    except PasskeyRefusedError as refused:
        form.credential.errors = [words_for(refused)]
        return _page(CodeForm(formdata=None), form), 422
    return go_on(next_page())


@pages.get("/second-factor/new")
@needs(Permission.PROFILE_EDIT, before_factor=True)
def show_enrol() -> AnyResponse | str:
    """Show a new secret for the app; who has a second factor already shows it first."""
    if has_to_show():
        return redirect(url_for("factor.show", next=request.path), 303)
    session[_SECRET] = pyotp.random_base32()
    return _enrol_page(CodeForm(formdata=None))


@pages.post("/second-factor/new")
@passes_on
@needs(Permission.PROFILE_EDIT, before_factor=True)
def take_enrol() -> AnyResponse | str | tuple[str, int]:
    """Set the second factor, once a code of it was shown; shows the recovery codes this once."""
    form = CodeForm()
    if _SECRET not in session or has_to_show():
        return redirect(url_for("factor.show_enrol"), 303)
    try:
        if not form.validate():
            return _enrol_page(form), 422
        with writing() as (writer, begun):
            codes = enrol(
                writer,
                begun,
                secret=session[_SECRET],
                code=form.code.data or "",
                key=_key(),
                now=datetime.now(UTC),
                new_code=lambda: token_hex(8),
            )
    except FactorNotShownError:
        return redirect(url_for("factor.show_enrol"), 303)
    except WrongCodeError:
        form.code.errors = [_("This code is not right. Enter the one that the app shows now.")]
        return _enrol_page(form), 422
    session.pop(_SECRET)
    return render_template("account/codes.html", codes=codes, next=next_page())


def _page(form: CodeForm, passkey: PasskeyForm) -> str:
    begun, session = sign_in_here(), db.session()
    if begun is None:
        raise AssertionError("the page is for people who are signed in")
    account = begun.account
    options = ""
    if passkeys_of(session, account.id):
        options = options_to_show(session, account, new_challenge(SHOW), party())
    return render_template(
        "account/factor.html", form=form, passkey=passkey, options=options, account=account, next=next_page()
    )


def _enrol_page(form: CodeForm) -> str:
    begun, secret = sign_in_here(), session[_SECRET]
    name = begun.account.name if begun else ""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=plain(_("Open Letter")))
    picture = segno.make(address, micro=False).svg_inline(scale=4, dark="#000", light="#fff", omitsize=True)
    return render_template(
        "account/enrol.html",
        form=form,
        secret=secret,
        picture=Markup(picture),  # noqa: S704  segno's own
        next=next_page(),
    )


def _demand_patience() -> None:
    if not may_try(_TRY):
        raise WrongCodeError


def _key() -> str:
    """Return the key that secrets of second factors are locked with."""
    return f"second factor {site().settings.secret_key}"
