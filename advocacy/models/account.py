"""Accounts: people who translate, review and publish, under a name of their choice."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, lazyload, load_only, mapped_column, relationship

from advocacy.extensions import Model
from advocacy.models.types import UtcDateTime, words
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.notices import Rhythm
from advocacy.rules.permissions import Permission, Role, allows, languages_of


class Account(Model):
    """Somebody who works here. `name` is what others see; the address is for signing in and for mail only.

    `totp_box` is the secret of the second factor, locked with a key that is not in the database, and
    `totp_counter` the last step of it that was used: no code serves twice. Of a deleted account there is
    nothing but its number and when it was `erased_at`. Mail about what is new comes in `rhythm` and in
    `mail_language` (BCP 47 tag); the last such mail was written at `digest_at`.
    Whoever `must_agree` is shown the agreement in force before anything else. Who is `credited` wants to be
    named on the public page of those who translate.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_box: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_counter: Mapped[int | None]
    rhythm: Mapped[Rhythm] = mapped_column(words(Rhythm), default=Rhythm.DAILY)
    mail_language: Mapped[str] = mapped_column(String(35), default=LANGUAGES.source.tag)
    digest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    must_agree: Mapped[bool] = mapped_column(default=False)
    credited: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    grants: Mapped[list["Grant"]] = relationship(
        order_by="Grant.id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def is_staff(self) -> bool:
        """Whether it needs a second factor, and is signed out sooner."""
        return any(grant.role.is_staff for grant in self.grants)

    def may(self, permission: Permission, language: str | None = None) -> bool:
        """Return whether the account's roles allow something, for `language` where it is of one."""
        return allows([(grant.role, grant.language) for grant in self.grants], permission, language)

    def languages_for(self, permission: Permission) -> frozenset[str]:
        """Return the languages (BCP 47 tags) for which the account's roles allow something."""
        return languages_of([(grant.role, grant.language) for grant in self.grants], permission)


def naming(person: type[Account] = Account) -> tuple[Any, ...]:
    """Return how to read accounts (or an alias of them) of which nothing but the name is wanted."""
    return load_only(person.name, person.erased_at), lazyload(person.grants)


class Grant(Model):
    """A role that an account holds, for one language (BCP 47 tag) where the role is of that kind.

    `given_at` is when it was given at the desk; it is empty for what the operator gave.
    """

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "language"),
        CheckConstraint(
            "(role IN ('translator', 'reviewer')) = (language IS NOT NULL)", name="language_where_needed"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(words(Role))
    language: Mapped[str | None] = mapped_column(String(35))
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def account_by_email(session: Session, email: str) -> Account | None:
    """Return the account with this address (as rules.mail_addresses.same_owner_key gives it), or None."""
    return session.scalar(select(Account).where(Account.email == email))


def accounts_with(session: Session, numbers: Collection[int]) -> dict[int, Account]:
    """Return the accounts with these ids, by id, without what they may do."""
    if not numbers:
        return {}
    query = select(Account).where(Account.id.in_(numbers)).options(lazyload(Account.grants))
    return {account.id: account for account in session.scalars(query)}


def all_accounts(session: Session) -> list[Account]:
    """Return every account, oldest first."""
    return list(session.scalars(select(Account).order_by(Account.id)))


def others_who_may(
    session: Session, permission: Permission, *, but: int | None, language: str | None = None
) -> list[Account]:
    """Return the accounts other than `but` whose roles allow something, oldest first."""
    return [
        account
        for account in all_accounts(session)
        if account.id != but and account.may(permission, language)
    ]
