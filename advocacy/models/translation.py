"""Translations: texts that somebody proposed for a unit. They are added, never changed."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    select,
    text,
    update,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.account import Account
from advocacy.models.types import UtcDateTime, words
from advocacy.models.unit import Unit
from advocacy.rules.folding import folded
from advocacy.rules.review import WAITING, TranslationState

IS_APPROVED = text("state = 'approved'")
IS_WITHDRAWN = text("state = 'withdrawn'")
IS_OF_ITS_AUTHOR = text("state IN ('draft', 'changes_requested')")
OF_AUTHOR = "ix_translations_of_author"
"""The index of those, by author and id."""
GONE = (TranslationState.REJECTED, TranslationState.WITHDRAWN, TranslationState.SUPERSEDED)
"""States of texts that nobody would start from."""


class Origin(StrEnum):
    """How a translation came here."""

    EDITOR = "editor"
    IMPORT = "import"
    BASELINE = "baseline"
    TYPO = "typo"


def _folded(context: DefaultExecutionContext) -> str:
    row = context.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy has no type for it
    return folded(*row["texts"])


class Translation(Model):
    """A text, one a plural form, for the source `msgid`; `source_hash` is rules.review.source_hash of it.

    `content_hash` is what an approval binds to. `author_id` is empty for what the operator imported and for
    what ships with the software. `based_on_id` is the translation that the author had before her.
    `folded` is the text as a search reads it.
    The database refuses a change of text, author, unit and hashes, and a second approved one in a unit.
    """

    __tablename__ = "translations"
    __table_args__ = (
        UniqueConstraint("id", "author_id"),  # what a review refers to, author and all
        Index("ix_translations_unit_id_author_id", "unit_id", "author_id"),
        Index(
            "uq_translations_approved",
            "unit_id",
            unique=True,
            sqlite_where=IS_APPROVED,
            postgresql_where=IS_APPROVED,
        ),
        Index("ix_translations_state", "state", "id"),  # those that wait, oldest first
        Index(
            "ix_translations_withdrawn",
            "unit_id",
            sqlite_where=IS_WITHDRAWN,
            postgresql_where=IS_WITHDRAWN,
        ),
        Index(
            OF_AUTHOR,
            "author_id",
            "id",
            sqlite_where=IS_OF_ITS_AUTHOR,
            postgresql_where=IS_OF_ITS_AUTHOR,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), index=True)
    texts: Mapped[list[str]] = mapped_column(JSON)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    origin: Mapped[Origin] = mapped_column(words(Origin), default=Origin.EDITOR)
    state: Mapped[TranslationState] = mapped_column(words(TranslationState), default=TranslationState.DRAFT)
    msgid: Mapped[str] = mapped_column(Text)
    msgid_plural: Mapped[str | None] = mapped_column(Text)
    source_hash: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("translations.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    folded: Mapped[str] = mapped_column(Text, default=_folded, server_default="", deferred=True)

    unit: Mapped[Unit] = relationship()
    author: Mapped[Account | None] = relationship()


def translations_of(session: Session, unit_id: int) -> list[Translation]:
    """Return a unit's translations, newest first."""
    query = select(Translation).where(Translation.unit_id == unit_id).order_by(Translation.id.desc())
    return list(session.scalars(query))


def waiting_in(session: Session, unit_id: int, *, author_id: int | None) -> list[Translation]:
    """Return what an author has waiting in a unit: drafts, submissions, and what was sent back to her."""
    query = select(Translation).where(
        Translation.unit_id == unit_id,
        Translation.author_id.is_(None) if author_id is None else Translation.author_id == author_id,
        Translation.state.in_(WAITING),
    )
    query = query.order_by(Translation.id).execution_options(populate_existing=True)
    return list(session.scalars(query))


def approved_in(session: Session, unit_id: int) -> Translation | None:
    """Return the translation of a unit that is approved, or None."""
    query = select(Translation).where(
        Translation.unit_id == unit_id, Translation.state == TranslationState.APPROVED
    )
    return session.scalar(query.execution_options(populate_existing=True))


def approved_for(session: Session, message_id: int, language: str) -> Translation | None:
    """Return the approved translation of a message (by id) in a language, or None."""
    query = (
        select(Translation)
        .join(Translation.unit)
        .where(
            Unit.message_id == message_id,
            Unit.language == language,
            Translation.state == TranslationState.APPROVED,
        )
    )
    return session.scalar(query)


def states_by_unit(
    session: Session, units: Sequence[int] | None = None
) -> dict[int, list[tuple[TranslationState, str]]]:
    """Return state and source hash of every translation in `units` (all by default), by unit id."""
    found: dict[int, list[tuple[TranslationState, str]]] = {}
    for part in [None] if units is None else parts_of(units):
        query = select(Translation.unit_id, Translation.state, Translation.source_hash)
        if part is not None:
            query = query.where(Translation.unit_id.in_(part))
        for unit_id, state, source_hash in session.execute(query):
            found.setdefault(unit_id, []).append((state, source_hash))
    return found


def supersede(session: Session, units: Sequence[int], *where: ColumnElement[bool]) -> None:
    """Let the translations in `units` that meet the conditions give way to what comes next."""
    for part in parts_of(units):
        session.execute(
            update(Translation)
            .where(Translation.unit_id.in_(part), *where)
            .values(state=TranslationState.SUPERSEDED),
            execution_options={"synchronize_session": "fetch"},
        )


def parts_of(numbers: Sequence[int]) -> list[Sequence[int]]:
    """Return `numbers` in parts that a statement can hold as parameters."""
    return [numbers[start : start + _MOST_PARAMETERS] for start in range(0, len(numbers), _MOST_PARAMETERS)]


_MOST_PARAMETERS = 500
