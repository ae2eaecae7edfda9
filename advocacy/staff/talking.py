"""The talk about a text, as the desk's pages show it."""

from datetime import UTC, datetime
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from advocacy.actions.comment import LONGEST_COMMENT, add_comment, may_resolve
from advocacy.models import Account, Unit
from advocacy.models.talk import author_of, talk_on
from advocacy.web.phrases import gettext as _


def talk_beside(session: Session, unit: Unit, account: Account, *, comment: str | None) -> dict[str, Any]:
    """Return what a page needs to show a unit's comments to an account, and to take another.

    `comment` is what stands in the field for one; None for what the form holds.
    """
    talk, author = talk_on(session, unit), author_of(session, unit.id)
    return {
        "talk": talk,
        "may_resolve": {
            one.comment.id
            for one in talk.open
            if may_resolve(one.comment, account, language=unit.language, author=author)
        },
        "comment": request.form.get("comment", "") if comment is None else comment,
        "longest_comment": LONGEST_COMMENT,
    }


def add_what_was_said(session: Session, unit: Unit, *, by: int) -> None:
    """Post what stands in the field for a comment with the decision beside it. Raises LongCommentError."""
    said = request.form.get("comment", "")
    if said.strip():
        add_comment(session, unit, said, by=by, about_source=False, now=datetime.now(UTC))


def too_long() -> str:
    """Return what is said of a comment that is too long."""
    return _("A comment has at most %(num)s characters.", num=LONGEST_COMMENT)
