"""Looking at suspicious batches of signatures, and at names, from the command line."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from advocacy.actions.audit import OPERATOR
from advocacy.actions.judge_batch import AlreadyRestoredError, reject_batch, release_held, restore_batch
from advocacy.actions.moderate_names import refuse_name, show_name
from advocacy.cli.application import application
from advocacy.extensions import begin_writing, db
from advocacy.models import Appeal, Batch, Signature
from advocacy.models.appeal import appeal_by_slug
from advocacy.models.batch import groups
from advocacy.models.signature import waiting_names
from advocacy.rules.batches import EmptySelectionError, Selection
from advocacy.rules.mail_addresses import same_owner_key
from advocacy.web.site import site

_Command = TypeVar("_Command", bound=Callable[..., Any])
_MOST_GROUPS = 50
_MOST_NAMES = 200
_NUMBER = click.IntRange(1, 2**31 - 1)
_HOUR = click.DateTime(["%Y-%m-%dT%H", "%Y-%m-%d"])
_REASON = click.option("--reason", required=True, help="Goes into the audit log. No personal data.")


def selecting(command: _Command) -> _Command:
    """Give a command the options that select signatures."""
    for option in (
        click.option("--held", is_flag=True, help="Only those that a flood has held."),
        click.option("--domain", help="Only addresses at this mail host, like example.org."),
        click.option("--language", help="Only those signed in this language, like zh-Hans."),
        click.option("--until", type=_HOUR, help="Confirmed before this hour (UTC)."),
        click.option(
            "--since", type=_HOUR, help="Confirmed in or after this hour (UTC), like 2026-11-24T09."
        ),
        click.argument("appeal"),
    ):
        command = option(command)
    return command


@click.command()
@selecting
def look(appeal: str, **bounds: Any) -> None:
    """Say how many signatures of APPEAL were confirmed in which hour, language and (digest of) mail host.

    Example: advocacy signatures look save-north-koreans --since 2026-11-24T09 --until 2026-11-24T11
    """
    with application():
        found = _appeal(db.session(), appeal)
        for group in groups(db.session(), found.id, _selection(appeal, bounds), most=_MOST_GROUPS):
            hour = group.hour.strftime("%Y-%m-%dT%H") if group.hour else ""
            host = group.domain.hex()[:12] if group.domain else ""
            click.echo(f"{group.size}\t{hour}\t{group.language}\t{host}\t{'held' if group.held else ''}")


@click.command()
@selecting
@_REASON
def reject(appeal: str, reason: str, **bounds: Any) -> None:
    """Take the selected signatures of APPEAL off the count, as one decision that can be undone.

    Example: advocacy signatures reject save-north-koreans --domain spam.example --reason "robots"
    """
    with application():
        session = begin_writing(db.session())
        found = _appeal(session, appeal)
        batch = reject_batch(
            session, found, _selection(appeal, bounds), reason=reason, by=OPERATOR, now=datetime.now(UTC)
        )
        session.commit()
        click.echo(f"batch {batch.id}: {batch.count} signatures rejected")


@click.command()
@click.argument("batch", type=_NUMBER)
@_REASON
def restore(batch: int, reason: str) -> None:
    """Undo the rejection of BATCH.

    Example: advocacy signatures restore 3 --reason "a school class, not robots"
    """
    with application():
        session = begin_writing(db.session())
        found = Batch.numbered(session, batch)
        if found is None:
            raise click.ClickException(f"There is no batch {batch}.")
        try:
            count = restore_batch(session, found, reason=reason, by=OPERATOR, now=datetime.now(UTC))
        except AlreadyRestoredError as refused:
            raise click.ClickException(str(refused)) from None
        session.commit()
        click.echo(f"batch {batch}: {count} signatures restored")


@click.command()
@selecting
@_REASON
def release(appeal: str, reason: str, **bounds: Any) -> None:
    """Let the selected signatures of APPEAL count that a flood has held.

    Example: advocacy signatures release save-north-koreans --held --reason "looked at, people"
    """
    with application():
        session = begin_writing(db.session())
        found, selection = _appeal(session, appeal), _selection(appeal, bounds)
        count = release_held(session, found, selection, reason=reason, by=OPERATOR, now=datetime.now(UTC))
        session.commit()
        click.echo(f"{count} signatures count now")


@click.command()
@click.argument("appeal")
def names(appeal: str) -> None:
    """List the names that wait for a look before APPEAL shows them, oldest first, with their numbers.

    Example: advocacy signatures names save-north-koreans
    """
    with application():
        found = _appeal(db.session(), appeal)
        for number, shown in waiting_names(db.session(), found.id, most=_MOST_NAMES):
            click.echo(f"{number}\t{shown}")


@click.command("show-names")
@click.argument("numbers", nargs=-1, required=True, type=_NUMBER)
def show_names(numbers: tuple[int, ...]) -> None:
    """Show the names with these NUMBERS.

    Example: advocacy signatures show-names 17 18 23
    """
    _decide(numbers, show_name, "shown")


@click.command("refuse-names")
@click.argument("numbers", nargs=-1, required=True, type=_NUMBER)
def refuse_names(numbers: tuple[int, ...]) -> None:
    """Leave out the names with these NUMBERS, shown already or not; the signatures count as before.

    Example: advocacy signatures refuse-names 19
    """
    _decide(numbers, refuse_name, "left out")


JUDGING = (look, reject, restore, release, names, show_names, refuse_names)


def _decide(numbers: tuple[int, ...], act: Callable[..., bool], word: str) -> None:
    with application():
        session = begin_writing(db.session())
        now = datetime.now(UTC)
        found = [(number, Signature.locked(session, number)) for number in numbers]
        done = [number for number, one in found if one and act(session, one, by=OPERATOR, now=now)]
        session.commit()
    click.echo(f"{len(done)} names {word}")
    if missing := sorted(set(numbers) - set(done)):
        raise click.ClickException(f"Nothing to decide for {', '.join(map(str, missing))}.")


def _appeal(session: Session, slug: str) -> Appeal:
    found = appeal_by_slug(session, slug)
    if found is None:
        raise click.ClickException(f"There is no appeal {slug!r}.")
    return found


def _selection(appeal: str, bounds: dict[str, Any]) -> Selection:
    since, until, domain = bounds["since"], bounds["until"], bounds["domain"]
    try:
        return Selection(
            since=since and since.replace(tzinfo=UTC),
            until=until and until.replace(tzinfo=UTC),
            language=bounds["language"],
            domain=site().safe.digest(appeal, "domain", same_owner_key(domain)) if domain else None,
            held=bounds["held"],
        )
    except EmptySelectionError as refused:
        raise click.ClickException(str(refused)) from None
