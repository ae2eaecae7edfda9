"""Suggesting a term for the glossary, and judging what others suggested."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.notify import call_for, tell_suggester
from advocacy.actions.propose import stored_text
from advocacy.models import Account, GlossaryTerm, TermSuggestion
from advocacy.models.term_suggestion import same_suggestion
from advocacy.rules.languages import locale_of
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Permission
from advocacy.rules.review import ReasonMissingError
from advocacy.rules.suggestions import LONGEST_TERM, LONGEST_WHY, SuggestionState


class TermRefusedError(ValueError):
    """A suggestion that is none: `field` is "source", "target" or "why", empty or `too_long`."""

    def __init__(self, field: str, *, too_long: bool) -> None:
        super().__init__(field)
        self.field, self.too_long = field, too_long


class KnownTermError(ValueError):
    """The glossary calls the term so already."""


class OwnSuggestionError(Exception):
    """Nobody judges what they suggested themselves."""


class JudgedAlreadyError(Exception):
    """Somebody has accepted or declined it meanwhile."""


def suggest_term(
    session: Session, language: str, *, source: str, target: str, why: str, by: int, now: datetime
) -> TermSuggestion:
    """Suggest to call `source`, a term in English, `target` in a language (BCP 47 tag).

    What is suggested already, by whomever, is there once. Raises TermRefusedError, KnownTermError.
    """
    source, target = (" ".join(stored_text(text).split()) for text in (source, target))
    why = stored_text(why).strip()
    most = {"source": LONGEST_TERM, "target": LONGEST_TERM, "why": LONGEST_WHY}
    for field, text in (("source", source), ("target", target), ("why", why)):
        if not text or len(text) > most[field]:
            raise TermRefusedError(field, too_long=bool(text))
    known = terms_called(session, source)
    if any(target in term.targets.get(locale_of(language), []) for term in known):
        raise KnownTermError
    if same := same_suggestion(session, language, source, target):
        return same
    suggestion = TermSuggestion(
        language=language, source=source, target=target, why=why, author_id=by, made_at=now
    )
    session.add(suggestion)
    call_for(session, NoticeKind.TERM, now=now, language=language, but=by)
    session.flush()
    return suggestion


def accept_term(
    session: Session, suggestion: TermSuggestion, *, by: Account, now: datetime, first: bool
) -> GlossaryTerm:
    """Take a suggestion into the glossary: as the first of the term's words, or as one more.

    Raises OwnSuggestionError, JudgedAlreadyError.
    """
    _judge(session, suggestion, SuggestionState.ACCEPTED, by=by, now=now)
    term = next(iter(terms_called(session, suggestion.source)), None)
    if term is None:
        term = GlossaryTerm(source=suggestion.source, targets={}, note="")
        session.add(term)
    locale = locale_of(suggestion.language)
    others = [word for word in term.targets.get(locale, []) if word != suggestion.target]
    called = [suggestion.target, *others] if first else [*others, suggestion.target]
    term.targets = {**term.targets, locale: called}
    session.flush()
    tell_suggester(session, suggestion, NoticeKind.TERM_ACCEPTED, now=now)
    _note(session, suggestion, "glossary.accept", by=by, now=now)
    return term


def decline_term(
    session: Session, suggestion: TermSuggestion, *, by: Account, now: datetime, reason: str
) -> None:
    """Leave a suggestion out, and tell who made it why.

    Raises ReasonMissingError, TermRefusedError (of "why"), OwnSuggestionError, JudgedAlreadyError.
    """
    reason = stored_text(reason).strip()
    if not reason:
        raise ReasonMissingError
    if len(reason) > LONGEST_WHY:
        raise TermRefusedError("why", too_long=True)
    _judge(session, suggestion, SuggestionState.DECLINED, by=by, now=now)
    suggestion.answer = reason
    tell_suggester(session, suggestion, NoticeKind.TERM_DECLINED, now=now)
    _note(session, suggestion, "glossary.decline", by=by, now=now)


def languages_to_judge(account: Account) -> frozenset[str] | None:
    """Return the languages (BCP 47 tags) in which an account judges terms; None for all."""
    return None if account.may(Permission.APPEAL_EDIT) else account.languages_for(Permission.GLOSSARY_JUDGE)


def terms_called(session: Session, source: str) -> list[GlossaryTerm]:
    """Return what the glossary has for a term, whatever its capitals; first what is no verb."""
    query = select(GlossaryTerm).where(func.lower(GlossaryTerm.source) == source.lower())
    return list(session.scalars(query.order_by(GlossaryTerm.is_verb, GlossaryTerm.id)))


def _judge(
    session: Session, suggestion: TermSuggestion, state: SuggestionState, *, by: Account, now: datetime
) -> None:
    session.refresh(suggestion, with_for_update={"of": TermSuggestion})
    if suggestion.author_id == by.id:
        raise OwnSuggestionError
    if suggestion.state is not SuggestionState.WAITING:
        raise JudgedAlreadyError
    suggestion.state, suggestion.judged_by, suggestion.judged_at = state, by.id, now


def _note(session: Session, suggestion: TermSuggestion, act: str, *, by: Account, now: datetime) -> None:
    details = {"language": suggestion.language}
    record(session, act, f"term:{suggestion.id}", by=f"account:{by.id}", now=now, details=details)
