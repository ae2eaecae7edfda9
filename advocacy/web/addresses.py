"""Addresses that begin with a language: reading them, making them, and their twins in other languages."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for
from werkzeug.routing import BaseConverter, ValidationError

from advocacy.rules.languages import Language, Languages
from advocacy.web.locale import is_at_work, language, speak
from advocacy.web.site import site


class LanguageConverter(BaseConverter):
    """Turns the first part of an address into a language of this site, and back."""

    languages: Languages

    def to_python(self, value: str) -> Language:
        """Return the language; an address that begins otherwise leads nowhere."""
        found = self.languages.by_slug(value)
        if found is None:
            raise ValidationError
        return found

    def to_url(self, value: Language) -> str:
        """Return the part for a language."""
        return value.slug


class SlugConverter(BaseConverter):
    """Takes the part of an address that names an appeal; anything else leads nowhere."""

    regex = "[a-z0-9-]{1,100}"


def route_languages(app: Flask, languages: Languages) -> None:
    """Make `<language:language>` and `<slug:slug>` work in `app`; views find the language by `language()`."""
    own = {"languages": languages, "regex": "|".join(known.slug for known in languages)}
    app.url_map.converters["slug"] = SlugConverter
    app.url_map.converters["language"] = type("OwnLanguageConverter", (LanguageConverter,), own)

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "language" in values:
            speak(values.pop("language"))

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "language"):
            values.setdefault("language", language())


def number_in_address(text: str) -> int:
    """Return the id in an address. Raises ValueError for what no id can be."""
    number = int(text)
    if not 0 < number < _NO_ID:
        raise ValueError(text)
    return number


_NO_ID = 2**31
"""The first number that no table counts to."""


def absolute(path: str) -> str:
    """Return the public address of a path on this site: from the settings, never from the request's Host."""
    return site().settings.base_url + path


def twins() -> list[tuple[Language, str]]:
    """Return this page's path in every language, or the first page's where this one has no twin."""
    if "twins" not in g:
        g.twins = _twins()
    found: list[tuple[Language, str]] = g.twins
    return found


def _twins() -> list[tuple[Language, str]]:
    rule, values = request.url_rule, request.view_args or {}
    if rule is not None and is_at_work():
        own = {name: value for name, value in values.items() if name != "language"}
        path = url_for(_readable(rule.endpoint), **own)
        asked = [pair for pair in request.args.items(multi=True) if pair[0] != "language"]
        return [
            (other, f"{path}?{urlencode([*asked, ('language', other.slug)])}") for other in site().languages
        ]
    if rule is None or "language" not in rule.arguments:
        return [(other, url_for("front.appeals", language=other)) for other in site().languages]
    endpoint = _readable(rule.endpoint)
    return [(other, url_for(endpoint, language=other, **values)) for other in site().languages]


def _readable(endpoint: str) -> str:
    """Return the endpoint to link to for a page that was the answer to a post."""
    return {
        "editor.take": "editor.show",
        "account.take_sign_in": "account.show_sign_in",
        "factor.take": "factor.show",
        "offline.confirm": "offline.show",
        "releases.call_release_off": "releases.show_one",
        "releases.confirm": "releases.show_one",
        "releases.schedule": "releases.show_one",
        "releases.go_back": "releases.show_one",
        "releases.prepare": "releases.show",
        "releases.switch": "releases.show",
        "source.look": "source.show_one",
        "source.save": "source.show_one",
        "source.correct": "source.show_urgent",
        "typos.settle": "typos.show",
        "review.decide_one": "review.show_one",
        "review.take_one_back": "review.show_one",
        "review.approve_together": "review.show_together",
        "factor.take_enrol": "factor.show_enrol",
        "factor.take_passkey": "factor.show",
        "passkeys.take_remove": "passkeys.show",
        "invitation.take": "invitation.show",
        "profile.take_password": "profile.show",
        "profile.take_delete": "profile.show_delete",
        "joining.receive": "joining.show",
        "joining.answer": "joining.show_question",
        "recovery.take": "recovery.show",
        "recovery.take_new": "recovery.show_new",
        "signing.receive": "appeal.show",
        "supporting.receive": "supporting.show",
        "proof.check": "proof.show",
        "links.do_confirm": "links.show_confirm",
        "links.do_withdraw": "links.show_withdraw",
        "front.remember": "front.appeals",
    }.get(endpoint, endpoint)
