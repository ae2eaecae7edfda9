"""The queue of reviewers: texts that were submitted and that nobody has decided on, oldest first."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

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
    backwards = before is not None
    found: list[Translation] = []
    at_once, last = min(most, _MOST_AT_ONCE), before if before is not None else after
    # Who waits is asked in order and by parts. With all conditions in one query, PostgreSQL takes one of
    # thousands to be left, so that it reads and sorts the whole queue for a page of it.
    while len(found) < most:
        numbers = _in_line(session, last, backwards=backwards, most=at_once)
        if not numbers:
            break
        found += _texts_that_wait(session, numbers, languages, domain)
        at_once, last = min(at_once * 4, _MOST_AT_ONCE), numbers[-1]
    return found[:most]


_MOST_AT_ONCE = 5000


def _in_line(session: Session, beyond: int, *, backwards: bool, most: int) -> list[int]:
    """Return up to `most` submitted texts (by id) next after or before one, of all languages and sources."""
    query = select(Translation.id).where(Translation.state == TranslationState.SUBMITTED).limit(most)
    if backwards:
        query = query.where(Translation.id < beyond).order_by(Translation.id.desc())
    else:
        query = query.where(Translation.id > beyond).order_by(Translation.id)
    return list(session.scalars(query))


def _texts_that_wait(
    session: Session, numbers: Sequence[int], languages: Collection[str], domain: str
) -> list[Translation]:
    """Return those of these texts (by id) that wait, in the order of the ids."""
    query = (
        select(Translation)
        .join(Translation.unit)
        .join(Unit.message)
        .join(Domain, Domain.id == Message.domain_id)
        .where(*_waits(languages), Translation.id.in_(numbers))
        .options(
            contains_eager(Translation.unit).contains_eager(Unit.message), selectinload(Translation.author)
        )
    )
    if domain:
        query = query.where(Domain.name == domain)
    by_number = {text.id: text for text in session.scalars(query)}
    return [by_number[number] for number in numbers if number in by_number]


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
