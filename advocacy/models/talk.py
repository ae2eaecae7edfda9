"""What was said about a unit, who can be called there, and which questions about sources are open."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from advocacy.models.account import Account, Grant, naming
from advocacy.models.domain import Domain
from advocacy.models.message import Message
from advocacy.models.remark import Comment
from advocacy.models.translation import Translation
from advocacy.models.unit import Unit
from advocacy.rules.permissions import Role
from advocacy.rules.review import TranslationState


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, by whom, and by whom it was resolved; None is the operator, or nobody."""

    comment: Comment
    author: Account | None
    resolver: Account | None


@dataclass(frozen=True, slots=True)
class Talk:
    """The comments on a unit, oldest first, and the names that a comment can call."""

    said: list[Said]
    names: list[str]

    @property
    def open(self) -> list[Said]:
        """What nobody has resolved yet."""
        return [one for one in self.said if one.comment.resolved_at is None]

    @property
    def resolved(self) -> list[Said]:
        """What is settled."""
        return [one for one in self.said if one.comment.resolved_at is not None]


def can_be_called(language: str | ColumnElement[str]) -> ColumnElement[bool]:
    """Whether an account works on a language (BCP 47 tag), or is on the staff, and still has its name."""
    staff = [role for role in Role if role.is_staff]
    holds = or_(Grant.language == language, Grant.role.in_(staff))
    grants = select(Grant.id).where(Grant.account_id == Account.id, holds)
    return and_(Account.erased_at.is_(None), grants.exists())


def talk_on(session: Session, unit: Unit) -> Talk:
    """Return what was said about a unit and who can be called, all by one question to the database."""
    said, names = [], set()
    of_unit = {"unit": unit.id, "language": unit.language}
    for account, comment, resolved_by, can_be in session.execute(_talk(), of_unit):
        if comment is not None:
            said.append(Said(comment, account, resolved_by))
        if can_be:
            names.add(account.name)
    return Talk(sorted(said, key=lambda one: one.comment.id), sorted(names))


@cache
def _talk() -> Select[Account, Comment, Account, bool]:
    called, resolver = can_be_called(bindparam("language", type_=String)).label("called"), aliased(Account)
    return (
        select(Account, Comment, resolver, called)
        .outerjoin(Comment, and_(Comment.author_id == Account.id, Comment.unit_id == bindparam("unit")))
        .outerjoin(resolver, resolver.id == Comment.resolved_by)
        .where(or_(Comment.id.is_not(None), called))
        .options(*naming(), *naming(resolver))
    )


def author_of(session: Session, unit_id: int) -> int | None:
    """Return who (by id) wrote the newest text of a unit that is more than a draft, or None."""
    query = select(Translation.author_id).where(
        Translation.unit_id == unit_id, Translation.state != TranslationState.DRAFT
    )
    return session.scalar(query.order_by(Translation.id.desc()).limit(1))


def same_open_comment(
    session: Session, unit_id: int, text: str, *, by: int, about_source: bool
) -> Comment | None:
    """Return the open comment in which the same account has said the same, or None."""
    query = select(Comment).where(
        Comment.unit_id == unit_id,
        Comment.author_id == by,
        Comment.text == text,
        Comment.about_source.is_(about_source),
        Comment.resolved_at.is_(None),
    )
    return session.scalar(query.order_by(Comment.id).limit(1))


@dataclass(frozen=True, slots=True)
class Question:
    """An open question about a source, where it was asked."""

    comment: Comment
    unit: Unit
    domain: Domain


def open_questions(session: Session, *, after: int, most: int) -> list[Question]:
    """Return up to `most` open questions about sources, oldest first, beyond the comment with this id."""
    query = (
        select(Comment, Unit, Domain)
        .join(Unit, Unit.id == Comment.unit_id)
        .join(Message, Message.id == Unit.message_id)
        .join(Domain, Domain.id == Message.domain_id)
        .where(Comment.about_source.is_(True), Comment.resolved_at.is_(None), Comment.id > after)
        .options(joinedload(Comment.author).options(*naming()))
        .order_by(Comment.id)
        .limit(most)
    )
    return [Question(comment, unit, domain) for comment, unit, domain in session.execute(query)]
