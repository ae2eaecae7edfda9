"""`advocacy signatures`: counting, deleting what has had its time, judging, taking out and opening."""

from datetime import UTC, datetime

import click

from advocacy.actions.purge import purge as purge_expired
from advocacy.actions.recount import recount as count_again
from advocacy.cli.application import application
from advocacy.cli.exports import export, open_, prove
from advocacy.cli.judging import JUDGING
from advocacy.extensions import begin_writing, db, forget_erased


@click.group()
def signatures() -> None:
    """Count, purge, judge, export and open signatures."""


for _command in (export, open_, prove, *JUDGING):
    signatures.add_command(_command)


@signatures.command()
def recount() -> None:
    """Count every confirmed signature again and correct the tallies.

    Example: advocacy signatures recount
    """
    with application():
        session = begin_writing(db.session())
        wrong = count_again(session)
        session.commit()
    for (appeal_id, language), (before, after) in sorted(wrong.items()):
        click.echo(f"appeal {appeal_id}, {language}: was {before}, is {after}")
    click.echo(f"{len(wrong)} tallies corrected")


@signatures.command()
def purge() -> None:
    """Delete unconfirmed signatures after their 48 hours, with their addresses, links and mail.

    Example: advocacy signatures purge
    """
    with application():
        session = begin_writing(db.session())
        gone = purge_expired(session, now=datetime.now(UTC))
        session.commit()
        forget_erased(db.engine)
    click.echo(f"{gone} unconfirmed signatures deleted")
