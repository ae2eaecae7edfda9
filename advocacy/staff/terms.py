"""Terms that people suggest for the glossary, for those who review a language or edit petitions."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.suggest_term import (
    JudgedAlreadyError,
    OwnSuggestionError,
    TermRefusedError,
    accept_term,
    decline_term,
    languages_to_judge,
    terms_called,
)
from advocacy.extensions import db
from advocacy.models import Account, TermSuggestion
from advocacy.models.term_suggestion import suggestions_waiting
from advocacy.rules.languages import locale_of
from advocacy.rules.permissions import Permission
from advocacy.rules.review import ReasonMissingError
from advocacy.rules.suggestions import LONGEST_WHY
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.people import account_here, writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("terms", __name__, url_prefix="/staff")

_A_PAGE = 20
_LARGEST_POST = 1024 * 1024
"""Bytes: a page of reasons."""


@pages.get("/terms")
@needs(Permission.GLOSSARY_JUDGE)
def show() -> str:
    """Show the oldest terms that were suggested in the languages that one may judge."""
    return _page()


@pages.post("/terms")
@needs(Permission.GLOSSARY_JUDGE, largest_post=_LARGEST_POST, again=lambda: _page())  # noqa: PLW0108  below
def take() -> AnyResponse | str | tuple[str, int]:
    """Take a term into the glossary or decline it; reasons begun for others stay in their fields."""
    act = next((name for name in ("first", "other", "decline") if name in request.form), None)
    number = request.form.get(act or "", type=number_in_address)
    field = f"reason-{number}"
    try:
        with writing() as (session, begun):
            suggestion, now = _suggestion(session, number, begun.account), datetime.now(UTC)
            if act == "decline":
                reason = request.form.get(field, "")
                decline_term(session, suggestion, by=begun.account, now=now, reason=reason)
            else:
                accept_term(session, suggestion, by=begun.account, now=now, first=act == "first")
    except ReasonMissingError:
        return _refused({field: _("Say why: whoever suggested it reads it.")}), 422
    except TermRefusedError:
        return _refused({field: _("At most %(most)s characters, please.", most=LONGEST_WHY)}), 422
    except OwnSuggestionError:
        abort(403)
    except JudgedAlreadyError:
        return _refused({}, late=True), 409
    flash(_("The term is declined.") if act == "decline" else _("The term is in the glossary."))
    if any(
        text.strip() for name, text in request.form.items() if name.startswith("reason-") and name != field
    ):
        return _page()
    return redirect(url_for("terms.show"), 303)


def _suggestion(session: Session, number: int | None, account: Account) -> TermSuggestion:
    found = session.get(TermSuggestion, number) if number else None
    if found is None:
        abort(404)
    allowed = languages_to_judge(account)
    if allowed is not None and found.language not in allowed:
        abort(403)
    return found


def _refused(errors: dict[str, str], *, late: bool = False) -> str:
    db.session().rollback()
    return _page(errors, late=late)


def _page(errors: dict[str, str] | None = None, *, late: bool = False) -> str:
    session, account = db.session(), account_here() or abort(403)
    after = request.args.get("after", default=0, type=number_in_address)
    found = suggestions_waiting(session, languages_to_judge(account), after=after, most=_A_PAGE + 1)
    return render_template(
        "staff/terms.html",
        suggestions=[
            (one, _called_now(session, one), one.author_id == account.id) for one in found[:_A_PAGE]
        ],
        later=found[_A_PAGE - 1].id if len(found) > _A_PAGE else None,
        after=after,
        typed=request.form,
        errors=errors or {},
        late=late,
        longest=LONGEST_WHY,
    )


def _called_now(session: Session, suggestion: TermSuggestion) -> list[str]:
    """Return what the glossary calls a term now, in the language of the suggestion, the preferred first."""
    term = next(iter(terms_called(session, suggestion.source)), None)
    return term.targets.get(locale_of(suggestion.language), []) if term else []
