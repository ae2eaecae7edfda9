"""`advocacy catalogs`: translations in the repository, in the database, in files, and live."""

from datetime import UTC, datetime

import click
import polib

from advocacy import ROOT
from advocacy.actions.releases import BuildRefusedError
from advocacy.actions.sync_glossary import sync_glossary
from advocacy.actions.sync_messages import Source, sync_messages, tell_of_sources
from advocacy.actions.take_baseline import take_baseline
from advocacy.actions.unit_statuses import recompute_statuses
from advocacy.catalogs.baseline import po_path, shipped_entries, update_baseline
from advocacy.catalogs.glossary import read_glossary
from advocacy.catalogs.merging import MergeReport
from advocacy.catalogs.outline import read_outline
from advocacy.catalogs.po_files import is_done, read_po
from advocacy.catalogs.templates import template_from_code, template_from_outline
from advocacy.cli.appeals import load_appeals
from advocacy.cli.application import application
from advocacy.cli.exchange import EXCHANGE, say_refused
from advocacy.cli.live_export import export_live
from advocacy.cli.publishing import PUBLISHING
from advocacy.extensions import begin_writing, db
from advocacy.models import Domain, Release
from advocacy.models.domain import INTERFACE
from advocacy.rules.languages import LANGUAGES, Languages
from advocacy.web.site import site

FOLDER = ROOT / "translations"


@click.group()
def catalogs() -> None:
    """Extract, import, export, check, build and publish translations."""


for _command in (*EXCHANGE, *PUBLISHING, export_live):
    catalogs.add_command(_command)


@catalogs.command()
def sync() -> None:
    """Take in the messages and translations that ship with the software. What people approved here stays.

    Example: advocacy catalogs sync
    """
    with application():
        release = sync_interface(site().languages)
        click.echo(f"messages: release {release.number} is live" if release else "messages: nothing new")
        for line in load_appeals(sorted((ROOT / "appeals").glob("*.toml"))):
            click.echo(line)


@catalogs.command()
def recount() -> None:
    """Derive every unit's status anew from its translations, and say how many were wrong.

    Example: advocacy catalogs recount
    """
    with application():
        session = begin_writing(db.session())
        wrong = recompute_statuses(session)
        session.commit()
    click.echo(f"{wrong} statuses corrected")


@catalogs.command()
def extract() -> None:
    """Extract the messages of code and appeals, merge them into the catalogs, report what is left to do.

    Example: advocacy catalogs extract
    """
    _update(INTERFACE, template_from_code(ROOT), source=LANGUAGES.source.tag)
    for file in sorted((ROOT / "appeals").glob("*.toml")):
        outline = read_outline(file, LANGUAGES)
        _update(outline.domain, template_from_outline(outline), source=outline.source_language)


def sync_interface(languages: Languages) -> Release | None:
    """Take in the interface's messages and translations that ship; returns the release that they became."""
    template = read_po(FOLDER / f"{INTERFACE}.pot")
    sources = [
        Source(
            entry.msgctxt,
            entry.msgid,
            entry.msgid_plural or None,
            flags=tuple(entry.flags),
            comment=entry.comment,
            places=tuple(place for place, _ in entry.occurrences),
        )
        for entry in template
    ]
    session = begin_writing(db.session())
    domain = Domain.named(session, INTERFACE, source_language=languages.source.tag)
    report = sync_messages(session, domain, sources, languages)
    tell_of_sources(session, domain, report, now=datetime.now(UTC))
    glossary = FOLDER / "glossary.csv"
    sync_glossary(session, read_glossary(glossary.read_bytes(), glossary.name))
    shipped = shipped_entries(FOLDER, INTERFACE, languages)
    try:
        release = take_baseline(session, domain, shipped, languages, now=datetime.now(UTC))
    except BuildRefusedError as refused:
        say_refused(refused, as_json=False)
        release = None
    session.commit()
    return release


def _update(domain: str, template: polib.POFile, *, source: str) -> None:
    others = [language for language in LANGUAGES if language.tag != source]
    reports = update_baseline(FOLDER, domain, template, others)
    for locale, report in reports.items():
        click.echo(_line(domain, locale, report))


def _line(domain: str, locale: str, report: MergeReport) -> str:
    entries = [entry for entry in read_po(po_path(FOLDER, domain, locale)) if not entry.obsolete]
    done = sum(is_done(entry) for entry in entries)
    fuzzy = sum(entry.fuzzy for entry in entries)
    left = len(entries) - done - fuzzy
    return (
        f"{domain} {locale}: {done} translated, {fuzzy} fuzzy, {left} untranslated"
        f" ({report.new} new, {report.changed} changed, {report.obsolete} obsolete)"
    )
