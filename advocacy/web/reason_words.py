"""Why a text went back, in the words of whoever reads it."""

from advocacy.models import Review
from advocacy.rules.reasons import Reason
from advocacy.rules.words import N_
from advocacy.web.phrases import gettext as _

REASONS = {
    Reason.MEANING: N_("It does not say what the source says."),
    Reason.MISSING: N_("Something that the source says is missing."),
    Reason.ADDED: N_("It says something that the source does not say."),
    Reason.TERMS: N_("It does not use the words of the glossary."),
    Reason.LANGUAGE: N_("Grammar or spelling needs correcting."),
    Reason.TONE: N_("The tone or the form of address does not fit."),
    Reason.HARM: N_("It could hurt somebody or mislead readers."),
}


def reason_said(review: Review) -> str:
    """Return what was ticked, in the language of the page, and what the reviewer wrote, a line each."""
    return "\n".join([*(_(REASONS[reason]) for reason in review.ticked), *filter(None, [review.reason])])
