"""`advocacy keys`: the keys that signers' data is sealed to."""

import sys
from datetime import UTC, datetime

import click

from advocacy.actions.audit import OPERATOR, record
from advocacy.cli.application import application
from advocacy.extensions import begin_writing, db
from advocacy.models import AppealState
from advocacy.models.appeal import appeal_by_slug
from advocacy.vault.keys import MAIL, KeyFolder, NoKeyError, delivery
from advocacy.vault.sealing import key_id
from advocacy.vault.shares import join as join_key
from advocacy.vault.shares import split as split_key
from advocacy.web.site import Site, site

_ADVICE = {
    True: "Move its private half off every server, in two copies: without it nobody can open the signatures.",
    False: "Its private half is for the mail worker's user alone.",
}


@click.group()
def keys() -> None:
    """Make, rotate and list keys."""


@keys.command()
@click.argument("purpose")
def new(purpose: str) -> None:
    """Make the first key for PURPOSE: "mail", or an appeal's slug for its delivery key and pepper.

    Example: advocacy keys new save-north-koreans
    """
    with application():
        named = _purpose(purpose)
        if any(known == named for known, *_ in site().keys.known()):
            raise click.ClickException(
                f"There is a key for {purpose}. To replace it: advocacy keys rotate {purpose}"
            )
        if named != MAIL:
            site().keys.make_pepper(purpose)
        click.echo(_made(site().keys, named))


@keys.command()
@click.argument("purpose")
def rotate(purpose: str) -> None:
    """Make another key for PURPOSE, used from now on; older ones open what was sealed before.

    Web processes seal with the new one once they are started again. Example: advocacy keys rotate mail
    """
    with application():
        site().keys.public(_purpose(purpose))
        click.echo(_made(site().keys, _purpose(purpose)))


@keys.command("list")
def list_() -> None:
    """List the keys, and say whether their private halves are here.

    Example: advocacy keys list
    """
    with application():
        for purpose, number, identity, here in site().keys.known():
            where = "private half here" if here else "public half only"
            click.echo(f"{purpose}\t{number}\t{identity}\t{where}")


@keys.command()
@click.argument("appeal")
@click.option("--threshold", required=True, type=int, help="How many people have to come together.")
@click.option("--shares", required=True, type=int, help="Among how many people the key is split.")
def split(appeal: str, threshold: int, shares: int) -> None:
    """Split the delivery key of APPEAL among people and delete it here: no one of them can open it alone.

    The shares are printed this once, for paper. Example:
    advocacy keys split save-north-koreans --threshold 2 --shares 3
    """
    with application():
        purpose = _purpose(appeal)
        current = key_id(site().keys.public(purpose))
        parts = split_key(site().keys.private(purpose, current), threshold=threshold, shares=shares)
        for number, words in enumerate(parts, start=1):
            click.echo(
                f"Share {number} of {shares} ({threshold} are needed), key {current.hex()}:\n{words}\n"
            )
        site().keys.remove_private(purpose, current)


@keys.command()
@click.argument("appeal")
def join(appeal: str) -> None:
    """Put the delivery key of APPEAL together again, from one share a line on standard input.

    Do this on a machine without a network. Example: advocacy keys join save-north-koreans < shares.txt
    """
    with application():
        lines = [line.strip() for line in sys.stdin if line.strip()]
        identity = site().keys.restore(_purpose(appeal), join_key(lines))
        click.echo(f"Key {identity.hex()} is in the key folder. Delete it there when you are done.")


@keys.command("destroy-pepper")
@click.argument("appeal")
@click.confirmation_option(prompt="Afterwards nobody can say whether an address has signed. Go on?")
def destroy_pepper(appeal: str) -> None:
    """Destroy the key under which addresses on a closed APPEAL were digested. There is no way back.

    Example: advocacy keys destroy-pepper save-north-koreans
    """
    with application():
        session = begin_writing(db.session())
        found = appeal_by_slug(session, appeal)
        if found is None or found.state is not AppealState.CLOSED:
            raise click.ClickException(
                f"{appeal!r} is no closed appeal: an open one needs its pepper to be signed."
            )
        record(session, "pepper.destroy", f"appeal:{found.id}", by=OPERATOR, now=datetime.now(UTC))
        session.commit()
        site().keys.destroy_pepper(appeal)
        click.echo(f"The pepper of {appeal} is gone.")


def prepare_keys(here: Site, appeals: list[str]) -> list[str]:
    """Make what is missing in development; in production say what is. Returns the lines to report."""
    lines = []
    for appeal in appeals:
        if here.settings.in_development:
            here.keys.make_pepper(appeal)
    for purpose in (MAIL, *map(delivery, appeals)):
        try:
            here.keys.public(purpose)
        except NoKeyError as missing:
            lines.append(_made(here.keys, purpose) if here.settings.in_development else str(missing))
    return lines


def _purpose(name: str) -> str:
    if name == MAIL:
        return MAIL
    if appeal_by_slug(db.session(), name) is None:
        raise click.ClickException(f"There is no appeal {name!r}, and only {MAIL!r} besides.")
    return delivery(name)


def _made(folder: KeyFolder, purpose: str) -> str:
    identity = folder.make(purpose).hex()
    return f"New key {identity} for {purpose}. {_ADVICE[purpose != MAIL]}"
