"""How what is new is said, on the page and in the mail."""

from collections.abc import Callable, Mapping

from advocacy.rules.notices import NoticeKind
from advocacy.rules.words import N_
from advocacy.web.phrases import gettext, ngettext

_SENTENCES: dict[NoticeKind, Callable[[int], str]] = {
    NoticeKind.APPROVED: lambda n: ngettext(
        "%(num)s of your texts is approved.", "%(num)s of your texts are approved.", n
    ),
    NoticeKind.CHANGES: lambda n: ngettext(
        "Changes are asked for in %(num)s of your texts.",
        "Changes are asked for in %(num)s of your texts.",
        n,
    ),
    NoticeKind.REJECTED: lambda n: ngettext(
        "%(num)s of your texts is rejected.", "%(num)s of your texts are rejected.", n
    ),
    NoticeKind.OUTDATED: lambda n: ngettext(
        "The source of %(num)s of your texts has changed.",
        "The source of %(num)s of your texts has changed.",
        n,
    ),
    NoticeKind.NEW_TEXTS: lambda n: ngettext(
        "%(num)s new text waits for a translation.", "%(num)s new texts wait for a translation.", n
    ),
    NoticeKind.MENTIONED: lambda n: ngettext(
        "%(num)s comment asks for you.", "%(num)s comments ask for you.", n
    ),
    NoticeKind.EMERGENCY: lambda n: ngettext(
        "One person changed at once what readers see, %(num)s time.",
        "One person changed at once what readers see, %(num)s times.",
        n,
    ),
    NoticeKind.REVIEW: lambda n: ngettext(
        "%(num)s text waits for review.", "%(num)s texts wait for review.", n
    ),
    NoticeKind.RELEASE: lambda n: ngettext(
        "%(num)s release waits for a second person.", "%(num)s releases wait for a second person.", n
    ),
    NoticeKind.APPLICATION: lambda n: ngettext(
        "%(num)s application waits for an answer.", "%(num)s applications wait for an answer.", n
    ),
    NoticeKind.NAME: lambda n: ngettext(
        "%(num)s name waits for a look.", "%(num)s names wait for a look.", n
    ),
    NoticeKind.SOURCE: lambda n: ngettext(
        "%(num)s question about a source waits for an answer.",
        "%(num)s questions about a source wait for an answer.",
        n,
    ),
    NoticeKind.TYPO: lambda n: ngettext(
        "%(num)s mended typo waits for a second person.",
        "%(num)s mended typos wait for a second person.",
        n,
    ),
    NoticeKind.OPINION: lambda n: ngettext(
        "Your opinion is asked for on %(num)s text.", "Your opinion is asked for on %(num)s texts.", n
    ),
    NoticeKind.ASSIGNED: lambda n: ngettext(
        "%(num)s text is yours to review.", "%(num)s texts are yours to review.", n
    ),
    NoticeKind.BACK: lambda n: ngettext(
        "You are asked to say what %(num)s text says.", "You are asked to say what %(num)s texts say.", n
    ),
    NoticeKind.TERM_ACCEPTED: lambda n: ngettext(
        "%(num)s term of yours is in the glossary.", "%(num)s terms of yours are in the glossary.", n
    ),
    NoticeKind.TERM_DECLINED: lambda n: ngettext(
        "%(num)s term of yours is not taken into the glossary.",
        "%(num)s terms of yours are not taken into the glossary.",
        n,
    ),
    NoticeKind.TERM: lambda n: ngettext(
        "%(num)s term is suggested for the glossary.", "%(num)s terms are suggested for the glossary.", n
    ),
}
"""They name no text, person or petition."""

_HEADLINES = {
    NoticeKind.APPROVED: N_("Your text is approved."),
    NoticeKind.CHANGES: N_("Changes are asked for in your text."),
    NoticeKind.REJECTED: N_("Your text is rejected."),
    NoticeKind.MENTIONED: N_("A comment asks for you."),
    NoticeKind.OPINION: N_("Your opinion on a text is asked for."),
    NoticeKind.ASSIGNED: N_("You are asked to review a text."),
    NoticeKind.BACK: N_("You are asked to say what a text says."),
    NoticeKind.TERM_ACCEPTED: N_("Your term is in the glossary."),
    NoticeKind.TERM_DECLINED: N_("Your term is not taken into the glossary."),
}


def amount_line(kind: NoticeKind, amount: int) -> str:
    """Return one sentence on so many notices or tasks of a kind."""
    return str(_SENTENCES[kind](amount))


def amount_lines(amounts: Mapping[str, int]) -> list[str]:
    """Return a sentence for each kind (a NoticeKind's value) there is, in the order of the kinds."""
    return [amount_line(kind, amounts[kind]) for kind in NoticeKind if amounts.get(kind)]


def headline(kind: NoticeKind) -> str:
    """Return what is said above one text."""
    return gettext(_HEADLINES[kind])
