"""Questions that translators have about a source, for those who edit it."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.comment import (
    LONGEST_COMMENT,
    EmptyCommentError,
    LongCommentError,
    answer_question,
    resolve_comment,
)
from advocacy.extensions import db
from advocacy.models import Comment
from advocacy.models.talk import open_questions
from advocacy.rules.permissions import Permission
from advocacy.staff.talking import too_long
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("questions", __name__, url_prefix="/staff")

_A_PAGE = 20
_LARGEST_POST = 1024 * 1024
"""Bytes: a page of answers."""


@pages.get("/questions")
@needs(Permission.APPEAL_EDIT)
def show() -> str:
    """Show the oldest questions that are open, each with the source that it is about."""
    return _page()


@pages.post("/questions")
@needs(Permission.APPEAL_EDIT, largest_post=_LARGEST_POST, again=lambda: _page())  # noqa: PLW0108  below
def take() -> AnyResponse | str | tuple[str, int]:
    """Answer a question, or resolve it without an answer; answers begun to others stay in their fields."""
    resolves = "resolve" in request.form
    number = request.form.get("resolve" if resolves else "question", type=number_in_address)
    field, now = f"answer-{number}", datetime.now(UTC)
    try:
        with writing() as (session, begun):
            question = session.get(Comment, number) if number else None
            if question is None or not question.about_source:
                abort(404)
            if resolves:
                resolve_comment(session, question, by=begun.account, now=now)
            else:
                answer_question(session, question, request.form.get(field, ""), by=begun.account, now=now)
    except EmptyCommentError:
        return _refused(field, _("Write the answer first."))
    except LongCommentError:
        return _refused(field, too_long())
    flash(_("The question is resolved.") if resolves else _("Your answer is posted. Whoever asked is told."))
    if any(
        text.strip() for name, text in request.form.items() if name.startswith("answer-") and name != field
    ):
        return _page()
    return redirect(url_for("questions.show"), 303)


def _refused(field: str, sentence: str) -> tuple[str, int]:
    db.session().rollback()
    return _page({field: sentence}), 422


def _page(errors: dict[str, str] | None = None) -> str:
    after = request.args.get("after", default=0, type=number_in_address)
    found = open_questions(db.session(), after=after, most=_A_PAGE + 1)
    return render_template(
        "staff/questions.html",
        questions=found[:_A_PAGE],
        later=found[_A_PAGE - 1].comment.id if len(found) > _A_PAGE else None,
        after=after,
        typed=request.form,
        errors=errors or {},
        longest=LONGEST_COMMENT,
    )
