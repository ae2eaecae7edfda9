"""The consents as this site asks for them, in the request's language."""

from advocacy.rules.consents import NOTICE, Term, terms, text_digest
from advocacy.rules.countries import country_name
from advocacy.web.locale import language
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import plain
from advocacy.web.site import site


def terms_here() -> tuple[Term, ...]:
    """Return the consents that this site asks for."""
    return terms(hosted_abroad=site().settings.hosting_country is not None)


def terms_in_words() -> list[tuple[Term, str]]:
    """Return the consents, each with its sentence in the request's language."""
    return [(term, wording(term)) for term in terms_here()]


def wording(term: Term) -> str:
    """Return a consent's sentence in the request's language."""
    if "%(country)s" in term.wording:
        country = country_name(site().settings.hosting_country or "", language())
        sentence: str = _(term.wording, country=country)
    else:
        sentence = _(term.wording)
    return sentence


def notice() -> list[tuple[str, str]]:
    """Return the notice beside the boxes, in the request's language: headings and texts."""
    return [(_(heading), _(text)) for heading, text in NOTICE]


def notice_hash(term: Term) -> str:
    """Return the SHA-256 (hex) of what was read before ticking this box: its sentence and the notice."""
    return text_digest([plain(wording(term)), *(plain(text) for pair in notice() for text in pair)])
