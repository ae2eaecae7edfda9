"""What was typed into a form whose sender has to sign in first, or agree: it goes along from page to page.

It travels in a hidden field of those pages, signed, and so stands in no address, no cookie and no log, and
nothing of it is kept here.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import g, make_response, redirect, render_template, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from advocacy.rules.languages import Language
from advocacy.web.site import site

LARGEST_CARRIED = 6 * 1024 * 1024
"""Bytes that a page which passes a form on takes at once: the editor's largest, signed."""

_FIELD = "carried"
_OF_ITS_OWN = frozenset({_FIELD, "csrf_token", "action", "use", "dismiss", "about_source"})
"""What stays behind: tokens end with their session, and no button is pressed for anybody."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A form that waits for its sender: where it goes, and its fields in order."""

    path: str
    fields: list[tuple[str, str]]


def carry_form() -> None:
    """Have the page that answers this request carry what the request came with."""
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in _OF_ITS_OWN]
    g.carried = Carried(here(), fields)


def carried() -> Carried | None:
    """Return the form that waits, if one does."""
    if "carried" not in g:
        g.carried = _read(request.form.get(_FIELD, ""))
    found: Carried | None = g.carried
    return found


def is_resumed() -> bool:
    """Whether a form has waited for its sender to sign in again: no button of it is pressed for her."""
    return request.form.get("action") == "resume"


def carried_value() -> str:
    """Return the form that waits as a hidden field holds it; nothing if none does."""
    found = carried()
    return str(_signer().dumps([found.path, found.fields])) if found else ""


def here(path: str | None = None) -> str:
    """Return the path of this request, with what was asked for but the language, which is kept already.

    With `path`, that one with the same.
    """
    path = request.path if path is None else path
    asked = [pair for pair in request.args.items(multi=True) if pair[0] != "language"]
    return f"{path}?{urlencode(asked)}" if asked else path


def spoken_in(path: str, language: Language) -> str:
    """Return `path`, one without a language, as it leads to that page in `language`."""
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'language': language.slug})}"


def go_on(path: str) -> AnyResponse:
    """Answer by leading to `path`, or, if a form waits, by the page that sends it on its way again."""
    if carried() is None:
        return redirect(path, 303)
    return make_response(render_template("account/go_on.html"))


def _read(value: str) -> Carried | None:
    try:
        path, fields = _signer().loads(value)
    except BadData:
        return None
    return Carried(path, [(name, text) for name, text in fields])


def _signer() -> URLSafeSerializer:
    secret = site().settings.secret_key
    return URLSafeSerializer(secret, salt="carried form", serializer_kwargs={"ensure_ascii": False})
