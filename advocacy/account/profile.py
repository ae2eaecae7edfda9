"""One's own account: what one may do, where one is signed in, one's password."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.account.forms import DeleteForm, PasswordForm
from advocacy.actions.be_credited import be_credited
from advocacy.actions.change_password import WrongPasswordError, change_password
from advocacy.actions.delete_account import delete_own_account
from advocacy.actions.passwords import SHORTEST_PASSWORD, PasswordRefusedError
from advocacy.actions.sign_in import sign_out_everywhere
from advocacy.extensions import db
from advocacy.models.account_session import sessions_of
from advocacy.models.passkey import passkeys_of
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs, public
from advocacy.web.people import good_bye, sign_in_here, writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("profile", __name__, url_prefix="/account")


@pages.get("/", endpoint="show")
@needs(Permission.PROFILE_EDIT)
def show() -> str:
    """Show one's own account."""
    return _page(PasswordForm(formdata=None))


@pages.post("/password")
@needs(Permission.PROFILE_EDIT)
def take_password() -> AnyResponse | tuple[str, int]:
    """Change one's password; every other session of the account ends."""
    form = PasswordForm()
    if not form.validate():
        return _page(form), 422
    try:
        with writing() as (writer, begun):
            change_password(
                writer,
                begun,
                password=form.password.data or "",
                new_password=form.new_password.data or "",
                now=datetime.now(UTC),
            )
    except WrongPasswordError:
        form.password.errors = [_("This is not your password.")]
        return _page(form), 422
    except PasswordRefusedError:
        form.new_password.errors = [_("Enter at least %(least)s characters.", least=SHORTEST_PASSWORD)]
        return _page(form), 422
    flash(_("Your password is changed, and you are signed out everywhere else."))
    return redirect(url_for("profile.show"), 303)


@pages.post("/sign-out-everywhere")
@needs(Permission.PROFILE_EDIT)
def take_sign_out_everywhere() -> AnyResponse:
    """End every other session of one's account."""
    with writing() as (writer, begun):
        sign_out_everywhere(writer, begun.account, now=datetime.now(UTC), but=begun)
    flash(_("You are signed out everywhere else."))
    return redirect(url_for("profile.show"), 303)


@pages.post("/credit")
@needs(Permission.PROFILE_EDIT)
def take_credit() -> AnyResponse:
    """Take whether one wants to be named among those who translate."""
    with writing() as (writer, begun):
        be_credited(
            writer, begun.account, credited=request.form.get("credited") == "yes", now=datetime.now(UTC)
        )
    flash(_("Your choice is kept."))
    return redirect(url_for("profile.show"), 303)


@pages.get("/delete")
@needs(Permission.PROFILE_EDIT, before_agreement=True)
def show_delete() -> str:
    """Say what deleting one's account does, and ask for the password."""
    return render_template("account/delete.html", form=DeleteForm(formdata=None))


@pages.post("/delete")
@needs(Permission.PROFILE_EDIT, before_agreement=True)
def take_delete() -> AnyResponse | tuple[str, int]:
    """Delete one's account, and have the browser forget what it kept."""
    form = DeleteForm()
    if form.validate():
        try:
            with writing() as (writer, begun):
                delete_own_account(writer, begun, password=form.password.data or "", now=datetime.now(UTC))
        except WrongPasswordError:
            form.password.errors = [_("This is not your password.")]
        else:
            return good_bye("profile.show_deleted")
    return render_template("account/delete.html", form=form), 422


@pages.get("/deleted")
@public
def show_deleted() -> str:
    """Say that an account is deleted."""
    return render_template("account/deleted.html")


def _page(form: PasswordForm) -> str:
    begun = sign_in_here()
    if begun is None:
        raise AssertionError("the page is for people who are signed in")
    return render_template(
        "account/profile.html",
        form=form,
        account=begun.account,
        begun=begun,
        passkeys=len(passkeys_of(db.session(), begun.account_id)),
        sessions=sessions_of(db.session(), begun.account_id),
    )
