"""`advocacy people`: who works here, and as what."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from advocacy.actions.add_account import AccountRefusedError, add_account
from advocacy.actions.audit import OPERATOR
from advocacy.actions.change_password import set_password
from advocacy.actions.change_roles import RoleUnchangedError, grant_role, revoke_role
from advocacy.actions.delete_account import delete_account
from advocacy.actions.invite import invite
from advocacy.actions.passwords import SHORTEST_PASSWORD, PasswordRefusedError
from advocacy.actions.second_factor import reset_second_factor
from advocacy.cli.application import application
from advocacy.cli.exchange import language_named
from advocacy.extensions import begin_writing, db
from advocacy.models import Account, Grant
from advocacy.models.account import account_by_email, all_accounts
from advocacy.rules.mail_addresses import AddressRefusedError, read_address, same_owner_key
from advocacy.rules.permissions import Role
from advocacy.web.occasions import occasion_now


@click.group()
def people() -> None:
    """Add the people who work here, and say what they may do."""


@people.command()
@click.option("--name", required=True, help="A name of their choice: others see it.")
@click.option("--email", required=True, help="To sign in with; shown to nobody.")
@click.option(
    "--role", "roles", required=True, multiple=True, type=click.Choice([role.value for role in Role])
)
@click.option("--language", "tags", multiple=True, help="For translators and reviewers, like ko.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
def add(
    name: str, email: str, roles: tuple[str, ...], tags: tuple[str, ...], *, password_stdin: bool
) -> None:
    """Add somebody with a role, for one or more languages where the role is one of a language.

    Example: advocacy people add --name Mina --email m@example.org --role translator --language ko
    --password-stdin
    """
    del password_stdin  # there is no other way, and the word says so
    with application():
        languages = [language_named(tag).tag for tag in tags]
        session = begin_writing(db.session())
        try:
            account = add_account(
                session,
                name=name.strip(),
                email=read_address(email),
                password=sys.stdin.readline().rstrip("\r\n"),
                roles=[grant for role in map(Role, roles) for grant in _grants(role, languages)],
                by=OPERATOR,
                now=datetime.now(UTC),
            )
        except AddressRefusedError:
            raise click.ClickException(f"{email!r} is no mail address.") from None
        except AccountRefusedError as refused:
            raise click.ClickException(str(refused)) from None
        session.commit()
        click.echo(f"Account {account.id}: {account.name}")


@people.command("invite")
@click.option("--email", required=True, help="Where the invitation goes.")
@click.option(
    "--role", "roles", required=True, multiple=True, type=click.Choice([role.value for role in Role])
)
@click.option("--language", "tags", multiple=True, help="For translators and reviewers, like ko.")
@click.option("--mail-language", default="en", help="What the mail is written in, like ko.")
def invite_(email: str, roles: tuple[str, ...], tags: tuple[str, ...], mail_language: str) -> None:
    """Mail somebody a link that serves once, to choose a name and a password.

    Example: advocacy people invite --email m@example.org --role translator --language ko --mail-language ko
    """
    with application():
        languages = [language_named(tag).tag for tag in tags]
        session = begin_writing(db.session())
        try:
            invite(
                session,
                occasion_now(),
                email=read_address(email),
                roles=[grant for role in map(Role, roles) for grant in _grants(role, languages)],
                by=None,
                language=language_named(mail_language).tag,
            )
        except AddressRefusedError:
            raise click.ClickException(f"{email!r} is no mail address.") from None
        except AccountRefusedError as refused:
            raise click.ClickException(str(refused)) from None
        session.commit()
        click.echo("The invitation is in the outbox")


@people.command("list")
def list_() -> None:
    """List the accounts with their roles. No addresses: they are for administrators alone.

    Example: advocacy people list
    """
    with application():
        for account in all_accounts(db.session()):
            roles = ", ".join(map(_words, account.grants))
            click.echo(f"{account.id}\t{account.name}\t{'former' if account.erased_at else roles}")


@people.command()
@click.option("--email", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--language", "tags", multiple=True, help="For translators and reviewers, like ko.")
def grant(email: str, role: str, tags: tuple[str, ...]) -> None:
    """Give somebody a role.

    Example: advocacy people grant --email m@example.org --role reviewer --language ko
    """
    _change(email, Role(role), tags, grant_role, "has it already")


@people.command()
@click.option("--email", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--language", "tags", multiple=True, help="For translators and reviewers, like ko.")
def revoke(email: str, role: str, tags: tuple[str, ...]) -> None:
    """Take a role back. Whoever held it is signed out.

    Example: advocacy people revoke --email m@example.org --role reviewer --language ko
    """
    _change(email, Role(role), tags, revoke_role, "does not have it")


@people.command("set-password")
@click.option("--email", required=True)
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
def set_password_(email: str, *, password_stdin: bool) -> None:
    """Give somebody who lost hers another password. She is signed out everywhere.

    Example: advocacy people set-password --email m@example.org --password-stdin < password.txt
    """
    del password_stdin
    with _account(email) as (session, account):
        try:
            password = sys.stdin.readline().rstrip("\r\n")
            set_password(session, account, password, by=OPERATOR, now=datetime.now(UTC))
        except PasswordRefusedError:
            raise click.ClickException(f"A password has at least {SHORTEST_PASSWORD} characters.") from None
        click.echo(f"{account.name} has another password")


@people.command("reset-second-factor")
@click.option("--email", required=True)
def reset_second_factor_(email: str) -> None:
    """Forget somebody's second factor, after app and recovery codes were lost. Make sure who is asking.

    Example: advocacy people reset-second-factor --email m@example.org
    """
    with _account(email) as (session, account):
        reset_second_factor(session, account, by=OPERATOR, now=datetime.now(UTC))
        click.echo(f"{account.name} sets up a new second factor at the next sign-in")


@people.command()
@click.option("--email", required=True)
def delete(email: str) -> None:
    """Delete somebody's account. What was translated and decided stays, under "former translator".

    Example: advocacy people delete --email m@example.org
    """
    with _account(email) as (session, account):
        name = account.name
        delete_account(session, account, by=OPERATOR, now=datetime.now(UTC))
        click.echo(f"{name} is deleted")


@contextmanager
def _account(email: str) -> Iterator[tuple[Session, Account]]:
    """Give the account with this address in a writer's transaction, committed at the end."""
    with application():
        session = begin_writing(db.session())
        account = account_by_email(session, same_owner_key(email))
        if account is None:
            raise click.ClickException(f"There is no account {email!r}.")
        yield session, account
        session.commit()


def _change(email: str, role: Role, tags: tuple[str, ...], act: Callable[..., None], otherwise: str) -> None:
    with _account(email) as (session, account):
        for _, language in _grants(role, [language_named(tag).tag for tag in tags]):
            try:
                act(session, account, role, language, by=OPERATOR, now=datetime.now(UTC))
            except RoleUnchangedError:
                raise click.ClickException(f"{account.name} {otherwise}.") from None
        click.echo(f"{account.name}: {', '.join(_words(one) for one in account.grants) or 'no role'}")


def _words(grant: Grant) -> str:
    return f"{grant.role} {grant.language}" if grant.language else str(grant.role)


def _grants(role: Role, languages: list[str]) -> list[tuple[Role, str | None]]:
    if not role.of_language:
        return [(role, None)]
    if not languages:
        raise click.ClickException(f"A {role} is one of a language: add --language.")
    return [(role, language) for language in languages]
