"""Back-translations: what a translation says, told in the language of the source. None is ever published."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, select, text, union
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.account import Account, naming
from advocacy.models.opinion import Opinion
from advocacy.models.review import Review
from advocacy.models.translation import Translation
from advocacy.models.types import UtcDateTime

_IS_BLIND = text("blind")


class BackTranslation(Model):
    """What `writer_id` says that a translation says: its author's own, or `blind`, without the source.

    `author_id` is the translation's, held to it, so that the database itself refuses a blind one of one's
    own text. It also refuses every change, and an `author_id` left empty where the translation has one.
    """

    __tablename__ = "back_translations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["translation_id", "author_id"],
            ["translations.id", "translations.author_id"],
            name="fk_back_translations_author_translations",
            ondelete="CASCADE",
        ),
        CheckConstraint("blind = (author_id IS NULL OR writer_id <> author_id)", name="blind_by_another"),
        CheckConstraint("text <> ''", name="says_something"),
        Index(
            "uq_back_translations_blind",
            "translation_id",
            "writer_id",
            unique=True,
            sqlite_where=_IS_BLIND,
            postgresql_where=_IS_BLIND,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translations.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None]
    writer_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    blind: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    writer: Mapped[Account] = relationship(foreign_keys=[writer_id])


def back_translations_of(session: Session, translation_id: int) -> list[BackTranslation]:
    """Return what people say that a translation says: its author's newest, then the blind ones."""
    query = (
        select(BackTranslation)
        .where(BackTranslation.translation_id == translation_id)
        .order_by(BackTranslation.blind, BackTranslation.id)
        .options(joinedload(BackTranslation.writer).options(*naming()))
    )
    found = list(session.scalars(query))
    return [*[one for one in found if not one.blind][-1:], *[one for one in found if one.blind]]


def back_translation_by(session: Session, translation_id: int, account_id: int) -> BackTranslation | None:
    """Return the newest that an account said of a translation, or None."""
    query = select(BackTranslation).where(
        BackTranslation.translation_id == translation_id, BackTranslation.writer_id == account_id
    )
    return session.scalar(query.order_by(BackTranslation.id.desc()).limit(1))


def was_said_of_another(session: Session, said: BackTranslation) -> bool:
    """Return whether the same person had said just the same of another text of the unit."""
    here = session.get_one(Translation, said.translation_id)
    query = (
        select(BackTranslation.id)
        .join(Translation, Translation.id == BackTranslation.translation_id)
        .where(
            BackTranslation.writer_id == said.writer_id,
            BackTranslation.text == said.text,
            BackTranslation.id < said.id,
            Translation.unit_id == here.unit_id,
            Translation.content_hash != here.content_hash,
        )
    )
    return session.scalar(query.limit(1)) is not None


def who_know_the_source(session: Session, unit_id: int) -> set[int]:
    """Return who (by id) wrote, judged or decided on a text of a unit, and so has read its source."""
    query = union(
        select(Translation.author_id).where(Translation.unit_id == unit_id),
        *(
            select(who).join(Translation, Translation.id == of).where(Translation.unit_id == unit_id)
            for who, of in (
                (Opinion.speaker_id, Opinion.translation_id),
                (Review.reviewer_id, Review.translation_id),
            )
        ),
    )
    return {one for one in session.scalars(query) if one is not None}
