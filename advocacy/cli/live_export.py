"""`advocacy catalogs export-live`: what is live, back to the files that ship."""

from pathlib import Path

import click

from advocacy import ROOT
from advocacy.actions.export_live import live_entries
from advocacy.catalogs.live_files import write_live
from advocacy.cli.application import application
from advocacy.cli.exchange import domain_named
from advocacy.extensions import db
from advocacy.models.domain import all_domains
from advocacy.models.release import live_now
from advocacy.web.site import site


@click.command("export-live")
@click.option("--domain", "name", help="One domain only.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "translations",
    help="Where the catalogs are, instead of the translations that ship.",
)
def export_live(name: str | None, folder: Path) -> None:
    """Write what readers see to the PO files of the repository. A file that says it already is not touched.

    A language that is switched to the source is left out. Example:
    advocacy catalogs export-live --domain messages
    """
    with application():
        session = db.session()
        domains = [domain_named(session, name)] if name else all_domains(session)
        for domain in domains:
            if live_now(session, domain.id) is None:
                click.echo(f"{domain.name}: nothing is live")
                continue
            for tag, entries in live_entries(session, domain).items():
                language = site().languages.by_tag(tag)
                if language is not None:
                    changed = write_live(folder, domain.name, language, entries)
                    click.echo(f"{domain.name} {tag}: {'written' if changed else 'unchanged'}")
