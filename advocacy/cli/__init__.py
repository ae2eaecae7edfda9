"""The `advocacy` command, one file a group of commands."""

import sys

import click

from advocacy.actions.judge_batch import NothingSelectedError, ReasonMissingError
from advocacy.actions.releases import NotLiveError
from advocacy.catalogs.outline import OutlineError
from advocacy.catalogs.po_files import CatalogError
from advocacy.cli.appeals import appeals
from advocacy.cli.audit import audit
from advocacy.cli.catalogs import catalogs
from advocacy.cli.keys import keys
from advocacy.cli.mail import mail
from advocacy.cli.people import people
from advocacy.cli.releases import releases
from advocacy.cli.serve import serve
from advocacy.cli.signatures import signatures
from advocacy.cli.up import up
from advocacy.config import SettingsError
from advocacy.vault.keys import NoKeyError
from advocacy.vault.manifests import ManifestError
from advocacy.vault.shares import SharesError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Run the advocacy platform.

    Example: advocacy up && advocacy serve
    """


for part in (appeals, audit, catalogs, keys, mail, people, releases, serve, signatures, up):
    command.add_command(part)


MENDABLE = (
    SettingsError,
    CatalogError,
    OutlineError,
    NoKeyError,
    SharesError,
    ManifestError,
    ReasonMissingError,
    NothingSelectedError,
    NotLiveError,
    OSError,
)
"""What a person at the command line can do something about."""


def main() -> None:
    """Run the command; what the operator can mend is one sentence, not a traceback."""
    try:
        command()
    except MENDABLE as error:
        click.echo(str(error), err=True)
        sys.exit(2)
