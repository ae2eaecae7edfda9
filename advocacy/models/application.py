"""Applications of people who would like to translate."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, LargeBinary, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime, words


class ApplicationState(StrEnum):
    """Where an application stands. Once it is decided it is deleted."""

    WAITING = "waiting"
    ASKED = "asked"


class Application(Model):
    """Somebody's wish to translate into `language` (BCP 47 tag), with a few words and a trial.

    `trial` is a list of objects with `source` and `text`. A `question` was mailed with a link, known by
    `answer_hash`, to where it is answered.
    """

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(35))
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254))
    about: Mapped[str] = mapped_column(Text)
    trial: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    state: Mapped[ApplicationState] = mapped_column(words(ApplicationState), default=ApplicationState.WAITING)
    question: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    answer_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def all_applications(session: Session) -> list[Application]:
    """Return every application, oldest first."""
    return list(session.scalars(select(Application).order_by(Application.id)))


def application_to_answer(session: Session, answer_hash: bytes) -> Application | None:
    """Return the application whose question a link leads to, or None."""
    return session.scalar(select(Application).where(Application.answer_hash == answer_hash))
