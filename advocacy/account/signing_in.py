"""Signing in by address and password, and signing out."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.account.forms import SignInForm
from advocacy.actions.sign_in import WrongCredentialsError, sign_in, sign_out
from advocacy.extensions import begin_writing, db
from advocacy.rules.mail_addresses import same_owner_key
from advocacy.rules.networks import network_of
from advocacy.rules.permissions import Permission
from advocacy.rules.signing_in import TRIES, TRIES_WINDOW
from advocacy.web.access import needs, passes_on, with_csrf
from advocacy.web.carrying import carried, go_on
from advocacy.web.people import begin, good_bye, new_token, writing
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site

pages = Blueprint("account", __name__, url_prefix="/account")


@pages.get("/sign-in")
@with_csrf
def show_sign_in() -> str:
    """Show the form to sign in with."""
    return render_template("account/sign_in.html", form=SignInForm(formdata=None), next=next_page())


@pages.post("/sign-in")
@passes_on
@with_csrf
def take_sign_in() -> AnyResponse | tuple[str, int]:
    """Sign somebody in, or say that it did not work. What was wrong, it does not say."""
    form = SignInForm()
    if not form.validate():
        return _again(form), 422
    if not _may_try(form.email.data or ""):
        form.password.errors = [_("Too many tries. Please wait 15 minutes, then try again.")]
        return _again(form), 429
    token = new_token()
    try:
        writer = begin_writing(db.session())
        sign_in(
            writer,
            email=form.email.data or "",
            password=form.password.data or "",
            token=token,
            now=datetime.now(UTC),
        )
        writer.commit()
    except WrongCredentialsError:
        form.password.errors = [_("The email address and the password do not fit together.")]
        return _again(form), 422
    begin(token)
    return go_on(next_page())


@pages.post("/sign-out")
@needs(Permission.PROFILE_EDIT, before_factor=True)
def take_sign_out() -> AnyResponse:
    """End this session, and have the browser forget what it kept."""
    with writing() as (writer, begun):
        sign_out(writer, begun)
    return good_bye("account.show_sign_in")


def _again(form: SignInForm) -> str:
    form.password.data = None
    return render_template("account/sign_in.html", form=form, next=next_page())


def _may_try(email: str) -> bool:
    """Count this try for its network and account together: no stranger can use up anybody's tries."""
    network = network_of(request.remote_addr) or request.remote_addr or ""
    key = f"{network}\0{same_owner_key(email)}"
    return site().limits.allows_try("sign in", key, most=TRIES, seconds=TRIES_WINDOW)


def next_page() -> str:
    """Return where to go afterwards: a page of people who work here, never another site."""
    waits = carried()
    return own_page(waits.path if waits else request.values.get("next", ""))


def own_page(text: str) -> str:
    """Return `text` if it is the address of such a page, else that of one's own account."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return url_for("profile.show")
    own = not parts.scheme and not parts.netloc and "\\" not in text and not text.startswith("//")
    if own and parts.path.startswith(("/account/", "/staff/", "/translate/")):
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return url_for("profile.show")
