"""Opinions: what other speakers of a language say about a text before it is decided."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.account import Account, Grant, naming
from advocacy.models.translation import Translation
from advocacy.models.types import UtcDateTime
from advocacy.models.unit import Unit
from advocacy.rules.permissions import ALLOWS, Permission

_SPEAK = [
    role for role, allowed in ALLOWS.items() if role.of_language and Permission.TRANSLATION_READ in allowed
]


class Opinion(Model):
    """One speaker's yes or no to a translation, with words; a no says why.

    The author stands here again, held to the translation's own, so that the database itself refuses an
    opinion on one's own text.
    """

    __tablename__ = "opinions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["translation_id", "author_id"],
            ["translations.id", "translations.author_id"],
            name="fk_opinions_author_translations",
            ondelete="CASCADE",
        ),
        UniqueConstraint("translation_id", "speaker_id"),
        CheckConstraint("speaker_id <> author_id", name="not_by_author"),
        CheckConstraint("yes OR words <> ''", name="says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translations.id", ondelete="CASCADE"))
    author_id: Mapped[int | None]
    speaker_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    yes: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    speaker: Mapped[Account] = relationship(foreign_keys=[speaker_id])


def opinions_on(session: Session, translation_id: int) -> list[Opinion]:
    """Return what speakers said about a translation, oldest first, each with who did."""
    query = select(Opinion).where(Opinion.translation_id == translation_id).order_by(Opinion.id)
    return list(session.scalars(query.options(joinedload(Opinion.speaker).options(*naming()))))


def opinion_by(session: Session, translation_id: int, account_id: int) -> Opinion | None:
    """Return what an account said about a translation, or None."""
    return session.scalar(
        select(Opinion).where(Opinion.translation_id == translation_id, Opinion.speaker_id == account_id)
    )


def yeses_for(session: Session, translations: Collection[int], *, but: int | None) -> dict[int, int]:
    """Return how many said yes to each of these translations (by id); of none, it is left out.

    Counted are those who hold a role in the language today, and not the account `but`, who decides.
    """
    query = (
        select(Opinion.translation_id, func.count(Opinion.speaker_id.distinct()))
        .join(Translation, Translation.id == Opinion.translation_id)
        .join(Unit, Unit.id == Translation.unit_id)
        .join(Grant, Grant.account_id == Opinion.speaker_id)
        .where(
            Opinion.translation_id.in_(translations),
            Opinion.yes,
            Grant.language == Unit.language,
            Grant.role.in_(_SPEAK),
        )
        .group_by(Opinion.translation_id)
    )
    if but is not None:
        query = query.where(Opinion.speaker_id != but)
    return {row[0]: row[1] for row in session.execute(query)}
