"""Applications to translate: the trial beside the approved texts, and what to do about it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.add_account import AccountRefusedError
from advocacy.actions.join import accept_application, ask_applicant, decline_application
from advocacy.actions.trial import approved_beside
from advocacy.extensions import db
from advocacy.models import Application
from advocacy.rules.joining import LONGEST_WORDS
from advocacy.rules.permissions import Permission
from advocacy.rules.review import ReasonMissingError
from advocacy.staff.people import NUMBER
from advocacy.web.access import needs
from advocacy.web.occasions import occasion_now
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("applications", __name__, url_prefix="/staff/people/applications")


@pages.get(f"/{NUMBER}")
@needs(Permission.ACCOUNT_MANAGE)
def show(number: int) -> str:
    """Show an application, its trial beside the approved texts."""
    return _page(_application(number))


@pages.post(f"/{NUMBER}")
@needs(
    Permission.ACCOUNT_MANAGE,
    again=lambda number: _page(_application(number), words=request.form.get("words", "")[:LONGEST_WORDS]),
)
def take(number: int) -> AnyResponse | tuple[str, int]:
    """Accept an application, decline it with a reason, or ask something."""
    words, decision = request.form.get("words", "")[:LONGEST_WORDS], request.form.get("decision")
    try:
        with writing() as (session, begun):
            application, by, occasion = _application(number), begun.account_id, occasion_now()
            if decision == "accept":
                accept_application(session, application, occasion, by=by)
                said = _("Accepted. The invitation is on its way.")
            elif decision == "ask":
                ask_applicant(session, application, occasion, by=by, question=words)
                said = _("The question is on its way.")
            elif decision == "decline":
                decline_application(session, application, occasion, by=by, reason=words)
                said = _("Declined. The reason is on its way, and the application is deleted.")
            else:
                abort(400)
    except ReasonMissingError:
        return _page(_application(number), error=_("Write what is to be sent.")), 422
    except AccountRefusedError:
        db.session().rollback()
        error = _("There is an account with this email address: give it the role instead.")
        return _page(_application(number), words=words, error=error), 422
    flash(said)
    return redirect(url_for("people.show"), 303)


def _page(application: Application, *, words: str = "", error: str = "") -> str:
    sources = [text["source"] for text in application.trial]
    return render_template(
        "staff/application.html",
        application=application,
        approved=approved_beside(db.session(), application.language, sources),
        words=words,
        error=error,
        most=LONGEST_WORDS,
    )


def _application(number: int) -> Application:
    return db.session().get(Application, number) or abort(404)
