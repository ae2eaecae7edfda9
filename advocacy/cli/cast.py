"""A small cast of people for trying things out: made by `advocacy up` in development, never in production."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from advocacy.actions.add_account import add_account
from advocacy.actions.audit import OPERATOR
from advocacy.models.account import all_accounts
from advocacy.rules.permissions import Role

_CAST: tuple[tuple[str, tuple[tuple[Role, str | None], ...]], ...] = (
    ("Ada", ((Role.ADMINISTRATOR, None),)),
    ("Eun", ((Role.EDITOR, None), (Role.PUBLISHER, None))),
    ("Sol", ((Role.PUBLISHER, None), (Role.MODERATOR, None), (Role.REVIEWER, "ko"))),
    ("Haneul", ((Role.TRANSLATOR, "ko"),)),
    ("Chen", ((Role.TRANSLATOR, "zh-Hans"),)),
    ("Lin", ((Role.TRANSLATOR, "zh-Hant"),)),
)


def make_cast(session: Session, instance: Path) -> Iterator[str]:
    """Add the cast where there is nobody yet; yields a line for each, with the password, shown this once.

    The passwords are kept in `cast.txt` in the instance folder, for its owner's eyes only.
    """
    if all_accounts(session):
        return
    lines = [_added(session, name, roles) for name, roles in _CAST]
    session.commit()
    descriptor = os.open(instance / "cast.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    yield "People to try things out with, at /account/sign-in (kept in cast.txt in the instance folder):"
    yield from lines


def _added(session: Session, name: str, roles: tuple[tuple[Role, str | None], ...]) -> str:
    email, password = f"{name.lower()}@example.org", secrets.token_urlsafe(12)
    add_account(
        session, name=name, email=email, password=password, roles=roles, by=OPERATOR, now=datetime.now(UTC)
    )
    held = ", ".join(f"{role} {language}" if language else str(role) for role, language in roles)
    return f"{email}\t{password}\t{held}"
