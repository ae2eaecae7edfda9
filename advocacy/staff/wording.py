"""What the desk calls things, in the words of the request's language."""

from flask import Flask
from flask_babel import format_timedelta
from markupsafe import Markup

from advocacy.models import Account, Origin, Review, Translation
from advocacy.models.domain import INTERFACE
from advocacy.rules.checks import Finding, all_checks
from advocacy.rules.comparison import Aspect
from advocacy.rules.differences import differences
from advocacy.rules.review import Decision, TranslationState
from advocacy.rules.risks import Risk
from advocacy.rules.source_edits import Effect
from advocacy.rules.words import N_
from advocacy.web.phrases import gettext as _
from advocacy.web.reason_words import REASONS
from advocacy.web.templating import long_date

RISKS = {
    Risk.LINK: N_("New link"),
    Risk.NUMBER: N_("New number"),
    Risk.NAME: N_("New name"),
    Risk.DATE: N_("New date"),
    Risk.DIFFERS: N_("Not as in the source"),
    Risk.LARGE_CHANGE: N_("Large change"),
    Risk.WARNING: N_("Warning"),
    Risk.NEW_AUTHOR: N_("Author new here"),
    Risk.NO_REVIEWER: N_("Nobody to review it"),
    Risk.OLD: N_("Waiting for long"),
}
ASPECTS = {
    Aspect.NUMBER: N_("Number"),
    Aspect.ADDRESS: N_("Address"),
    Aspect.DATE: N_("Date"),
    Aspect.PLACEHOLDER: N_("Placeholder"),
    Aspect.TAG: N_("Tag"),
    Aspect.TERM: N_("Glossary term"),
    Aspect.SENTENCES: N_("Sentences"),
    Aspect.NEGATION: N_("Negation"),
    Aspect.LENGTH: N_("Characters"),
}
STATES = {
    TranslationState.DRAFT: N_("Draft"),
    TranslationState.SUBMITTED: N_("Submitted"),
    TranslationState.APPROVED: N_("Approved"),
    TranslationState.CHANGES_REQUESTED: N_("Changes asked for"),
    TranslationState.REJECTED: N_("Rejected"),
    TranslationState.WITHDRAWN: N_("Withdrawn"),
    TranslationState.SUPERSEDED: N_("Replaced by a later text"),
}
EFFECTS = {
    Effect.STAYS: N_("stays approved"),
    Effect.CARRIED: N_("is carried over"),
    Effect.OUTDATED: N_("becomes outdated"),
    Effect.NOTHING: N_("nothing to lose: no current translation"),
}

_CHECKS = {check.id: check for check in all_checks()}
_FAULTS = {
    "it is not the text that was approved": N_("It is not the text that was approved."),
    "it has not as many forms as the language": N_("It has not as many forms as the language."),
    "the compiled catalog says something else": N_("The finished file says something else."),
}
_LONGEST = 70


def short(text: str, language: str = "en") -> Markup:
    """Return the beginning of a text that may be in another language than the page, for a sentence."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"
    return Markup('<bdi lang="{}">{}</bdi>').format(language, shown)


def domain_said(name: str) -> str:
    """Return what a domain is called: a petition by its address, the interface in words."""
    return _("The site itself") if name == INTERFACE else name.removeprefix("appeal-")


def person_said(account: Account | None) -> str:
    """Return whose act something was: a name, a former translator's, or the operator's who has no account."""
    if account is None:
        return _("the operator")
    return _("former translator") if account.erased_at else account.name


def author_said(translation: Translation) -> str:
    """Return who wrote a translation."""
    if translation.origin is Origin.BASELINE:
        return _("came with the software")
    return person_said(translation.author)


def review_said(review: Review) -> str:
    """Return who decided what on a text, and when."""
    said = {"name": person_said(review.reviewer), "date": long_date(review.made_at)}
    if review.decision is Decision.APPROVE:
        return _("%(name)s approved it on %(date)s.", **said)
    if review.decision is Decision.CHANGES:
        return _("%(name)s asked for changes on %(date)s.", **said)
    return _("%(name)s rejected it on %(date)s.", **said)


def check_said(finding: Finding) -> tuple[str, str]:
    """Return the name of the check, and what it found."""
    return _(_CHECKS[finding.check].name), _(finding.detail.message, **finding.detail.values)


def fault_said(reason: str) -> str:
    """Return why a build refuses a text: names of checks, a known reason, or the builder's own words."""
    names = reason.split(", ")
    if all(name in _CHECKS for name in names):
        return " · ".join(_(_CHECKS[name].name) for name in names)
    if reason in _FAULTS:
        return _(_FAULTS[reason])
    return Markup('<span lang="en">{}</span>').format(reason)


def give_words(app: Flask) -> None:
    """Give the desk's templates these words, and how to set one text beside another."""
    app.jinja_env.globals.update(
        aspects=ASPECTS,
        author_said=author_said,
        check_said=check_said,
        differences=differences,
        domain_said=domain_said,
        fault_said=fault_said,
        person_said=person_said,
        reasons=REASONS,
        review_said=review_said,
        risks=RISKS,
        states=STATES,
    )
    app.jinja_env.filters.update(ago=format_timedelta, short=short)
