"""What is demanded of texts and releases, in plain words."""

from datetime import datetime

from flask import Flask

from advocacy.models import Policy, Release
from advocacy.rules.policies import Demand, has_begun
from advocacy.staff.wording import person_said
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import ngettext
from advocacy.web.templating import long_date


def demand_said(demand: Demand) -> str:
    """Return what a text needs before somebody may approve it."""
    if not demand.opinions:
        return _("A reviewer of the language approves. No second opinion is needed.")
    if demand.reviewer_suffices:
        return str(
            ngettext(
                "A reviewer of the language approves. Anybody else needs the yes of %(num)s more speaker.",
                "A reviewer of the language approves. Anybody else needs the yes of %(num)s more speakers.",
                demand.opinions,
            )
        )
    return str(
        ngettext(
            "Before anybody approves, %(num)s more speaker of the language says yes.",
            "Before anybody approves, %(num)s more speakers of the language say yes.",
            demand.opinions,
        )
    )


def missing_said(missing: int) -> str:
    """Return how many yes lack before somebody may approve."""
    return str(
        ngettext(
            "It cannot be approved yet: %(num)s more speaker has to say yes.",
            "It cannot be approved yet: %(num)s more speakers have to say yes.",
            missing,
        )
    )


def people_said(policy: Policy | None, now: datetime) -> str:
    """Return how many people publish a domain, and who allowed one; `policy` is every language's."""
    if policy is None or policy.alone_from is None:
        return _("Two people publish: one prepares a release, another confirms it.")
    said = {
        "name": person_said(policy.changer),
        "date": long_date(policy.alone_from),
        "reason": policy.why,
    }
    if has_begun(policy.alone_from, now):
        return str(
            _("One person may publish alone since %(date)s. %(name)s allowed it: “%(reason)s”", **said)
        )
    return str(
        _(
            "Two people publish until %(date)s, then one may alone. %(name)s allowed it: “%(reason)s”",
            **said,
        )
    )


def made_by_one_said(release: Release) -> str:
    """Return that one person made a release, and where the log says who allowed it."""
    return str(
        _(
            "One person prepared and confirmed this release. Entry %(number)s of the log allowed it.",
            number=release.relaxed_entry,
        )
    )


def give_policy_words(app: Flask) -> None:
    """Give the desk's templates these words."""
    app.jinja_env.globals.update(
        demand_said=demand_said,
        made_by_one_said=made_by_one_said,
        missing_said=missing_said,
        people_said=people_said,
    )
