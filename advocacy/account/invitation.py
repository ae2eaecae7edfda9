"""Taking an invitation: choosing a name and a password."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.account.forms import InvitationForm
from advocacy.actions.add_account import AccountRefusedError
from advocacy.actions.invite import take_invitation
from advocacy.actions.recover import UnknownLinkError
from advocacy.actions.sign_in import sign_in
from advocacy.extensions import begin_writing, db
from advocacy.models import Invitation
from advocacy.models.invitation import invitation_by_hash
from advocacy.vault.tokens import token_hash
from advocacy.web.access import with_csrf
from advocacy.web.people import begin, new_token

pages = Blueprint("invitation", __name__, url_prefix="/account/invitation")


@pages.get("/<token>")
@with_csrf
def show(token: str) -> str | tuple[str, int]:
    """Say what one is invited to. Looking uses nothing up."""
    invitation = _invitation(token)
    if invitation is None:
        return _gone()
    return _page(InvitationForm(formdata=None, name=invitation.name), token, invitation)


@pages.post("/<token>")
@with_csrf
def take(token: str) -> AnyResponse | str | tuple[str, int]:
    """Make the account, and sign in."""
    form, key, now = InvitationForm(), new_token(), datetime.now(UTC)
    password = form.new_password.data or ""
    try:
        session = begin_writing(db.session())
        account = take_invitation(session, token, name=form.name.data or "", password=password, now=now)
        sign_in(session, email=account.email or "", password=password, token=key, now=now)
        session.commit()
    except UnknownLinkError:
        return _gone()
    except AccountRefusedError as refused:
        db.session().rollback()
        form.refuse(refused)
        invitation = _invitation(token)
        return (_page(form, token, invitation), 422) if invitation else _gone()
    begin(key)
    return redirect(url_for("profile.show"), 303)


def _invitation(token: str) -> Invitation | None:
    return invitation_by_hash(db.session(), token_hash(token), now=datetime.now(UTC))


def _page(form: InvitationForm, token: str, invitation: Invitation) -> str:
    return render_template("account/invitation.html", form=form, token=token, roles=invitation.roles)


def _gone() -> tuple[str, int]:
    return render_template("account/link_gone.html", again=""), 404
