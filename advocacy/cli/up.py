"""`advocacy up`: everything that has to be in place before serving."""

import click
from flask import Flask
from flask_migrate import upgrade

from advocacy import ROOT
from advocacy.actions.keep_checked import check_everything
from advocacy.cli.appeals import load_appeals
from advocacy.cli.application import application
from advocacy.cli.cast import make_cast
from advocacy.cli.catalogs import sync_interface
from advocacy.cli.keys import prepare_keys
from advocacy.extensions import begin_writing, db
from advocacy.models.appeal import all_appeals
from advocacy.web.site import site


@click.command()
def up() -> None:
    """Bring the database up to date and load the appeals that ship with the software. Safe to repeat.

    Example: advocacy up
    """
    with application() as app:
        for line in prepare(app):
            click.echo(line)
        if checked := check_everything(db.session()):
            click.echo(f"checks: {checked} texts checked anew")
        if site().settings.in_development:
            for line in make_cast(begin_writing(db.session()), site().settings.instance):
                click.echo(line)


def prepare(app: Flask) -> list[str]:
    """Do it for `app`; returns the lines to report."""
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        release = sync_interface(site().languages)
        lines = [f"messages: release {release.number} is live"] if release else []
        lines += list(load_appeals(sorted((ROOT / "appeals").glob("*.toml"))))
        return lines + prepare_keys(site(), [appeal.slug for appeal in all_appeals(db.session())])
