"""Appeals and their blocks."""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Row,
    Select,
    String,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    exists,
    join,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.domain import Domain
from advocacy.models.message import Message
from advocacy.models.types import words
from advocacy.rules.blocks import BlockKind


class AppealState(StrEnum):
    """Whether an appeal can be signed."""

    OPEN = "open"
    CLOSED = "closed"


class Appeal(Model):
    """A text put before the world, known by its slug, with the number of signatures hoped for.

    `posted_on` stays empty where the text itself names no date. A closed appeal has the day it was closed
    and the day on which its signatures are reduced to counts; once `reduced`, only the tally is left.
    `takes_unverified` lets people support it without a mail address, in a count of its own.
    """

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("goal > 0", name="goal_positive"),
        CheckConstraint(
            "state <> 'closed' OR (closed_on IS NOT NULL AND reduce_on >= closed_on)", name="closed_has_dates"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    domain_id: Mapped[int] = mapped_column(ForeignKey("domains.id"), unique=True)
    state: Mapped[AppealState] = mapped_column(words(AppealState), default=AppealState.OPEN)
    goal: Mapped[int]
    posted_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    reduce_on: Mapped[date | None]
    reduced: Mapped[bool] = mapped_column(default=False)
    takes_unverified: Mapped[bool] = mapped_column(default=False)

    domain: Mapped[Domain] = relationship(lazy="joined", innerjoin=True)
    blocks: Mapped[list["Block"]] = relationship(order_by="Block.position", cascade="all, delete-orphan")


class Block(Model):
    """One part of an appeal: a message, what kind of part it is, and its place.

    `filed_text` is what the appeal's file said when it was last taken in: where the message says something
    else, it was edited here.
    """

    __tablename__ = "blocks"
    __table_args__ = (UniqueConstraint("appeal_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id", ondelete="CASCADE"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), unique=True)
    key: Mapped[str] = mapped_column(String(60))
    kind: Mapped[BlockKind] = mapped_column(words(BlockKind))
    position: Mapped[int]
    filed_text: Mapped[str | None] = mapped_column(Text)

    message: Mapped[Message] = relationship(lazy="joined", innerjoin=True)


def appeal_by_slug(session: Session, slug: str) -> Appeal | None:
    """Return the appeal at this address, or None."""
    return session.scalar(select(Appeal).where(Appeal.slug == slug))


def all_appeals(session: Session) -> list[Appeal]:
    """Return every appeal, open ones first, newest first within each."""
    query = select(Appeal).order_by(Appeal.state.desc(), Appeal.id.desc())
    return list(session.scalars(query))


def titles_by_domain(session: Session, *domains: int) -> dict[int, tuple[str, str]]:
    """Return each appeal's slug and title, in its own language, by its domain's id; all without `domains`."""
    found = session.execute(_titles(of_all=not domains), {"domains": domains} if domains else {})
    return {domain_id: (slug, title) for domain_id, slug, title in found}


@cache
def _titles(*, of_all: bool) -> Select[int, str, str]:
    query = (
        select(Appeal.domain_id, Appeal.slug, Message.msgid)
        .join(Block, Block.appeal_id == Appeal.id)
        .join(Message, Message.id == Block.message_id)
        .where(Block.kind == BlockKind.TITLE)
    )
    return query if of_all else query.where(Appeal.domain_id.in_(bindparam("domains", expanding=True)))


def domain_with_title(session: Session, name: str) -> tuple[Domain, tuple[str, str] | None] | None:
    """Return the domain called `name`, or None, with its appeal's slug and title if it is an appeal's."""
    found = session.execute(_domain(), {"name": name}).one_or_none()
    return (found[0], title_in(found)) if found else None


@cache
def _domain() -> Select[Any]:
    return with_title(select(Domain).where(Domain.name == bindparam("name")))


def with_title(query: Select[*tuple[Any, ...]]) -> Select[Any]:
    """Return a query for domains that asks for the slugs and titles of their appeals as well, if any."""
    is_title = and_(Block.appeal_id == Appeal.id, Block.kind == BlockKind.TITLE)
    titles = join(Appeal, Block, is_title).join(Message, Message.id == Block.message_id)
    return query.add_columns(Appeal.slug, Message.msgid).outerjoin(titles, Appeal.domain_id == Domain.id)


def title_in(row: Row[Any]) -> tuple[str, str] | None:
    """Return the slug and the title that a row of `with_title` ends with, or None."""
    slug, title = tuple(row)[-2:]
    return None if slug is None else (slug, title)


def appeals_to_reduce(session: Session, today: date) -> list[Appeal]:
    """Return the closed appeals whose signatures have had their time."""
    query = select(Appeal).where(Appeal.reduce_on <= today, Appeal.reduced.is_(False))
    return list(session.scalars(query))


def open_slugs(session: Session) -> list[str]:
    """Return the addresses of the appeals that can be signed."""
    return list(session.scalars(select(Appeal.slug).where(Appeal.state == AppealState.OPEN)))


def unreduced_appeals(session: Session) -> list[int]:
    """Return the ids of the appeals whose signatures are still kept."""
    return list(session.scalars(select(Appeal.id).where(Appeal.reduced.is_(False))))


def blocks_of(session: Session, domain_id: int) -> list[dict[str, str]] | None:
    """Return the outline of the domain's appeal, as a release freezes it; None if it has no appeal."""
    appeal = session.scalar(select(Appeal).where(Appeal.domain_id == domain_id))
    if appeal is None:
        return None
    session.refresh(appeal, ["blocks"])
    return [
        {"key": block.key, "kind": block.kind.value, "text": block.message.msgid} for block in appeal.blocks
    ]


def hold_appeal(session: Session, number: int) -> None:
    """Hold an appeal (by id) against other writers until the transaction ends."""
    session.execute(select(Appeal.id).where(Appeal.id == number).with_for_update(of=Appeal))


def is_edited_here(session: Session, domain_id: int) -> bool:
    """Whether the source of a domain's appeal was edited here since its file was taken in."""
    edited = exists().where(
        Block.message_id == Message.id, Message.domain_id == domain_id, Block.filed_text != Message.msgid
    )
    return bool(session.scalar(select(edited)))
