"""What a translator wants to do to many texts, as a form says it; and what pages call it."""

from advocacy.actions.act_together import Deed, Hindrance, Wish
from advocacy.rules.checks import Severity, checks_for
from advocacy.rules.languages import Language
from advocacy.rules.words import N_
from advocacy.translate.words import check_name
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import ngettext

_HINDRANCE = {
    Hindrance.CHANGED: N_("It changed after it was shown to you."),
    Hindrance.GONE: N_("It is not used any more."),
    Hindrance.NO_DRAFT: N_("You have no draft here."),
    Hindrance.NONE_WAITS: N_("Nothing of yours waits here."),
    Hindrance.NO_TEXT: N_("There is no text yet."),
    Hindrance.SENT_BACK: N_("You were asked to change your text: open it to write a new one."),
    Hindrance.WAITS: N_("This very text waits for review."),
    Hindrance.APPROVED: N_("This very text is approved already."),
    Hindrance.SOURCE: N_("The source changed after this was written: open it to see how."),
    Hindrance.INCOMPLETE: N_("A form is empty, or there are not as many as this language has."),
    Hindrance.BLOCKED: N_("A check does not let it through."),
    Hindrance.NO_WARNING: N_("This check has no open warning about it."),
}


def wish_in(said: str, into: Language) -> Wish | None:
    """Return what the value of a field means for texts in a language, or None if it means nothing."""
    deed, _colon, check = said.partition(":")
    if deed == Deed.DISMISS:
        known = any(check == one for one, _name in warning_checks(into))
        return Wish(Deed.DISMISS, check) if known else None
    return Wish(Deed(said)) if said in (Deed.SUBMIT, Deed.WITHDRAW) else None


def value_of(wish: Wish) -> str:
    """Return what a field says to mean a wish."""
    return f"{wish.deed}:{wish.check}" if wish.check else wish.deed.value


def warning_checks(into: Language) -> list[tuple[str, str]]:
    """Return the id and name of each check that warns about texts in a language."""
    found = checks_for(into.tag)
    return [(one.id, check_name(one.id)) for one in found if one.severity is Severity.WARNING]


def hindrance_name(hindrance: Hindrance) -> str:
    """Return why something cannot be done to a text."""
    return _(_HINDRANCE[hindrance])


def wish_name(wish: Wish) -> str:
    """Return what somebody wants to do."""
    match wish.deed:
        case Deed.SUBMIT:
            return _("Submit my drafts")
        case Deed.WITHDRAW:
            return _("Take my texts back")
        case Deed.DISMISS:
            return _("Dismiss warnings: %(check)s", check=check_name(wish.check))


def button_name(wish: Wish) -> str:
    """Return what the button says that does it."""
    match wish.deed:
        case Deed.SUBMIT:
            return _("Submit the ticked texts")
        case Deed.WITHDRAW:
            return _("Take the ticked texts back")
        case Deed.DISMISS:
            return _("Dismiss these warnings for the ticked texts")


def would_be_said(wish: Wish, count: int) -> str:
    """Return to how many texts it would be done."""
    match wish.deed:
        case Deed.SUBMIT:
            return str(
                ngettext(
                    "%(num)s text will be submitted for review in your name.",
                    "%(num)s texts will be submitted for review in your name.",
                    count,
                )
            )
        case Deed.WITHDRAW:
            return str(
                ngettext(
                    "%(num)s text of yours will be taken back. It stays in the history.",
                    "%(num)s texts of yours will be taken back. They stay in the history.",
                    count,
                )
            )
        case Deed.DISMISS:
            return str(
                ngettext(
                    "The warning about %(num)s text will be dismissed, for this very text alone.",
                    "The warnings about %(num)s texts will be dismissed, for these very texts alone.",
                    count,
                )
            )


def done_said(wish: Wish, count: int) -> str:
    """Return to how many texts it was done."""
    match wish.deed:
        case Deed.SUBMIT:
            return str(
                ngettext(
                    "%(num)s text is submitted for review.", "%(num)s texts are submitted for review.", count
                )
            )
        case Deed.WITHDRAW:
            return ngettext("%(num)s text is taken back.", "%(num)s texts are taken back.", count)
        case Deed.DISMISS:
            return str(
                ngettext(
                    "The warning about %(num)s text is dismissed.",
                    "The warnings about %(num)s texts are dismissed.",
                    count,
                )
            )
