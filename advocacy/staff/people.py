"""People: who works here, who is invited, who would like to; roles given and taken back."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.add_account import AccountRefusedError
from advocacy.actions.change_roles import RoleUnchangedError, grant_role, revoke_role
from advocacy.actions.decide import actor
from advocacy.actions.invite import invite, withdraw_invitation
from advocacy.actions.second_factor import reset_second_factor
from advocacy.extensions import db
from advocacy.models import Account, Invitation
from advocacy.models.account import all_accounts
from advocacy.models.application import all_applications
from advocacy.models.invitation import open_invitations
from advocacy.rules.permissions import Permission, Role
from advocacy.web.access import needs
from advocacy.web.address_form import AddressForm
from advocacy.web.locale import language
from advocacy.web.occasions import occasion_now
from advocacy.web.people import sign_in_here, writing
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site

pages = Blueprint("people", __name__, url_prefix="/staff/people")

NUMBER = "<int(max=2147483647):number>"


@pages.get("/")
@needs(Permission.ACCOUNT_MANAGE)
def show() -> str:
    """Show applications, accounts and open invitations."""
    return _page(AddressForm(formdata=None))


@pages.post("/invite")
@needs(Permission.ACCOUNT_MANAGE, again=lambda: _page(AddressForm()))
def take_invite() -> AnyResponse | tuple[str, int]:
    """Invite somebody by mail."""
    form, roles = AddressForm(), _roles_asked()
    if not form.validate() or not roles:
        return _page(form, no_role=not roles), 422
    try:
        with writing() as (session, begun):
            invite(
                session,
                occasion_now(),
                email=form.email.data or "",
                roles=roles,
                by=begun.account_id,
                language=_mail_language(),
            )
    except AccountRefusedError:
        form.email.errors = [_("There is an account with this email address.")]
        return _page(form), 422
    flash(_("The invitation is on its way."))
    return redirect(url_for("people.show"), 303)


@pages.post(f"/invitations/{NUMBER}/withdraw")
@needs(Permission.ACCOUNT_MANAGE)
def take_withdraw(number: int) -> AnyResponse:
    """Take an invitation back."""
    with writing() as (session, begun):
        invitation = session.get(Invitation, number) or abort(404)
        withdraw_invitation(session, invitation, by=begun.account_id, now=datetime.now(UTC))
    flash(_("The invitation is taken back."))
    return redirect(url_for("people.show"), 303)


@pages.get(f"/{NUMBER}")
@needs(Permission.ACCOUNT_MANAGE)
def show_one(number: int) -> str:
    """Show one account, and what can be changed of it."""
    return render_template("staff/person.html", account=_account(number), own=_is_own(number))


@pages.post(f"/{NUMBER}/grant")
@needs(Permission.ACCOUNT_MANAGE)
def take_grant(number: int) -> AnyResponse:
    """Give somebody roles."""
    given = 0
    with writing() as (session, begun):
        account, by = _account(number), actor(begun.account_id)
        for role, tag in _roles_asked():
            try:
                grant_role(session, account, role, tag, by=by, now=datetime.now(UTC))
                given += 1
            except RoleUnchangedError:
                continue
    flash(_("The role is given.") if given else _("Nothing was changed."))
    return redirect(url_for("people.show_one", number=number), 303)


@pages.post(f"/{NUMBER}/revoke")
@needs(Permission.ACCOUNT_MANAGE)
def take_revoke(number: int) -> AnyResponse:
    """Take a role back. Nobody takes her own, so that there is always somebody to give it again."""
    if _is_own(number):
        abort(403)
    with writing() as (session, begun):
        account = _account(number)
        held = next((one for one in account.grants if str(one.id) == request.form.get("grant")), None)
        if held is not None:
            by = actor(begun.account_id)
            revoke_role(session, account, held.role, held.language, by=by, now=datetime.now(UTC))
    flash(_("The role is taken back.") if held else _("Nothing was changed."))
    return redirect(url_for("people.show_one", number=number), 303)


@pages.post(f"/{NUMBER}/reset-second-factor")
@needs(Permission.ACCOUNT_MANAGE)
def take_reset(number: int) -> AnyResponse:
    """Forget the second factor of somebody who lost it."""
    if _is_own(number):
        abort(403)
    with writing() as (session, begun):
        reset_second_factor(session, _account(number), by=actor(begun.account_id), now=datetime.now(UTC))
    flash(_("The second factor is forgotten. A new one is set up at the next sign-in."))
    return redirect(url_for("people.show_one", number=number), 303)


def _page(form: AddressForm, *, no_role: bool = False) -> str:
    session = db.session()
    return render_template(
        "staff/people.html",
        form=form,
        no_role=no_role,
        asked=_roles_asked(),
        mail_language=_mail_language(),
        accounts=[account for account in all_accounts(session) if account.erased_at is None],
        applications=all_applications(session),
        invitations=open_invitations(session, now=datetime.now(UTC)),
    )


def _account(number: int) -> Account:
    account = db.session().get(Account, number)
    return account if account is not None and account.erased_at is None else abort(404)


def _is_own(number: int) -> bool:
    begun = sign_in_here()
    return begun is not None and begun.account_id == number


def _roles_asked() -> list[tuple[Role, str | None]]:
    """Return the roles that a form ticks, as "editor" or "translator ko"; what is none is passed over."""
    found: list[tuple[Role, str | None]] = []
    for text in request.form.getlist("role"):
        name, _space, tag = text.partition(" ")
        if name in list(Role) and Role(name).of_language == (site().languages.by_tag(tag) is not None):
            found.append((Role(name), tag or None))
    return found


def _mail_language() -> str:
    """Return the tag of the language that a form asks mail to be in; else the page's."""
    tag = request.form.get("mail_language", "")
    return tag if site().languages.by_tag(tag) else language().tag
