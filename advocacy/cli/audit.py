"""`advocacy audit`: whether the log of decisions is whole."""

import click

from advocacy.actions.audit import BrokenLogError
from advocacy.actions.audit import verify as verify_log
from advocacy.cli.application import application
from advocacy.extensions import db


@click.group()
def audit() -> None:
    """Check the log of decisions."""


@audit.command()
def verify() -> None:
    """Check every entry's hash, and print the newest: kept elsewhere, it shows later if the end was cut off.

    Example: advocacy audit verify
    """
    with application():
        try:
            count, newest = verify_log(db.session())
        except BrokenLogError as broken:
            raise click.ClickException(str(broken)) from None
        click.echo(f"{count} entries, whole. Newest hash: {newest.hex()}")
