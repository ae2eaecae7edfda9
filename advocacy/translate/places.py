"""Where somebody works: a domain, in a language."""

from dataclasses import dataclass
from functools import cached_property

from flask import abort

from advocacy.extensions import db
from advocacy.models import Account, Domain
from advocacy.models.appeal import domain_with_title
from advocacy.models.domain import INTERFACE
from advocacy.rules.languages import Language
from advocacy.rules.permissions import Permission
from advocacy.web.people import account_here
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site


@dataclass(frozen=True)
class Place:
    """A domain and the language it is translated into; `appeal` is the slug of its appeal, if it has one."""

    domain: Domain
    into: Language
    title: str
    title_language: Language | None
    appeal: str | None

    @cached_property
    def source(self) -> Language:
        """The language that the domain's sources are in."""
        tag = self.domain.source_language
        return site().languages.by_tag(tag) or Language(tag, tag, tag)


def place_of(domain: Domain, into: Language, appeal: tuple[str, str] | None) -> Place:
    """Return the place of a domain that is translated into a language, with its appeal's slug and title."""
    if appeal:
        slug, title = appeal
        return Place(domain, into, title, site().languages.by_tag(domain.source_language), slug)
    title = _("This website") if domain.name == INTERFACE else domain.name
    return Place(domain, into, title, None, None)


def place_at(domain: str, into: Language) -> Place:
    """Return the place at an address, or answer that there is none."""
    found = domain_with_title(db.session(), domain)
    if found is None or found[0].source_language == into.tag:
        abort(404)
    return place_of(found[0], into, found[1])


def account_at_work() -> Account:
    """Return the account of whoever asks, which `needs` has made sure of."""
    account = account_here()
    if account is None:
        raise AssertionError("the workbench is for people who are signed in")
    return account


def languages_of(account: Account) -> list[Language]:
    """Return the languages whose workbench an account may open, in the site's order."""
    return [one for one in site().languages if account.may(Permission.TRANSLATION_READ, one.tag)]
