"""Releases as pages: what changes for readers, who may do what, and why something was not done."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import abort, render_template, request, url_for
from sqlalchemy.orm import Session

from advocacy.actions.compare_releases import changes_to_come
from advocacy.actions.publish_as_seen import sight_of_live
from advocacy.actions.releases import NotSettledError
from advocacy.extensions import db
from advocacy.models import Domain, Release, Unit
from advocacy.models.account import others_who_may
from advocacy.models.domain import domain_by_name
from advocacy.models.policy import EVERY_LANGUAGE, policy_in
from advocacy.models.release import live_now, prepared_releases, releases_before
from advocacy.models.typo_claim import has_claims
from advocacy.rules.permissions import Permission
from advocacy.rules.policies import has_begun
from advocacy.web.addresses import number_in_address
from advocacy.web.people import account_here
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site
from advocacy.web.templating import long_date

_A_PAGE = 20
_COMPARED = 100
"""Releases that one can be compared with."""

_APPEAL = "appeal-"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed that could not be taken, what is wrong with it by field, and why a build failed.

    `at` is the moment for a release to go live, as the browser sent it. `kept_in` is the field that the text
    stands in where nothing is wrong with it.
    """

    text: str = ""
    at: str = ""
    kept_in: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, int, str, str]] = field(default_factory=list)


def switched_before() -> str:
    """Say that one person switches one language a day."""
    return _("You switched another language within a day. Somebody else can switch this one.")


def too_early(early: NotSettledError) -> str:
    """Say when a right that is new begins."""
    when = f"{long_date(early.at)} {early.at:%H:%M} UTC"
    return _("Your right to publish is new. It begins on %(date)s.", date=when)


def changed() -> str:
    """Say that what is live is not what was seen."""
    return _("Something else went live meanwhile. Nothing was done: look at it again, then decide.")


def corrupt() -> str:
    """Say that the stored files are damaged."""
    return _("The stored files of this release are not the ones that were built. Nothing was done.")


def domain_here(session: Session, name: str) -> Domain:
    """Return the domain that an address names, or answer that there is none."""
    return domain_by_name(session, name) or abort(404)


def release_here(session: Session, name: str, number: int) -> Release:
    """Return the release that an address names, or answer that there is none."""
    return Release.numbered(session, domain_here(session, name).id, number) or abort(404)


def releases_page(name: str, typed: Typed) -> str:
    """Return the page of a domain: what would change, what waits, and what was."""
    session = db.session()
    session.rollback()  # of what was begun and refused, and so that all is read anew
    domain, before = domain_here(session, name), request.args.get("before", type=number_in_address)
    live = live_now(session, domain.id)
    history = releases_before(session, domain.id, before, most=_A_PAGE + 1)
    changes = changes_to_come(session, domain, site().languages, live.release if live else None, None)
    return render_template(
        "staff/releases.html",
        **_common(domain, typed),
        live=live,
        typos_wait=has_claims(session, domain.id),
        refused=_refused(session, domain, typed.problems),
        changes=changes,
        prepared=prepared_releases(session, domain.id),
        history=history[:_A_PAGE],
        older=history[_A_PAGE - 1].number if len(history) > _A_PAGE else None,
    )


def release_page(name: str, number: int, typed: Typed) -> str:
    """Return the page of one release, against what is live or another one."""
    session = db.session()
    session.rollback()
    release = release_here(session, name, number)
    live = live_now(session, release.domain_id)
    others = releases_before(session, release.domain_id, None, most=_COMPARED)
    asked = request.args.get("against", type=number_in_address)
    against = Release.numbered(session, release.domain_id, asked) if asked else None
    before = against or (live.release if live else None)
    return render_template(
        "staff/release.html",
        **_common(release.domain, typed),
        release=release,
        live=live,
        seen=sight_of_live(live),
        against=against,
        others_to_compare=[one for one in others if one is not release],
        changes=changes_to_come(session, release.domain, site().languages, before, release),
        others=others_who_may(session, Permission.RELEASE_CONFIRM, but=release.prepared_by),
    )


def _common(domain: Domain, typed: Typed) -> dict[str, Any]:
    account, now = account_here() or abort(403), datetime.now(UTC)
    policy = policy_in(db.session(), domain.id, EVERY_LANGUAGE)
    return {
        "policy": policy,
        "alone": policy is not None and has_begun(policy.alone_from, now),
        "now": now,
        "domain": domain,
        "typed": typed,
        "account": account,
        "may_prepare": account.may(Permission.RELEASE_PREPARE),
        "may_confirm": account.may(Permission.RELEASE_CONFIRM),
        "may_switch": account.may(Permission.LANGUAGE_SWITCH),
    }


def _refused(
    session: Session, domain: Domain, problems: list[tuple[str, int, str, str]]
) -> list[tuple[str, str, str, str]]:
    """Return what a build refused: language, source, why, and where whoever looks can mend it, if she can."""
    account, found = account_here(), []
    for tag, number, source, reason in problems:
        spoken, link = site().languages.by_tag(tag), ""
        if account and spoken and account.may(Permission.TRANSLATION_READ, tag):
            link = url_for("editor.show", into=spoken, domain=domain.name, number=number)
        elif account and account.may(Permission.APPEAL_EDIT) and domain.name.startswith(_APPEAL):
            unit = session.get_one(Unit, number)
            link = url_for(
                "source.show_one", slug=domain.name.removeprefix(_APPEAL), key=unit.message.context or ""
            )
        found.append((tag, source, reason, link))
    return found
