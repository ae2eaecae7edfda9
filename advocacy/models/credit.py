"""Credits: who asked to be named for what she translated, and how much of it was reviewed."""

import unicodedata
from functools import cache
from typing import NamedTuple

from sqlalchemy import Integer, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from advocacy.models.account import Account
from advocacy.models.message import Message
from advocacy.models.review import Review
from advocacy.models.translation import Translation
from advocacy.models.unit import Unit
from advocacy.rules.review import Decision

_WAS_APPROVED = exists().where(
    Review.translation_id == Translation.id,
    Review.decision == Decision.APPROVE,
    Review.taken_back_at.is_(None),
)


class Credit(NamedTuple):
    """A name, and how many words of sources are in the texts under it that were approved."""

    name: str
    words: int


def credits_in(session: Session, language: str) -> list[Credit]:
    """Return who wants to be named for a language (BCP 47 tag), in the order of the alphabet.

    A text that was replaced since still counts, and a source once however often it was translated.
    """
    source = func.trim(Message.msgid)
    words = func.length(source) - func.length(func.replace(source, " ", "")) + 1
    done = (
        select(Translation.author_id, Unit.id, words.label("words"))
        .join(Unit, Unit.id == Translation.unit_id)
        .join(Message, Message.id == Unit.message_id)
        .join(Account, Account.id == Translation.author_id)
        .where(Account.credited.is_(True), Account.erased_at.is_(None))
        .where(Unit.language == language, _WAS_APPROVED)
        .distinct()
        .subquery()
    )
    query = (
        select(Account.name, func.sum(done.c.words))
        .join(done, done.c.author_id == Account.id)
        .group_by(Account.id, Account.name)
    )
    found = [Credit(name, int(number)) for name, number in session.execute(query)]
    return sorted(found, key=lambda one: unicodedata.normalize("NFKC", one.name).casefold())


def approved_of(session: Session, author_id: int, *, most: int) -> int:
    """Return how many texts of an author were approved; at `most` is where the counting ends."""
    return session.scalar(_approved(), {"author": author_id, "most": most}) or 0


@cache
def _approved() -> Select[int]:
    found = (
        select(Review.translation_id)
        .where(
            Review.author_id == bindparam("author"),
            Review.decision == Decision.APPROVE,
            Review.taken_back_at.is_(None),
        )
        .distinct()
        .limit(bindparam("most", type_=Integer, literal_execute=True))
    )
    return select(func.count()).select_from(found.subquery())
