"""The queue of reviewers: texts that were submitted and that nobody has decided on, oldest first."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from advocacy.models.domain import Domain
from advocacy.models.message import Message
from advocacy.models.translation import Translation
from advocacy.models.unit import Unit
from advocacy.rules.review import TranslationState


class Waiting(NamedTuple):
    """How many texts wait in a language (BCP 47 tag) of a domain (by name)."""

    language: str
    domain: str
    texts: int


def waiting_counts(session: Session, languages: Collection[str]) -> list[Waiting]:
    """Return how many texts wait in these languages, by language and domain."""
    query = (
        select(Unit.language, Domain.name, func.count())
        .select_from(Translation)
        .join(Unit, Unit.id == Translation.unit_id)
        .join(Message, Message.id == Unit.message_id)
        .join(Domain, Domain.id == Message.domain_id)
        .where(*_waits(languages))
        .group_by(Unit.language, Domain.name)
        .order_by(Unit.language, Domain.name)
    )
    return [Waiting(*row) for row in session.execute(query)]


def waiting_texts(
    session: Session, languages: Collection[str], *, domain: str = "", after: int = 0, most: int
) -> list[Translation]:
    """Return up to `most` texts that wait in these languages, of one domain (by name) if given.

    Oldest first, those that follow the one with the id `after`; units, messages and authors come with them.
    """
    query = (
        select(Translation)
        .join(Translation.unit)
        .join(Unit.message)
        .join(Domain, Domain.id == Message.domain_id)
        .where(*_waits(languages), Translation.id > after)
        .options(
            contains_eager(Translation.unit).contains_eager(Unit.message), selectinload(Translation.author)
        )
        .order_by(Translation.id)
        .limit(most)
    )
    if domain:
        query = query.where(Domain.name == domain)
    return list(session.scalars(query))


def approved_among(session: Session, units: Iterable[int]) -> dict[int, Translation]:
    """Return the approved translation of each of a page of units (by id) that has one."""
    query = select(Translation).where(
        Translation.unit_id.in_(list(units)), Translation.state == TranslationState.APPROVED
    )
    return {translation.unit_id: translation for translation in session.scalars(query)}


def _waits(languages: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Return what makes a text wait; what was for another source is a draft to start from."""
    return (
        Translation.state == TranslationState.SUBMITTED,
        Translation.source_hash == Message.source_hash,
        Message.obsolete.is_(False),
        Unit.language.in_(sorted(languages)),
    )
