"""`advocacy people`: who works here, and as what."""

import sys
from datetime import UTC, datetime

import click

from advocacy.actions.add_account import AccountRefusedError, add_account
from advocacy.actions.audit import OPERATOR
from advocacy.cli.application import application
from advocacy.cli.exchange import language_named
from advocacy.extensions import begin_writing, db
from advocacy.models.account import all_accounts
from advocacy.rules.mail_addresses import AddressRefusedError, read_address
from advocacy.rules.permissions import Role


@click.group()
def people() -> None:
    """Add and list the people who work here."""


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


@people.command("list")
def list_() -> None:
    """List the accounts with their roles. No addresses: they are for administrators alone.

    Example: advocacy people list
    """
    with application():
        for account in all_accounts(db.session()):
            roles = ", ".join(f"{g.role} {g.language}" if g.language else str(g.role) for g in account.grants)
            click.echo(f"{account.id}\t{account.name}\t{roles}")


def _grants(role: Role, languages: list[str]) -> list[tuple[Role, str | None]]:
    if not role.of_language:
        return [(role, None)]
    if not languages:
        raise click.ClickException(f"A {role} is one of a language: add --language.")
    return [(role, language) for language in languages]
