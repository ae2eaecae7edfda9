"""`advocacy up`: everything that has to be in place before serving."""

import click
from flask_migrate import upgrade

from advocacy import ROOT, create_app
from advocacy.cli.appeals import load_appeals
from advocacy.cli.catalogs import sync_interface
from advocacy.web.site import site


@click.command()
def up() -> None:
    """Bring the database up to date and load the appeals that ship with the software. Safe to repeat.

    Example: advocacy up
    """
    app = create_app()
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        sync_interface(site().languages)
        for line in load_appeals(sorted((ROOT / "appeals").glob("*.toml"))):
            click.echo(line)
