"""Translated text that cannot break or script a page.

Translations are written by volunteers. Jinja's newstyle gettext would take them for markup and run `%` on
every one of them; here a translation is text: escaped, formatted only with the values given, and
if its placeholders do not fit, replaced by its source.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import structlog
from flask import g
from flask_babel import Domain
from markupsafe import Markup, escape

from advocacy.models.domain import INTERFACE
from advocacy.rules.languages import Language
from advocacy.rules.placeholders import StrayPercentError, placeholders
from advocacy.web.live_catalogs import Catalog, Snapshot
from advocacy.web.locale import SPEECH, language
from advocacy.web.site import site

_log = structlog.get_logger()


class Phrase(str):
    """A text for people: itself as plain text, and safe HTML wherever a template puts it out.

    In HTML, a text that is not in the page's language says so (`<span lang>`). Attributes take
    `{{ phrase|plain }}`.
    """

    __slots__ = ("_html",)
    _html: Markup

    @classmethod
    def of(cls, text: str, values: Mapping[str, object], *, foreign: Language | None) -> "Phrase":
        """Return `text` with its placeholders filled from `values`; without values nothing is filled.

        `foreign` is the text's language if that is not the page's. `fits` says whether it can be done.
        """
        plain = text % {name: _as_plain(value) for name, value in values.items()} if values else text
        phrase = cls(plain)
        html = escape(text)
        if values:
            html = html % dict(values)
        if foreign:
            html = Markup('<span lang="{}" dir="{}">{}</span>').format(foreign.tag, foreign.direction, html)
        phrase._html = html
        return phrase

    @staticmethod
    def fits(text: str, values: Mapping[str, object]) -> bool:
        """Return whether `text` asks for nothing but what `values` holds."""
        try:
            return not values or placeholders(text) <= values.keys()
        except StrayPercentError:
            return False

    def __html__(self) -> Markup:
        return self._html


def plain(text: object) -> str:
    """Return a text without markup, for attributes and mail."""
    return _as_plain(text)


def _as_plain(value: object) -> str:
    return value.striptags() if isinstance(value, Markup) else str(value)


def serve_from(catalogs: Snapshot) -> None:
    """Have this request alone take its texts from these catalogs from here on."""
    g.catalogs = catalogs
    g.pop(SPEECH, None)


def snapshot() -> Snapshot:
    """Return the catalogs that this request is served from, the same from its start to its end."""
    if "catalogs" not in g:
        g.catalogs = site().catalogs.snapshot
    found: Snapshot = g.catalogs
    return found


class LiveDomain(Domain):
    """Flask-Babel's domain, served from the live catalogs."""

    def __init__(self) -> None:
        super().__init__(domain=INTERFACE)

    def gettext(self, string: str, **variables: Any) -> Phrase:
        """Return the translation of `string` with `variables` filled in."""
        return _phrase(_speech().catalog.translation(string), string, variables)

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> Phrase:
        """Return the translation in the form for `num`, itself available as `%(num)s`."""
        variables.setdefault("num", num)
        source = singular if num == 1 else plural
        return _phrase(_speech().catalog.plural_translation(singular, plural, num), source, variables)

    def pgettext(self, context: str, string: str, **variables: Any) -> Phrase:
        """Return the translation of `string` as it is meant in `context`."""
        return _phrase(_speech().catalog.translation(string, context=context), string, variables)


DOMAIN = LiveDomain()
gettext, ngettext, pgettext = DOMAIN.gettext, DOMAIN.ngettext, DOMAIN.pgettext
"""What Flask-Babel's functions of these names come to once they have found the domain: pages ask hundreds."""


class _Speech(NamedTuple):
    """What says things in this request's language; `source` is the language of sources if that is another."""

    language: Language
    source: Language | None
    catalog: Catalog


def _speech() -> _Speech:
    found: _Speech | None = g.get(SPEECH)
    if found is None:
        spoken, source = language(), site().languages.source
        catalog = snapshot().catalog(INTERFACE, spoken.locale)
        found = g.speech = _Speech(spoken, source if spoken != source else None, catalog)
    return found


def _phrase(translation: str | None, source: str, values: dict[str, Any]) -> Phrase:
    if translation is not None:
        if Phrase.fits(translation, values):
            return Phrase.of(translation, values, foreign=None)
        _log.warning("catalog.broken_text", language=_speech().language.tag, source=source)
    foreign = _speech().source
    if foreign:
        g.shows_untranslated = True
    return Phrase.of(source, values, foreign=foreign)
