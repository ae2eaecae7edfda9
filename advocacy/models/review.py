"""Reviews: decisions on translations, and why."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from advocacy.extensions import Model
from advocacy.models.account import Account
from advocacy.models.translation import Translation
from advocacy.models.types import UtcDateTime, words
from advocacy.rules.reasons import Reason
from advocacy.rules.review import Decision

IS_TAKEN_BACK = text("taken_back_at IS NOT NULL")


class Review(Model):
    """One decision, by an account, or by the operator at the command line, then without `reviewer_id`.

    `content_hash` is of what was decided on: the decision is about that and nothing else. The author stands
    here again, held to the translation's own, so that the database itself can refuse self-approval.
    `why` holds the ids of the reasons that were ticked, a space between, so that everybody reads them in her
    own language; `reason` is what the reviewer wrote herself.
    For taking it back: `replaced_id` is the approved text that an approval took the place of,
    `newest_release` the number of the domain's newest release when it was made (0 if there was none; empty
    for what cannot be taken back, an import). `taken_back_at` is when its reviewer did.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        ForeignKeyConstraint(
            ["translation_id", "author_id"],
            ["translations.id", "translations.author_id"],
            name="fk_reviews_author_translations",
            ondelete="CASCADE",
        ),
        CheckConstraint("reviewer_id <> author_id", name="not_by_author"),
        CheckConstraint("decision = 'approve' OR reason <> '' OR why <> ''", name="says_why"),
        Index("ix_reviews_taken_back", "id", sqlite_where=IS_TAKEN_BACK, postgresql_where=IS_TAKEN_BACK),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translations.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(index=True)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    decision: Mapped[Decision] = mapped_column(words(Decision))
    why: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    content_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_id: Mapped[int | None] = mapped_column(ForeignKey("translations.id"))
    newest_release: Mapped[int | None]
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    translation: Mapped[Translation] = relationship(foreign_keys=[translation_id], viewonly=True)
    reviewer: Mapped[Account | None] = relationship(foreign_keys=[reviewer_id])

    @property
    def ticked(self) -> list[Reason]:
        """The reasons that were ticked."""
        return [reason for reason in Reason if reason in self.why.split()]


def reviews_in(session: Session, unit_id: int) -> list[Review]:
    """Return every decision on a translation of a unit, oldest first."""
    query = (
        select(Review)
        .join(Translation, Translation.id == Review.translation_id)
        .where(Translation.unit_id == unit_id)
        .order_by(Review.id)
    )
    return list(session.scalars(query))


def review_in_force(session: Session, translation_id: int) -> Review | None:
    """Return the newest decision on a translation that nobody has taken back, or None."""
    query = select(Review).where(Review.translation_id == translation_id, Review.taken_back_at.is_(None))
    return session.scalar(query.order_by(Review.id.desc()).limit(1))


def newest_reviews_by(session: Session, account_id: int, *, most: int) -> list[Review]:
    """Return up to `most` decisions of an account that it has not taken back, newest first."""
    query = (
        select(Review)
        .where(Review.reviewer_id == account_id, Review.taken_back_at.is_(None))
        .options(selectinload(Review.translation))
        .order_by(Review.id.desc())
        .limit(most)
    )
    return list(session.scalars(query))
