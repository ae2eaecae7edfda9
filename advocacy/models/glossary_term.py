"""The glossary: what a term is called, the same everywhere."""

from sqlalchemy import JSON, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model


class GlossaryTerm(Model):
    """A term of the source language; `targets` holds the right words by locale, the preferred first."""

    __tablename__ = "glossary_terms"
    __table_args__ = (UniqueConstraint("source", "is_verb"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(200))
    is_verb: Mapped[bool] = mapped_column(default=False)
    targets: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")


def all_terms(session: Session) -> list[GlossaryTerm]:
    """Return every term, in the order of the alphabet."""
    return list(session.scalars(select(GlossaryTerm).order_by(GlossaryTerm.source, GlossaryTerm.is_verb)))
