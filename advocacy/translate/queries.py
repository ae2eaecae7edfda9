"""What can be typed to find texts, and what of it cannot be meant, in the request's language."""

from typing import Any

from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from advocacy.models.unit_search import names_known
from advocacy.rules.checks import checks_for
from advocacy.rules.languages import Language
from advocacy.rules.translation import UnitStatus
from advocacy.rules.unit_query import MOST_TERMS, Fault, FaultKind, Has, Key, Query, read_day
from advocacy.translate.filters import Filter
from advocacy.translate.words import check_name
from advocacy.web.phrases import gettext as _

_DAY = "2026-11-01"


def problems_of(session: Session, chosen: Filter) -> dict[str, str]:
    """Return why parts of what was asked for mean nothing, by their fields' ids."""
    found = _query_problems(session, chosen.query)
    if chosen.by and not names_known(session, [chosen.by]):
        found["by"] = _sentence(Fault(FaultKind.AUTHOR, chosen.by))
    if chosen.since and read_day(chosen.since) is None:
        found["since"] = _sentence(Fault(FaultKind.CHANGED, chosen.since))
    return found


def _query_problems(session: Session, query: Query) -> dict[str, str]:
    names = [condition.value for condition in query.conditions if condition.key is Key.AUTHOR]
    known = names_known(session, names)
    strangers = [Fault(FaultKind.AUTHOR, name) for name in names if name not in known]
    sentences = [escape(_sentence(fault)) for fault in (*query.faults, *strangers)]
    return {"q": Markup("<br>").join(sentences)} if sentences else {}


def query_help(into: Language) -> list[tuple[tuple[str, ...], str]]:
    """Return examples of what can be typed, each with what it finds."""
    checks = ", ".join(f"{check.id} ({check_name(check.id)})" for check in checks_for(into.tag))
    return [
        (("petition letter",), _("Texts that have every word.")),
        (('"sign the petition"',), _("Texts that have these words side by side.")),
        (("-mail",), _("A minus leaves out what fits. It can stand before everything here.")),
        (("source:…", "translation:…", "text:…"), _("In the source, in the translation, in either of them.")),
        (("context:…", "comment:…"), _("In the context, in the remark for translators.")),
        (("status:outdated",), _("With this status. There are: %(known)s.", known=", ".join(UnitStatus))),
        (("check:double_space",), _("Where this check finds something. There are: %(known)s.", known=checks)),
        (("author:me", 'author:"Kim Minji"'), _("With a text of yours, or of whoever has this name.")),
        (("has:comment", "has:mine"), _("With an open comment, with a text of yours.")),
        (
            (f"changed:{_DAY}",),
            _(
                "Where something happened since that day (UTC): the source came or changed, a text was "
                "written, submitted, decided on or taken back, a comment was written or settled."
            ),
        ),
    ]


def _sentence(fault: Fault) -> Any:  # noqa: C901, PLR0911  one a kind
    word = fault.said
    match fault.kind:
        case FaultKind.KEY:
            return _(
                "Nothing is called “%(word)s:” here. To look for these very words, put them in quotes.",
                word=word,
            )
        case FaultKind.EMPTY:
            return _(
                "Nothing is said after “%(word)s:”. The help below shows what can stand there. To look for "
                "these very words, put them in quotes.",
                word=word,
            )
        case FaultKind.STATUS:
            known = ", ".join(UnitStatus)
            return _("There is no status “%(word)s”. There are: %(known)s.", word=word, known=known)
        case FaultKind.CHECK:
            return _("There is no check “%(word)s”. The help below names them all.", word=word)
        case FaultKind.AUTHOR:
            return _("Nobody here is called “%(word)s”.", word=word)
        case FaultKind.HAS:
            return _("There is no “has:%(word)s”. There are: %(known)s.", word=word, known=", ".join(Has))
        case FaultKind.CHANGED:
            return _("“%(word)s” is no day. Write it like this: %(example)s.", word=word, example=_DAY)
        case FaultKind.TOO_MANY:
            return _(
                "From “%(word)s” on it was too much: at most %(most)s parts.", word=word, most=MOST_TERMS
            )
