"""The desk: what there is to see and to do."""

from flask import Blueprint, render_template

from advocacy.extensions import db
from advocacy.models.appeal import all_appeals
from advocacy.models.domain import all_domains
from advocacy.models.release import live_now
from advocacy.models.tally import tally_of
from advocacy.models.unit_count import status_counts
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs
from advocacy.web.people import account_here
from advocacy.web.site import site

pages = Blueprint("desk", __name__, url_prefix="/staff")


@pages.get("/")
@needs(Permission.DESK_OPEN)
def show() -> str:
    """Show each appeal with its count, and how far each text is in each language."""
    session = db.session()
    appeals = [(one, sum(tally_of(session, one.id).values())) for one in all_appeals(session)]
    domains = [
        (domain, live_now(session, domain.id), status_counts(session, domain.id))
        for domain in all_domains(session)
    ]
    return render_template(
        "staff/desk.html",
        account=account_here(),
        appeals=appeals,
        domains=domains,
        keys_here=site().keys.readable_private_files(),
    )
