"""The log of decisions, for administrators."""

import csv
import io

from flask import Blueprint, Response, render_template, request

from advocacy.actions.audit import BrokenLogError, verify
from advocacy.extensions import db
from advocacy.models.audit_entry import acts_known, entries_before
from advocacy.rules.permissions import Permission
from advocacy.web.access import needs
from advocacy.web.addresses import number_in_address

pages = Blueprint("audit", __name__, url_prefix="/staff")

_A_PAGE, _A_FILE = 50, 10_000


@pages.get("/audit")
@needs(Permission.AUDIT_READ)
def show() -> str:
    """Show the log, newest first, and whether it is whole."""
    act, before = request.args.get("act", ""), request.args.get("before", type=number_in_address)
    found = entries_before(db.session(), before, act=act, most=_A_PAGE + 1)
    try:
        newest, fault = verify(db.session()), ""
    except BrokenLogError as broken:
        newest, fault = None, str(broken)
    return render_template(
        "staff/audit.html",
        entries=found[:_A_PAGE],
        older=found[_A_PAGE - 1].id if len(found) > _A_PAGE else None,
        act=act,
        acts=acts_known(db.session()),
        newest=newest,
        fault=fault,
    )


@pages.get("/audit.csv")
@needs(Permission.AUDIT_READ)
def as_csv() -> Response:
    """Give the newest entries as CSV (RFC 4180), for a spreadsheet."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(("id", "at", "actor", "act", "subject", "hash"))
    for entry in entries_before(db.session(), None, act=request.args.get("act", ""), most=_A_FILE):
        writer.writerow(
            (entry.id, entry.at.isoformat(), entry.actor, entry.act, entry.subject, entry.hash.hex())
        )
    response = Response(file.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response
