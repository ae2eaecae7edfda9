"""Domains: gettext text domains, `messages` for the interface and one for each appeal."""

from typing import Self

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.extensions import Model

INTERFACE = "messages"


class Domain(Model):
    """A text domain and the language (BCP 47 tag) its sources are written in."""

    __tablename__ = "domains"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    source_language: Mapped[str] = mapped_column(String(35))

    @classmethod
    def named(cls, session: Session, name: str, *, source_language: str) -> Self:
        """Return the domain called `name`, adding it if it is new."""
        domain = session.scalar(select(cls).where(cls.name == name))
        if domain is None:
            domain = cls(name=name, source_language=source_language)
            session.add(domain)
            session.flush()
        return domain


def domain_by_name(session: Session, name: str) -> Domain | None:
    """Return the domain called `name`, or None."""
    return session.scalar(select(Domain).where(Domain.name == name))


def all_domains(session: Session) -> list[Domain]:
    """Return every domain, oldest first."""
    return list(session.scalars(select(Domain).order_by(Domain.id)))


def hold_domain(session: Session, number: int) -> None:
    """Hold a domain (by id) against others who build or publish it, until the transaction ends."""
    session.execute(select(Domain.id).where(Domain.id == number).with_for_update(of=Domain))


def domain_numbered(session: Session, number: int) -> Domain:
    """Return the domain with this id, which a message names."""
    return session.get_one(Domain, number)
