"""Translations in and out by file, and how far they are: part of `advocacy catalogs`."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from advocacy.actions.export_translations import approved_entries, newest_entries
from advocacy.actions.import_translations import import_translations
from advocacy.actions.plan_import import Conflict, ImportReport, Outcome, TakeAs, plan_import
from advocacy.actions.releases import BuildRefusedError
from advocacy.actions.sync_messages import Source, add_messages
from advocacy.catalogs.entries import Entry
from advocacy.catalogs.exchange import Format, read_entries, write_entries
from advocacy.cli.application import application
from advocacy.extensions import begin_writing, db
from advocacy.models import Domain
from advocacy.models.domain import INTERFACE, all_domains, domain_by_name
from advocacy.models.release import live_now
from advocacy.models.unit_count import status_counts
from advocacy.rules.languages import Language
from advocacy.rules.translation import UnitStatus
from advocacy.web.site import site

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="For programs.")


@click.command("import")
@click.argument("file", type=_FILE)
@click.option("--domain", "name", required=True, help="Like messages, or appeal-save-north-koreans.")
@click.option("--language", "tag", required=True, help="Like ko or zh-Hans.")
@click.option(
    "--as",
    "take_as",
    type=click.Choice([kind.value for kind in TakeAs]),
    default=TakeAs.SUBMITTED.value,
    show_default=True,
)
@click.option(
    "--conflict",
    type=click.Choice([kind.value for kind in Conflict]),
    default=Conflict.KEEP.value,
    show_default=True,
)
@click.option("--create", is_flag=True, help="Make the domain and its messages from the file.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@_AS_JSON
def import_(file: Path, name: str, tag: str, *, take_as: str, conflict: str, **flags: bool) -> None:
    """Take the translations in FILE (PO, XLIFF, CSV); say what became of each entry that was not taken.

    Where another text is approved already, or came since the file was exported, that one is kept unless
    --conflict take. Example:
    advocacy catalogs import ko.po --domain messages --language ko --as submitted --dry-run
    """
    with application():
        language = language_named(tag)
        entries = read_entries(file, domain=name, language=language.tag)
        session = begin_writing(db.session())
        domain = _made(session, name, entries) if flags["create"] else domain_named(session, name)
        kind = TakeAs(take_as)
        report = plan_import(
            session,
            domain,
            language.tag,
            entries,
            take_as=kind,
            conflict=Conflict(conflict),
        )
        if flags["dry_run"]:
            session.rollback()
        else:
            import_translations(session, report, take_as=kind, by=None, now=datetime.now(UTC))
            session.commit()
        _report(report, dry_run=flags["dry_run"], as_json=flags["as_json"])


@click.command()
@click.option("--domain", "name", required=True)
@click.option("--language", "tag", required=True)
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice([kind.value for kind in Format]),
    default=Format.PO.value,
    show_default=True,
)
@click.option("--state", type=click.Choice(["approved", "any"]), default="any", show_default=True)
def export(name: str, tag: str, output: Path, kind: str, state: str) -> None:
    """Write a domain in one language to a file; with --state any, what is not approved is marked fuzzy.

    Example: advocacy catalogs export --domain messages --language ko --output ko.xliff --format xliff
    """
    with application():
        session, language = db.session(), language_named(tag)
        domain = domain_named(session, name)
        entries_of = approved_entries if state == "approved" else newest_entries
        entries = entries_of(session, domain, language.tag)
        content = write_entries(
            entries,
            Format(kind),
            domain=name,
            source=domain.source_language,
            language=language,
            at=datetime.now(UTC),
        )
        output.write_bytes(content)
        click.echo(f"{len(entries)} messages, {sum(entry.is_done for entry in entries)} translated: {output}")


@click.command()
@click.option("--domain", "name", help="One domain only.")
@_AS_JSON
def status(name: str | None, *, as_json: bool) -> None:
    """Say how far each domain is in each language.

    Example: advocacy catalogs status --domain messages
    """
    with application():
        session = db.session()
        domains = [domain_named(session, name)] if name else all_domains(session)
        found = {domain.name: _status_of(session, domain) for domain in domains}
    if as_json:
        click.echo(json.dumps(found, indent=1, sort_keys=True))
        return
    for domain_name, languages in found.items():
        for tag, counts in languages.items():
            parts = ", ".join(f"{counts[status]} {status}" for status in UnitStatus if counts[status])
            click.echo(
                f"{domain_name}\t{tag}\t{counts['total']} messages: {parts}; live: {counts['live_release']}"
            )


def _status_of(session: Session, domain: Domain) -> dict[str, dict[str, Any]]:
    live = live_now(session, domain.id)
    return {
        tag: {
            "total": sum(counts.values()),
            **{status.value: counts.get(status, 0) for status in UnitStatus},
            "live_release": live.release.number if live else None,
        }
        for tag, counts in sorted(status_counts(session, domain.id).items())
    }


def _report(report: ImportReport, *, dry_run: bool, as_json: bool) -> None:
    counts = {outcome.value: count for outcome in Outcome if (count := report.count(outcome))}
    if as_json:
        not_taken = [
            {
                "id": line.entry.id,
                "context": line.entry.context,
                "source": line.entry.msgid,
                "outcome": line.outcome.value,
                "reason": line.reason,
            }
            for line in report.not_taken
        ]
        click.echo(json.dumps({"dry_run": dry_run, "counts": counts, "not_taken": not_taken}, indent=1))
        return
    for line in _lines(report):
        click.echo(line)
    would = "would be " if dry_run else ""
    click.echo(f"{report.count(Outcome.TAKEN)} {would}taken of {len(report.lines)}")


def _lines(report: ImportReport) -> Iterator[str]:
    for line in report.not_taken:
        reason = f" ({line.reason})" if line.reason else ""
        yield f"{line.outcome}{reason}: {line.entry.msgid[:70]!r}"


def _made(session: Session, name: str, entries: tuple[Entry, ...]) -> Domain:
    """Return the domain with the file's messages added where they are new; none is changed or retired.

    The interface and appeals have sources of their own.
    """
    if not _NAME.fullmatch(name) or name == INTERFACE or name.startswith("appeal-"):
        raise click.ClickException(
            f"{name!r} cannot be made from a file: use small letters, digits and hyphens, "
            f"and neither {INTERFACE} nor a name that begins with appeal-."
        )
    domain = Domain.named(session, name, source_language=site().languages.source.tag)
    sources = [
        Source(
            entry.context,
            entry.msgid,
            entry.msgid_plural,
            flags=entry.flags,
            comment=entry.comment,
            places=tuple(map(str, entry.places)),
        )
        for entry in entries
        if not entry.obsolete and entry.fault is None
    ]
    add_messages(session, domain, sources, site().languages)
    return domain


EXCHANGE = (import_, export, status)


def domain_named(session: Session, name: str) -> Domain:
    """Return the domain called `name`, or say that there is none."""
    found = domain_by_name(session, name)
    if found is None:
        raise click.ClickException(f"There is no domain {name!r}; --create makes one from a file.")
    return found


def language_named(tag: str) -> Language:
    """Return the site's language by its tag or locale, or say which there are."""
    found = site().languages.by_tag(tag) or site().languages.by_slug(tag.lower().replace("_", "-"))
    if found is None:
        known = ", ".join(language.tag for language in site().languages)
        raise click.ClickException(f"{tag!r} is none of this site's languages: {known}.")
    return found


def say_refused(refused: BuildRefusedError, *, as_json: bool) -> None:
    """Say which texts keep a release from being built, and why."""
    if as_json:
        keys = ("language", "unit", "source", "reason")
        problems = [dict(zip(keys, problem, strict=True)) for problem in refused.problems]
        click.echo(json.dumps({"refused": problems}, indent=1, ensure_ascii=False))
        return
    for tag, unit, source, reason in refused.problems:
        click.echo(f"{tag}, unit {unit}: {reason}: {source[:60]!r}", err=True)
    click.echo(str(refused), err=True)
