"""Messages: the source entries of a domain."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, event, select
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from advocacy.extensions import Model
from advocacy.rules.folding import folded
from advocacy.rules.review import content_hash


def _folded(context: DefaultExecutionContext) -> str:
    row = context.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy has no type for it
    return folded(row["msgid"], row.get("msgid_plural"), row.get("context"), row.get("comment"))


class Message(Model):
    """One source entry. `source_hash` is the SHA-256 (hex) of context and source: texts outgrow an index.

    Interface messages are known by their source; an appeal's by their context, the block's stable id, so
    that a changed source is still the same message. An interface message that took the place of a similar
    one names that one in `before_id`. `folded` is source, context and comment as a search reads them.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("domain_id", "source_hash"),
        Index("ix_messages_domain_id_position", "domain_id", "obsolete", "position", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    domain_id: Mapped[int] = mapped_column(ForeignKey("domains.id", ondelete="CASCADE"))
    source_hash: Mapped[str] = mapped_column(String(64))
    context: Mapped[str | None] = mapped_column(Text)
    msgid: Mapped[str] = mapped_column(Text)
    msgid_plural: Mapped[str | None] = mapped_column(Text)
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    comment: Mapped[str] = mapped_column(Text, default="")
    places: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int]
    obsolete: Mapped[bool] = mapped_column(default=False)
    before_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    folded: Mapped[str] = mapped_column(Text, default=_folded, server_default="", deferred=True)

    def content_hash(self, texts: Sequence[str]) -> str:
        """Return what an approval of `texts` as this message's translation binds to."""
        return content_hash(self.context, self.msgid, self.msgid_plural, texts)


@event.listens_for(Message, "before_update")
def _fold_anew(_mapper: Any, _connection: Any, message: Message) -> None:
    message.folded = folded(message.msgid, message.msgid_plural, message.context, message.comment)


def messages_of(session: Session, domain_id: int) -> list[Message]:
    """Return a domain's messages, obsolete ones included, in order."""
    query = select(Message).where(Message.domain_id == domain_id).order_by(Message.position, Message.id)
    return list(session.scalars(query))


def successors(
    session: Session, domain_id: int
) -> dict[tuple[str | None, str], tuple[str | None, str] | None]:
    """Return context and source of each message that is not used any more, with those of what took its place.

    None where nothing did.
    """
    after = aliased(Message)
    query = (
        select(Message.context, Message.msgid, after.id, after.context, after.msgid)
        .outerjoin(after, (after.before_id == Message.id) & after.obsolete.is_(False))
        .where(Message.domain_id == domain_id, Message.obsolete.is_(True))
    )
    return {
        (context, msgid): None if number is None else (new_context, new_msgid)
        for context, msgid, number, new_context, new_msgid in session.execute(query)
    }
