"""Inviting somebody to work here, by a mailed link that serves once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from advocacy.actions.add_account import AccountFault, AccountRefusedError, add_account
from advocacy.actions.audit import OPERATOR, record
from advocacy.actions.occasion import Occasion
from advocacy.actions.recover import UnknownLinkError
from advocacy.actions.write_mail import Note, write_mail
from advocacy.models import Account, Invitation, MailKind
from advocacy.models.account import account_by_email
from advocacy.models.invitation import invitation_by_hash
from advocacy.rules.joining import INVITATION_TIME
from advocacy.rules.mail_addresses import same_owner_key
from advocacy.rules.permissions import Role
from advocacy.vault.tokens import token_hash


def invite(
    session: Session,
    occasion: Occasion,
    *,
    email: str,
    roles: Sequence[tuple[Role, str | None]],
    by: int | None,
    language: str,
    name: str = "",
) -> Invitation:
    """Mail an invitation to these roles, in place of an earlier one; `by` None is the operator.

    `language` (BCP 47 tag) is the mail's; `name` is offered to whoever takes it. Raises
    AccountRefusedError if the address has an account.
    """
    address = same_owner_key(email)
    if account_by_email(session, address) is not None:
        raise AccountRefusedError(AccountFault.ADDRESS_TAKEN)
    session.execute(delete(Invitation).where(Invitation.email == address))
    token = occasion.new_token()
    invitation = Invitation(
        email=address,
        name=name,
        grants=[[role.value, of] for role, of in dict.fromkeys(roles)],
        token_hash=token_hash(token),
        invited_by=by,
        made_at=occasion.now,
        expires_at=occasion.now + INVITATION_TIME,
    )
    session.add(invitation)
    session.flush()
    note = Note(
        kind=MailKind.INVITE,
        address=email,
        language=language,
        contents={"token": token},
        lasts=INVITATION_TIME,
    )
    write_mail(session, note, occasion)
    details = {"roles": [f"{role}:{of}" if of else str(role) for role, of in invitation.roles]}
    _record(session, "invitation.send", invitation, by=by, now=occasion.now, details=details)
    return invitation


def take_invitation(session: Session, token: str, *, name: str, password: str, now: datetime) -> Account:
    """Make the account that a link invites to, and return it; the link is used up.

    Raises UnknownLinkError, AccountRefusedError.
    """
    invitation = invitation_by_hash(session, token_hash(token), now=now)
    if invitation is None:
        raise UnknownLinkError
    account = add_account(
        session,
        name=name,
        email=invitation.email,
        password=password,
        roles=invitation.roles,
        by=_actor(invitation.invited_by),
        now=now,
    )
    session.delete(invitation)
    return account


def withdraw_invitation(session: Session, invitation: Invitation, *, by: int | None, now: datetime) -> None:
    """Take an invitation back."""
    _record(session, "invitation.withdraw", invitation, by=by, now=now)
    session.delete(invitation)


def _record(
    session: Session,
    act: str,
    invitation: Invitation,
    *,
    by: int | None,
    now: datetime,
    details: dict[str, list[str]] | None = None,
) -> None:
    record(session, act, f"invitation:{invitation.id}", by=_actor(by), now=now, details=details)


def _actor(account_id: int | None) -> str:
    return OPERATOR if account_id is None else f"account:{account_id}"
