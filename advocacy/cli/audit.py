"""`advocacy audit`: whether the log of decisions is whole."""

import re

import click

from advocacy.actions.audit import BrokenLogError
from advocacy.actions.audit import verify as verify_log
from advocacy.cli.application import application
from advocacy.extensions import db
from advocacy.vault.chain import Head


class _HeadType(click.ParamType[Head]):
    """An entry's number and hash, as `verify` prints them."""

    name = "entry:hash"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        """Return it as a Head. Fails as a usage error."""
        found = re.fullmatch(r"([0-9]{1,9}):([0-9a-f]{64})", value.strip().lower())
        if found is None:
            self.fail("That is not an entry and its hash, as in 12:8c1e…", param, ctx)
        return Head(int(found[1]), found[2])


@click.group()
def audit() -> None:
    """Check the log of decisions."""


@audit.command()
@click.option(
    "kept", "--kept", type=_HeadType(), multiple=True, help="A newest entry that was kept elsewhere."
)
def verify(kept: tuple[Head, ...]) -> None:
    """Check every entry, against releases, published manifests and what was --kept; print the newest.

    Kept elsewhere, the newest shows later whether the log's end was cut off and written anew.
    Example: advocacy audit verify --kept 12:8c1e...
    """
    with application():
        try:
            newest = verify_log(db.session(), kept)
        except BrokenLogError as broken:
            raise click.ClickException(str(broken)) from None
        click.echo(f"{newest.entry} entries, whole. Newest: {newest}")
