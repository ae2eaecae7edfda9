"""Which language a request speaks."""

from flask import g, has_request_context, request, session

from advocacy.rules.languages import Language
from advocacy.web.site import site

LANGUAGE_COOKIE = "language"
"""Set only when a visitor asks to be remembered."""

SPEECH = "speech"
"""What of a request is made of its language and its catalogs."""


def language() -> Language:
    """Return the language of this request: its address says it, else the visitor's wishes do."""
    if "language" not in g:
        g.language = _from_address() or _chosen_at_work() or negotiated()
    found: Language = g.language
    return found


def speak(spoken: Language) -> None:
    """Have this request alone speak a language from here on."""
    g.language = spoken
    g.pop(SPEECH, None)


def negotiated() -> Language:
    """Return the language that the visitor's cookie or browser asks for."""
    if not has_request_context():
        return site().languages.source
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return site().languages.negotiate(chosen=chosen, accept=request.headers.get("Accept-Language", ""))


def locale_name() -> str:
    """Return the language as Flask-Babel wants it: exactly the catalogs' folder name."""
    return language().locale


def _chosen_at_work() -> Language | None:
    """Return the language chosen on pages whose address has none: those of people who work here.

    Public pages never come here, and so touch no session.
    """
    if not is_at_work():
        return None
    chosen = site().languages.by_slug(request.args.get("language", ""))
    if chosen:
        session["language"] = chosen.slug
    return chosen or site().languages.by_slug(session.get("language", ""))


def is_at_work() -> bool:
    """Whether the request is for a page of people who work here."""
    return has_request_context() and request.path.startswith(("/account/", "/staff/", "/translate/"))


def _from_address() -> Language | None:
    """Also for addresses that lead nowhere, so that "not found" is said in the right language."""
    if not has_request_context():
        return None
    return site().languages.by_slug(request.path.split("/", 2)[1])
