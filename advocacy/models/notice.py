"""Notices: what people who work here are told, on their page and by mail."""

from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, Session, contains_eager, joinedload, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.domain import Domain
from advocacy.models.remark import Comment
from advocacy.models.review import Review
from advocacy.models.term_suggestion import TermSuggestion
from advocacy.models.types import UtcDateTime, words
from advocacy.models.unit import Unit
from advocacy.rules.notices import NEWS, NoticeKind


class Notice(Model):
    """Something for one account to know: about one unit, or about `amount` of a domain in a `language`.

    `translation_id` is the text of the unit that wants an opinion or a review. `mailed` says whether mail
    about it went out. One that calls for somebody is deleted then: what waits is counted anew each time.
    """

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(words(NoticeKind))
    language: Mapped[str | None] = mapped_column(String(35))
    domain_id: Mapped[int | None] = mapped_column(ForeignKey("domains.id", ondelete="CASCADE"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    translation_id: Mapped[int | None] = mapped_column(ForeignKey("translations.id", ondelete="CASCADE"))
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("term_suggestions.id"))
    amount: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mailed: Mapped[bool] = mapped_column(default=False)

    domain: Mapped[Domain | None] = relationship(lazy="raise")
    unit: Mapped[Unit | None] = relationship(lazy="raise")
    review: Mapped[Review | None] = relationship(lazy="raise")
    comment: Mapped[Comment | None] = relationship(lazy="raise")
    suggestion: Mapped[TermSuggestion | None] = relationship(lazy="raise")


def news_of(
    session: Session,
    account_id: int,
    *,
    kinds: tuple[NoticeKind, ...] = NEWS,
    before: int | None = None,
    most: int,
) -> list[Notice]:
    """Return up to `most` of an account's news of some kinds, newest first, with all they are about.

    Begins below the id `before`, where one is given.
    """
    query = _news(kinds) if before is None else _news(kinds).where(Notice.id < before)
    return list(session.scalars(query, {"account": account_id, "most": most}))


@cache
def _news(kinds: tuple[NoticeKind, ...]) -> Select[Notice]:
    return (
        select(Notice)
        .outerjoin(Notice.domain)
        .where(Notice.account_id == bindparam("account"), Notice.kind.in_(kinds))
        .options(
            contains_eager(Notice.domain),
            # Joined from outside as well, else SQLite puts all units and their messages together first.
            joinedload(Notice.unit).joinedload(Unit.message, innerjoin=False),
            joinedload(Notice.review),
            joinedload(Notice.comment),
            joinedload(Notice.suggestion),
        )
        .order_by(Notice.id.desc())
        .limit(bindparam("most", type_=Integer, literal_execute=True))
    )


def unread_news(session: Session, account_id: int) -> int:
    """Return how many of an account's news were not read yet."""
    return session.scalar(select(unread_of(literal(account_id)))) or 0


def unread_of(account_id: SQLColumnExpression[int]) -> ColumnElement[int]:
    """Return, as a part of a question, how many of an account's news were not read yet."""
    unread = Notice.account_id == account_id, Notice.read_at.is_(None), Notice.kind.in_(NEWS)
    return select(func.count()).select_from(Notice).where(*unread).scalar_subquery()
