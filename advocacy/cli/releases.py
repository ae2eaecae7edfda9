"""`advocacy releases`: making live what waits for its moment."""

from datetime import UTC, datetime

import click

from advocacy.actions.schedule import publish_due
from advocacy.cli.application import application
from advocacy.extensions import begin_writing, db


@click.group()
def releases() -> None:
    """Publish releases that wait for their moment."""


@releases.command("publish-due")
def publish_due_() -> None:
    """Make every confirmed release live whose moment has come. `advocacy mail work` does it by itself.

    Example: advocacy releases publish-due
    """
    with application():
        session = begin_writing(db.session())
        lines = [
            f"Release {release.number} of {release.domain.name} is live."
            for release in publish_due(session, now=datetime.now(UTC))
        ]
        session.commit()
    click.echo("\n".join(lines) or "No release is due.")
