"""The queue of reviewers: texts that were submitted and that nobody has decided on, oldest first."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased, contains_eager, selectinload

from advocacy.models.account import Grant
from advocacy.models.domain import Domain
from advocacy.models.message import Message
from advocacy.models.review import Review
from advocacy.models.translation import Translation
from advocacy.models.unit import Unit
from advocacy.rules.permissions import ALLOWS, Permission
from advocacy.rules.review import Decision, TranslationState


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
    session: Session,
    languages: Collection[str],
    *,
    domain: str = "",
    after: int = 0,
    before: int | None = None,
    most: int,
) -> list[Translation]:
    """Return up to `most` texts that wait in these languages, of one domain (by name) if given.

    Oldest first, those that follow the one with the id `after`; or newest first, those that come `before`
    one. Units, messages and authors come with them.
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
        .order_by(Translation.id if before is None else Translation.id.desc())
        .limit(most)
    )
    if before is not None:
        query = query.where(Translation.id < before)
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
    unit, message = aliased(Unit), aliased(Message)
    present = (
        select(message.source_hash)
        .join(unit, unit.message_id == message.id)
        .where(unit.id == Translation.unit_id)
        .correlate(Translation)
    )
    return (
        Translation.state == TranslationState.SUBMITTED,
        # Asked of each text: joined by it, PostgreSQL takes one of thousands to be left, and reads them all.
        Translation.source_hash == present.scalar_subquery(),
        Message.obsolete.is_(False),
        Unit.language.in_(sorted(languages)),
    )


def approved_by_author(session: Session, authors: Collection[int]) -> dict[int, int]:
    """Return how many texts of each of these accounts (by id) were approved; of none, it is left out."""
    query = (
        select(Review.author_id, func.count(Review.translation_id.distinct()))
        .where(
            Review.author_id.in_(authors),
            Review.decision == Decision.APPROVE,
            Review.taken_back_at.is_(None),
        )
        .group_by(Review.author_id)
    )
    return {number: count for number, count in session.execute(query) if number is not None}


def reviewers_by_language(session: Session, languages: Collection[str]) -> dict[str, set[int]]:
    """Return the accounts (by id) that review each of these languages."""
    roles = [role for role, allowed in ALLOWS.items() if Permission.TRANSLATION_REVIEW in allowed]
    query = select(Grant.language, Grant.account_id).where(
        Grant.role.in_(roles), Grant.language.in_(languages)
    )
    found: dict[str, set[int]] = {}
    for language, account in session.execute(query):
        found.setdefault(language or "", set()).add(account)
    return found
