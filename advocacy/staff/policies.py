"""Policies: what a text needs before it is approved, and how many people publish."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.actions.set_policy import (
    PolicyUnchangedError,
    drop_demand,
    let_one_publish,
    let_two_publish,
    set_demand,
)
from advocacy.extensions import db
from advocacy.models import Domain
from advocacy.models.domain import all_domains, domain_by_name
from advocacy.models.policy import EVERY_LANGUAGE, policies_of
from advocacy.rules.permissions import Permission
from advocacy.rules.policies import LONGEST_WHY, MOST_OPINIONS, Demand
from advocacy.web.access import needs
from advocacy.web.people import writing
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site

pages = Blueprint("policies", __name__, url_prefix="/staff/policies")

_CHOICES = {"0": Demand(0)} | {
    f"{number}{'' if suffices else '-all'}": Demand(number, suffices)
    for number in range(1, MOST_OPINIONS + 1)
    for suffices in (True, False)
}
"""What can be demanded of a text, by what a form says for it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A reason that could not be taken, for which domain, and what is wrong with what was sent, by field."""

    name: str = ""
    why: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@pages.get("")
@needs(Permission.POLICY_SET)
def show() -> str:
    """Show what every domain demands, to be changed."""
    return _page(Typed())


@pages.post("/<name>/texts")
@needs(Permission.POLICY_SET)
def take_texts(name: str) -> AnyResponse | tuple[str, int]:
    """Demand of texts in each language what a form says."""
    asked = {
        tag: request.form.get(f"texts-{tag or 'all'}", "") for tag in _scopes(_domain(db.session(), name))
    }
    unknown = [tag for tag, said in asked.items() if said not in _CHOICES and (said or not tag)]
    if unknown:
        error = _("Choose one of those in the list.")
        return _page(Typed(name, errors={f"texts-{name}-{tag or 'all'}": error for tag in unknown})), 422
    changed = 0
    with writing() as (session, begun):
        domain, now = _domain(session, name), datetime.now(UTC)
        for tag, said in asked.items():
            try:
                if said:
                    set_demand(session, domain, tag, _CHOICES[said], by=begun.account_id, now=now)
                else:
                    drop_demand(session, domain, tag, by=begun.account_id, now=now)
                changed += 1
            except PolicyUnchangedError:
                continue
    flash(_("It is kept, and holds from now on.") if changed else _("Nothing was changed."))
    return redirect(url_for("policies.show", _anchor=f"domain-{name}"), 303)


@pages.post("/<name>/people")
@needs(Permission.POLICY_SET, again=lambda name: _page(Typed(name, request.form.get("why", ""))))
def take_people(name: str) -> AnyResponse | tuple[str, int]:
    """Let one person publish after a while, or demand two again at once."""
    why = request.form.get("why", "").replace("\0", "").strip()
    to_one = request.form.get("people") == "one"
    if to_one and (error := _fault_of(why)):
        return _page(Typed(name, why, {f"why-{name}": error})), 422
    try:
        with writing() as (session, begun):
            domain, now = _domain(session, name), datetime.now(UTC)
            if to_one:
                let_one_publish(session, domain, by=begun.account_id, now=now, why=why)
            else:
                let_two_publish(session, domain, by=begun.account_id, now=now)
    except PolicyUnchangedError:
        flash(_("Nothing was changed."))
    else:
        flash(_("It is kept, and stands in the log."))
    return redirect(url_for("policies.show", _anchor=f"domain-{name}"), 303)


def _fault_of(why: str) -> str:
    if not why:
        return _("Say why: it goes into the log.")
    return "" if len(why) <= LONGEST_WHY else _("At most %(most)s characters, please.", most=LONGEST_WHY)


def _domain(session: Session, name: str) -> Domain:
    return domain_by_name(session, name) or abort(404)


def _scopes(domain: Domain) -> list[str]:
    """Return what can have a demand of its own: all languages together, then each translated into."""
    tags = [language.tag for language in site().languages if language.tag != domain.source_language]
    return [EVERY_LANGUAGE, *tags]


def _page(typed: Typed) -> str:
    session = db.session()
    session.rollback()  # so that all is read anew
    said = {demand: choice for choice, demand in _CHOICES.items()}
    domains = []
    for domain in all_domains(session):
        kept = policies_of(session, domain.id)
        chosen = {tag: said[kept[tag].demand] if tag in kept else "" for tag in _scopes(domain)}
        chosen[EVERY_LANGUAGE] = chosen[EVERY_LANGUAGE] or "0"
        domains.append((domain, kept.get(EVERY_LANGUAGE), chosen))
    return render_template(
        "staff/policies.html", domains=domains, choices=_CHOICES, typed=typed, now=datetime.now(UTC)
    )
