"""Terms that whoever translates suggests for the glossary."""

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.suggest_term import KnownTermError, TermRefusedError
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.translate.beside import back, fault_of, refused, resumed, suggest_what_is_typed
from advocacy.translate.filters import Filter
from advocacy.translate.links import Links
from advocacy.translate.page import gone_page, sheet_at
from advocacy.translate.places import place_at
from advocacy.translate.typed import Typed
from advocacy.web.access import needs
from advocacy.web.carrying import is_resumed
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _

pages = Blueprint("term", __name__, url_prefix="/translate")

_ADDRESS = "/<language:into>/<domain>/<int(max=2147483647):number>/term"
_LARGEST_POST = 4 * 1024 * 1024
"""Bytes: the editor's own, whose fields come along."""


@pages.get(_ADDRESS)
@needs(Permission.TRANSLATION_READ)
def lead_back(into: Language, domain: str, number: int) -> AnyResponse:
    """Lead whoever comes again to a page that a term was answered with to the editor."""
    return redirect(Links(place_at(domain, into), Filter.of(request)).unit(number), 303)


@pages.post(_ADDRESS)
@needs(Permission.TRANSLATION_WRITE, largest_post=_LARGEST_POST, keeps_typed=True, connects=True)
def take(into: Language, domain: str, number: int) -> AnyResponse | str | tuple[str, int]:
    """Suggest a term for the glossary."""
    sheet = sheet_at(into, domain, number)
    if sheet.unit.message.obsolete:
        return gone_page(sheet, Typed.of(request.form))
    if not sheet.takes_terms:
        abort(404)
    if is_resumed():
        return resumed(sheet)
    try:
        with writing() as (session, begun):
            suggest_what_is_typed(session, sheet.unit, by=begun.account_id)
    except (TermRefusedError, KnownTermError) as error:
        return refused(sheet, fault_of(error))
    said = _("Your term is suggested. You are told what becomes of it.")
    return back(sheet, said, "terms", sent=["term_source", "term_target", "term_why"])
