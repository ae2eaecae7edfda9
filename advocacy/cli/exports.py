"""Taking signatures out sealed, and opening them where the delivery key is."""

import csv
import io
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from advocacy.actions.audit import OPERATOR
from advocacy.actions.export_signatures import export_signatures, record_export
from advocacy.actions.publish_manifest import publish_manifest
from advocacy.cli.application import application
from advocacy.extensions import begin_writing, db
from advocacy.models.appeal import appeal_by_slug
from advocacy.vault.keys import KeyFolder
from advocacy.vault.manifests import ManifestError, manifest_of, proof_of, signed, verify
from advocacy.vault.safe import open_person
from advocacy.web.site import site

_RECORDS, _MANIFEST, _SIGNATURE = "records.jsonl", "manifest.json", "manifest.sig"
_COLUMNS = ("name",)
"""All that a signer agreed to hand over."""

_ALL_COLUMNS = ("name", "country", "language", "hour", "delivery", "reference")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@click.command()
@click.argument("appeal")
@click.option(
    "--output", required=True, type=click.Path(path_type=Path), help="A folder that is not there yet."
)
@click.option(
    "--publish", is_flag=True, help="Publish the manifest, so that signers can check theirs with a receipt."
)
def export(appeal: str, output: Path, *, publish: bool) -> None:
    """Write the counted signatures of APPEAL, sealed as they are, with a signed manifest.

    Example: advocacy signatures export save-north-koreans --output export-2026-11 --publish
    """
    with application():
        found = appeal_by_slug(db.session(), appeal)
        if found is None:
            raise click.ClickException(f"There is no appeal {appeal!r}.")
        if found.reduced:
            raise click.ClickException(
                f"The signatures of {appeal} have been deleted; only their number is left."
            )
        session = begin_writing(db.session())
        lines = export_signatures(session, found)
        log = record_export(session, found, lines, by=OPERATOR, now=datetime.now(UTC))
        session.commit()  # before anything is on disk: nothing is taken out that the log does not say
        manifest = manifest_of(appeal, lines, log)
        output.mkdir(mode=0o700)
        _write(output / _RECORDS, "".join(f"{line}\n" for line in lines))
        _write(output / _MANIFEST, manifest)
        signature = signed(manifest, site().keys.signing_key())
        _write(output / _SIGNATURE, signature)
        if publish:
            session = begin_writing(db.session())
            publish_manifest(
                session,
                found,
                lines,
                manifest=manifest,
                signature=signature,
                by=OPERATOR,
                now=datetime.now(UTC),
            )
            session.commit()
    click.echo(manifest, nl=False)


@click.command("open")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--keys", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--output", required=True, type=click.Path(path_type=Path), help="A file ending in .csv or .jsonl."
)
@click.option(
    "--everyone", is_flag=True, help="Also who did not agree to delivery: to verify, never to hand on."
)
def open_(folder: Path, keys: Path, output: Path, *, everyone: bool) -> None:
    """Verify the export in FOLDER and write the names of those who agreed to be named to the addressee.

    Do this on a machine without a network, with the private delivery key in the folder --keys.
    Example: advocacy signatures open export-2026-11 --keys usb/keys --output names.csv
    """
    if output.suffix not in (".csv", ".jsonl"):
        raise click.ClickException("The output is a file ending in .csv or .jsonl.")
    manifest = (folder / _MANIFEST).read_text("utf-8")
    lines = (folder / _RECORDS).read_text("utf-8").split("\n")[:-1]
    try:
        appeal = str(json.loads(manifest)["appeal"])
    except (ValueError, KeyError, TypeError):
        raise ManifestError("The manifest is none.") from None
    signer = verify(appeal, lines, manifest, (folder / _SIGNATURE).read_text("ascii"))
    records = [json.loads(line) for line in lines]
    chosen = [record for record in records if everyone or record["delivery"]]
    columns = _ALL_COLUMNS if everyone else _COLUMNS
    with click.progressbar(_opened(chosen, KeyFolder(keys), appeal, columns), length=len(chosen)) as opened:
        rows = list(opened)
    _write(output, _as_csv(rows, columns) if output.suffix == ".csv" else _as_json_lines(rows))
    click.echo(
        f"{len(rows)} of {len(records)} signatures written; the manifest fits and was signed by {signer}."
    )


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("receipt")
def prove(folder: Path, receipt: str) -> None:
    """Prove that the signature with this RECEIPT number is under the root of the export in FOLDER.

    The proof names nobody; RFC 9162, section 2.1.3, says how to check it. Example:
    advocacy signatures prove export-2026-11 0123456789abcdef0123456789abcdef
    """
    lines = (folder / _RECORDS).read_text("utf-8").split("\n")[:-1]
    click.echo(json.dumps(proof_of(receipt, lines), indent=1))


def _opened(
    records: list[dict[str, Any]], keys: KeyFolder, appeal: str, columns: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    for record in records:
        person = open_person(keys, appeal, record["reference"], bytes.fromhex(record["person"]))
        yield {column: person.get(column, record.get(column)) for column in columns}


def _as_json_lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _as_csv(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    """Return the rows as CSV (RFC 4180) in which no cell is taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_plain_cell(row[column]) for column in columns] for row in rows)
    return text.getvalue()


def _plain_cell(value: object) -> str:
    cell = "" if value is None else str(value)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _write(path: Path, content: str) -> None:
    """Write a new file for its owner's eyes only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(content)
