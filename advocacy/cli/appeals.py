"""`advocacy appeals`: taking appeals from their files."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from advocacy import ROOT
from advocacy.actions.audit import OPERATOR, record
from advocacy.actions.close_appeal import RetentionError, close_appeal
from advocacy.actions.import_appeal import import_appeal, outline_of
from advocacy.actions.releases import BuildRefusedError
from advocacy.actions.take_baseline import take_baseline
from advocacy.catalogs.baseline import shipped_entries
from advocacy.catalogs.outline import outline_text, read_outline
from advocacy.cli.application import application
from advocacy.cli.exchange import say_refused
from advocacy.extensions import begin_writing, db
from advocacy.models import Domain
from advocacy.models.appeal import all_appeals, appeal_by_slug
from advocacy.models.tally import tally_of
from advocacy.web.site import site


@click.group()
def appeals() -> None:
    """Load and list appeals."""


@appeals.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--over-edits", is_flag=True, help="Also where a text was edited at the desk.")
def import_(files: tuple[Path, ...], *, over_edits: bool) -> None:
    """Make the appeals in FILES what their files say. A second time changes nothing.

    What was edited at the desk stays, and is named.

    Example: advocacy appeals import appeals/save-north-koreans.toml
    """
    with application():
        for line in load_appeals(files, over_edits=over_edits):
            click.echo(line)


@appeals.command()
@click.argument("slug")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def export(slug: str, output: Path) -> None:
    """Write the appeal SLUG, as it was edited here, to a file that `appeals import` takes.

    Example: advocacy appeals export save-north-koreans --output appeals/save-north-koreans.toml
    """
    with application():
        appeal = appeal_by_slug(db.session(), slug)
        if appeal is None:
            raise click.ClickException(f"There is no appeal {slug!r}.")
        output.write_text(outline_text(outline_of(appeal)), "utf-8")
        click.echo(f"{len(appeal.blocks)} blocks: {output}")


@appeals.command()
@click.argument("slug")
@click.option("--keep-until", type=click.DateTime(["%Y-%m-%d"]), help="When signatures become a number.")
def close(slug: str, keep_until: datetime | None) -> None:
    """Close the appeal SLUG today. Its signatures are deleted within six months; the count stays.

    Export them before that day. Example: advocacy appeals close save-north-koreans --keep-until 2027-01-31
    """
    with application():
        session = begin_writing(db.session())
        appeal = appeal_by_slug(session, slug)
        if appeal is None:
            raise click.ClickException(f"There is no appeal {slug!r}.")
        try:
            close_appeal(appeal, today=datetime.now(UTC).date(), reduce_on=keep_until and keep_until.date())
        except RetentionError as refused:
            raise click.ClickException(str(refused)) from None
        details = {"reduce_on": str(appeal.reduce_on)}
        record(
            session,
            "appeal.close",
            f"appeal:{appeal.id}",
            by=OPERATOR,
            now=datetime.now(UTC),
            details=details,
        )
        session.commit()
        click.echo(f"{slug} is closed; its signatures are deleted on {appeal.reduce_on}.")


@appeals.command("list")
def list_() -> None:
    """List the appeals with their state and count.

    Example: advocacy appeals list
    """
    with application():
        session = db.session()
        for appeal in all_appeals(session):
            count = sum(tally_of(session, appeal.id).values())
            click.echo(f"{appeal.slug}\t{appeal.state}\t{count} of {appeal.goal}")


def load_appeals(files: tuple[Path, ...] | list[Path], *, over_edits: bool = False) -> Iterator[str]:
    """Import each file in a transaction of its own; yields a line of report for each."""
    languages = site().languages
    for file in files:
        outline = read_outline(file, languages)
        session = begin_writing(db.session())
        report = import_appeal(session, outline, languages, now=datetime.now(UTC), over_edits=over_edits)
        domain = Domain.named(session, outline.domain, source_language=outline.source_language)
        shipped = shipped_entries(ROOT / "translations", outline.domain, languages)
        try:
            release = take_baseline(session, domain, shipped, languages, now=datetime.now(UTC))
        except BuildRefusedError as refused:
            say_refused(refused, as_json=False)
            release = None
        session.commit()
        state = "new" if report.created else "known"
        messages = report.messages
        counts = f"{messages.new} new, {messages.changed} changed, {messages.gone} gone"
        yield f"{outline.slug}: {state}; messages: {counts}"
        if report.kept:
            yield f"{outline.slug}: edited here and kept: {', '.join(report.kept)}"
        if release:
            yield f"{outline.slug}: release {release.number} is live"
