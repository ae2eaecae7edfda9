"""The checks while somebody types: what the editor would say about the text as it is now."""

from flask import Blueprint, Response, abort, make_response, render_template, request

from advocacy.actions.propose import forms_for
from advocacy.extensions import db
from advocacy.models.glossary_term import all_terms
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.translate.attendance import open_for
from advocacy.translate.editor import ADDRESS, LARGEST_POST
from advocacy.translate.findings import check
from advocacy.translate.page import fields_of, reasons_typed, sheet_at
from advocacy.translate.sheet import Past
from advocacy.translate.typed import Typed
from advocacy.web.access import needs
from advocacy.web.site import site

pages = Blueprint("live", __name__, url_prefix="/translate")

MOST, WINDOW = 120, 60
"""How often somebody's text is checked in so many seconds: nobody types with more pauses."""


@pages.post(f"{ADDRESS}/checks")
@needs(Permission.TRANSLATION_WRITE, largest_post=LARGEST_POST)
def take(into: Language, domain: str, number: int) -> Response:
    """Answer with what the checks say about what is typed, as a part of the editor's page; save nothing."""
    sheet, session = sheet_at(into, domain, number), db.session()
    if sheet.unit.message.obsolete:
        abort(404)
    if not site().limits.allows_try("live checks", str(sheet.account.id), most=MOST, seconds=WINDOW):
        return make_response("", 429)
    open_for(sheet.unit.id, me=sheet.account.id)  # who types is still there
    unit, past = sheet.unit, Past.of(session, sheet.unit)
    typed = Typed.of(request.form).fitted(forms_for(unit.message.msgid_plural, unit.language))
    checked = check(session, unit, typed.texts, past, all_terms(session))
    return make_response(
        render_template(
            "translate/live.html",
            fields=fields_of(unit, typed.texts, checked.remarks),
            checked=checked,
            reasons=reasons_typed(),
        )
    )
