"""Suggestions for the glossary, until somebody accepts or declines them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, String, Text, func, select, true
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.account import Account, naming
from advocacy.models.types import UtcDateTime, words
from advocacy.rules.suggestions import SuggestionState


class TermSuggestion(Model):
    """What somebody would call a term in a language (BCP 47 tag), and why.

    `answer` is the reason it was declined for.
    """

    __tablename__ = "term_suggestions"

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(35))
    source: Mapped[str] = mapped_column(String(200))
    target: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[SuggestionState] = mapped_column(words(SuggestionState), default=SuggestionState.WAITING)
    answer: Mapped[str] = mapped_column(Text, default="")
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    author: Mapped[Account] = relationship(foreign_keys=author_id, lazy="raise")


def suggestions_waiting(
    session: Session, languages: Collection[str] | None, *, after: int, most: int
) -> list[TermSuggestion]:
    """Return up to `most` that wait in these languages, None for all, oldest first, beyond the id `after`."""
    query = (
        select(TermSuggestion)
        .where(_waits_in(languages), TermSuggestion.id > after)
        .options(joinedload(TermSuggestion.author).options(*naming()))
        .order_by(TermSuggestion.id)
        .limit(most)
    )
    return list(session.scalars(query))


def others_suggestions(session: Session, languages: Collection[str] | None, *, but: int) -> int:
    """Return how many wait in these languages, None for all, that others than the account `but` made."""
    query = select(func.count()).where(_waits_in(languages), TermSuggestion.author_id != but)
    return session.scalar(query) or 0


def same_suggestion(session: Session, language: str, source: str, target: str) -> TermSuggestion | None:
    """Return the suggestion that waits and says the same, or None."""
    query = select(TermSuggestion).where(
        _waits_in([language]), TermSuggestion.source == source, TermSuggestion.target == target
    )
    return session.scalar(query.order_by(TermSuggestion.id).limit(1))


def _waits_in(languages: Collection[str] | None) -> ColumnElement[bool]:
    here = true() if languages is None else TermSuggestion.language.in_(languages)
    return (TermSuggestion.state == SuggestionState.WAITING) & here
