"""Names that wait for a look: nothing is shown beside a petition that nobody has looked at."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.decide import actor
from advocacy.actions.moderate_names import refuse_name, show_name
from advocacy.extensions import db
from advocacy.models import Signature
from advocacy.models.appeal import all_appeals
from advocacy.models.signature import waiting_names
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address
from advocacy.web.people import writing
from advocacy.web.phrases import ngettext

pages = Blueprint("names", __name__, url_prefix="/staff")

_A_PAGE = 50


@pages.get("/names")
@needs(Permission.NAME_JUDGE)
def show() -> str:
    """Show the oldest names that wait, by appeal."""
    session = db.session()
    waiting = [(one, waiting_names(session, one.id, most=_A_PAGE)) for one in all_appeals(session)]
    return render_template("staff/names.html", waiting=[pair for pair in waiting if pair[1]])


@pages.post("/names")
@needs(Permission.NAME_JUDGE)
def take() -> AnyResponse:
    """Show or leave out the names that were ticked."""
    act = show_name if request.form.get("decision") == "show" else refuse_name
    numbers = request.form.getlist("name", type=number_in_address)[:_A_PAGE]
    now, done = datetime.now(UTC), 0
    with writing() as (session, begun):
        for number in numbers:
            signature = Signature.locked(session, number)
            if signature and act(session, signature, by=actor(begun.account_id), now=now):
                done += 1
    if act is show_name:
        flash(ngettext("%(num)s name is shown now.", "%(num)s names are shown now.", done))
    else:
        flash(ngettext("%(num)s name is left out.", "%(num)s names are left out.", done))
    return redirect(url_for("names.show"), 303)
