"""Building, confirming and checking releases: part of `advocacy catalogs`."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from advocacy import ROOT
from advocacy.actions.audit import OPERATOR
from advocacy.actions.releases import (
    BuildRefusedError,
    CorruptReleaseError,
    NotSettledError,
    SwitchedBeforeError,
    build_release,
    confirm_release,
    roll_back,
    switch_to_source,
)
from advocacy.catalogs.entries import Entry
from advocacy.catalogs.exchange import read_entries
from advocacy.catalogs.po_files import read_po
from advocacy.cli.application import application
from advocacy.cli.exchange import domain_named, language_named, say_refused
from advocacy.extensions import begin_writing, db
from advocacy.models import Account, Domain, Release
from advocacy.models.account import account_by_email
from advocacy.rules.checks import Entry as CheckEntry
from advocacy.rules.checks import Finding, Severity, run_checks
from advocacy.rules.mail_addresses import same_owner_key
from advocacy.rules.permissions import MAY_PUBLISH
from advocacy.rules.review import SelfConfirmationError
from advocacy.web.site import site

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="For programs.")


@click.command()
@click.option("--domain", "name", required=True)
@click.option("--note", default="", help="What is in it, for those who look at it later.")
@_AS_JSON
def build(name: str, note: str, *, as_json: bool) -> None:
    """Build the next release of a domain from what is approved. Nothing goes live: somebody publishes it.

    Example: advocacy catalogs build --domain messages
    """
    with application():
        session = begin_writing(db.session())
        domain = domain_named(session, name)
        try:
            release = build_release(
                session, domain, site().languages, by=None, now=datetime.now(UTC), note=note
            )
        except BuildRefusedError as refused:
            say_refused(refused, as_json=as_json)
            raise SystemExit(1) from None
        session.commit()
        languages = {
            catalog.language: {
                "messages": catalog.messages,
                "translated": catalog.translated,
                "sha256": catalog.mo_hash,
            }
            for catalog in release.catalogs
        }
        if as_json:
            click.echo(
                json.dumps({"domain": name, "release": release.number, "languages": languages}, indent=1)
            )
            return
        for tag, facts in languages.items():
            click.echo(f"{tag}: {facts['translated']} of {facts['messages']} translated")
        click.echo(f"Release {release.number} of {name} is built. Publish it: advocacy catalogs publish")


@click.command()
@click.option("--domain", "name", required=True)
@click.option("--release", "number", required=True, type=click.IntRange(1, 2**31 - 1))
@click.option("--by", "email", required=True, help="The account that confirms it: not who prepared it.")
def publish(name: str, number: int, email: str) -> None:
    """Make a release live, or one that was live before live again.

    Example: advocacy catalogs publish --domain messages --release 3 --by publisher@example.org
    """
    with application():
        session = begin_writing(db.session())
        domain = domain_named(session, name)
        release, account = _release(domain, number), _publisher(email)
        now = datetime.now(UTC)
        try:
            if release.confirmed_at is None:
                confirm_release(session, release, by=account.id, now=now, hand=OPERATOR)
            else:
                roll_back(session, release, by=account.id, now=now, reason="published again", hand=OPERATOR)
        except SelfConfirmationError:
            raise click.ClickException("Who prepared a release cannot confirm it.") from None
        except NotSettledError as early:
            raise click.ClickException(f"{account.name}: {early}.") from None
        except CorruptReleaseError as corrupt:
            raise click.ClickException(str(corrupt)) from None
        session.commit()
        click.echo(f"Release {number} of {name} is live.")


@click.command("show-source")
@click.option("--domain", "name", required=True)
@click.option("--language", "tag", required=True)
@click.option("--by", "email", required=True, help="The account that decides it.")
@click.option("--reason", required=True)
@click.option("--off", is_flag=True, help="Show the translation again.")
def show_source(name: str, tag: str, email: str, reason: str, *, off: bool) -> None:
    """Show readers of one language the source at once: for when a bad translation went live.

    Example: advocacy catalogs show-source --domain messages --language ko --by a@example.org --reason
    "insults"
    """
    with application():
        session = begin_writing(db.session())
        domain, language = domain_named(session, name), language_named(tag)
        account = _publisher(email)
        if language.tag == domain.source_language or not reason.strip():
            raise click.ClickException("Name a language that it is translated into, and say why.")
        try:
            switch_to_source(
                session, domain, language.tag, on=not off, by=account.id, now=datetime.now(UTC), reason=reason
            )
        except SwitchedBeforeError:
            raise click.ClickException(
                f"{account.name} switched another language within a day: name somebody else."
            ) from None
        session.commit()
        click.echo(f"{name} in {language.tag}: {'translated' if off else 'in its source'}")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_AS_JSON
def check(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Run every check on the translations in FILES, or on those that ship. Fails if any blocks.

    Example: advocacy catalogs check translations/ko/LC_MESSAGES/messages.po
    """
    with application():
        chosen = files or tuple(sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po")))
        found = [
            (file, entry, finding)
            for file in chosen
            for entry, tag in _texts_in(file)
            for finding in _findings(entry, tag)
        ]
    blocking = sum(finding.severity is Severity.BLOCKING for _, _, finding in found)
    if as_json:
        lines = [
            {
                "file": file.name,
                "source": entry.msgid,
                "check": finding.check,
                "severity": finding.severity.value,
                "detail": finding.detail.message % finding.detail.values,
            }
            for file, entry, finding in found
        ]
        click.echo(json.dumps({"blocking": blocking, "findings": lines}, indent=1, ensure_ascii=False))
    else:
        for file, entry, finding in found:
            detail = finding.detail.message % finding.detail.values
            click.echo(f"{file.name}: {finding.severity} {finding.check}: {detail} In {entry.msgid[:50]!r}")
        click.echo(f"{len(found)} findings, {blocking} of them blocking")
    if blocking:
        raise SystemExit(1)


PUBLISHING = (build, publish, show_source, check)


def _texts_in(file: Path) -> list[tuple[Entry, str]]:
    tag = _language_of(file)
    return [(entry, tag) for entry in read_entries(file, domain=file.stem, language=tag) if entry.is_done]


def _language_of(file: Path) -> str:
    """Return the language that a PO file's header names, else its folder's or its own name's."""
    if file.suffix.lower() == ".po" and (named := read_po(file).metadata.get("Language")):
        return language_named(named).tag
    folder = file.resolve().parent.parent.name if file.resolve().parent.name == "LC_MESSAGES" else file.stem
    return language_named(folder).tag


def _findings(entry: Entry, tag: str) -> list[Finding]:
    checked = CheckEntry(entry.context, entry.msgid, entry.msgid_plural, entry.texts, entry.flags)
    return run_checks(checked, language_tag=tag)


def _release(domain: Domain, number: int) -> Release:
    found = Release.numbered(db.session(), domain.id, number)
    if found is None:
        raise click.ClickException(f"{domain.name} has no release {number}.")
    return found


def _publisher(email: str) -> Account:
    account = account_by_email(db.session(), same_owner_key(email))
    if account is None:
        raise click.ClickException(f"There is no account {email!r}.")
    if not any(grant.role in MAY_PUBLISH for grant in account.grants):
        raise click.ClickException(f"{account.name} may not publish.")
    return account
