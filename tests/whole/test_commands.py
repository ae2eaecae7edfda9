"""The commands, as an operator types them."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select, update

from advocacy import ROOT, cli, create_app
from advocacy.cli import command, main
from advocacy.config import read_settings
from advocacy.models import AppealState, Signature, Tally
from advocacy.rules.permissions import Role
from advocacy.vault.keys import NoKeyError
from advocacy.vault.shares import split
from tests.commands import rejected, run
from tests.factories import NOW, SLUG, filled_form, link_in, make_confirmed, make_pending, shipped_appeal
from tests.mails import sent_mails, text_of
from tests.people import add_person
from tests.servers import until

# A module is hidden behind the command of the same name.
CATALOGS, SERVE = import_module("advocacy.cli.catalogs"), import_module("advocacy.cli.serve")
EXPORTS = import_module("advocacy.cli.exports")
PRODUCTION = {
    "ADVOCACY_ENV": "production",
    "ADVOCACY_SECRET_KEY": "k" * 40,
    "ADVOCACY_BASE_URL": "https://letter.example.org",
    "SMTP_URL": "smtp://127.0.0.1:1",
}
STARTER = """
import subprocess, sys, time
worker = subprocess.Popen([sys.executable, "-m", "advocacy", "mail", "work", "--with-parent"])
print(worker.pid, flush=True)
time.sleep(60)
"""


def test_up_can_be_repeated(environ):
    expected = f"{SLUG}: known; messages: 0 new, 0 changed, 0 gone"
    assert expected in run("up")
    assert expected in run("appeals", "import", str(ROOT / "appeals" / f"{SLUG}.toml"))


def test_up_brings_people_to_try_things_out_with_once_and_never_in_production(
    tmp_path, monkeypatch, new_database
):
    values = {"ADVOCACY_INSTANCE": str(tmp_path), **new_database("cast")}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    first = run("up")
    lines = (tmp_path / "cast.txt").read_text("utf-8").splitlines()
    assert len(lines) == 6
    assert all(line in first for line in lines)
    assert (tmp_path / "cast.txt").stat().st_mode & 0o077 == 0
    assert "cast.txt" not in run("up")
    assert len(run("people", "list").splitlines()) == 6
    for name, value in {**PRODUCTION, **new_database("no_cast")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ADVOCACY_INSTANCE", str(tmp_path / "production"))
    assert "@example.org" not in run("up")
    assert run("people", "list") == ""


def test_an_operator_deletes_an_account(environ, app):
    email = add_person(app, (Role.TRANSLATOR, "ko"), name="Mina")
    assert run("people", "delete", "--email", email) == "Mina is deleted\n"
    assert "There is no account" in rejected("people", "delete", "--email", email)
    assert run("people", "list").endswith("\tformer\n")


def test_appeals_are_listed_with_their_counts(environ, session):
    make_confirmed(session)
    session.commit()
    assert run("appeals", "list") == f"{SLUG}\topen\t1 of 5000\n"


def test_a_recount_says_what_it_corrected(environ, session):
    make_confirmed(session)
    session.execute(update(Tally).values(count=5))
    session.commit()
    assert "ko: was 5, is 1" in run("signatures", "recount")
    assert run("signatures", "recount") == "0 tallies corrected\n"


def test_a_purge_says_how_many_went(environ, session):
    make_pending(session)
    session.execute(update(Signature).values(expires_at=Signature.__table__.c.expires_at))
    session.commit()
    assert re.fullmatch(r"[01] unconfirmed signatures deleted\n", run("signatures", "purge"))
    assert len(session.scalars(select(Signature)).all()) <= 1


def test_flushing_sends_what_is_due(environ, app, client):
    client.post(f"/ko/appeals/{SLUG}/sign", data=filled_form(app))
    run("mail", "flush")
    assert len(list(app.extensions["advocacy"].settings.mail_folder.glob("*.eml"))) == 1


def test_extracting_reports_each_catalog(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "translations", tmp_path / "translations")
    monkeypatch.setattr(CATALOGS, "FOLDER", tmp_path / "translations")
    lines = run("catalogs", "extract").splitlines()
    assert len(lines) == 6
    assert all(", 0 fuzzy, 0 untranslated (0 new, 0 changed, 0 obsolete)" in line for line in lines)


def test_what_the_operator_can_mend_is_one_sentence(monkeypatch, capsys):
    monkeypatch.setenv("ADVOCACY_ENV", "production")
    for name in ("ADVOCACY_SECRET_KEY", "ADVOCACY_BASE_URL", "SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "argv", ["advocacy", "up"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "Set SMTP_URL: in production, signers are asked by mail to confirm.\n"


def test_a_worker_ends_when_it_is_told_to(environ):
    worker = subprocess.Popen([sys.executable, "-m", "advocacy", "mail", "work"], stderr=subprocess.PIPE)
    line = worker.stderr.readline()
    worker.send_signal(signal.SIGTERM)
    worker.stderr.close()
    assert worker.wait(30) == 0
    assert b'"event": "purge"' in line


def test_a_worker_ends_with_the_process_that_started_it(environ):
    parent = subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    worker = int(parent.stdout.readline())
    parent.stderr.readline()  # the worker's first line: it is at work
    parent.kill()
    parent.wait()
    until(lambda: not _lives(worker), "the orphaned worker to end")
    parent.stdout.close()
    parent.stderr.close()


def _lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text("ascii").split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_serving_in_development_says_where_and_sends_mail_too(environ, monkeypatch):
    started = []

    class Server:
        def __init__(self, target, **options):
            started.append((target, options))

        def serve(self):
            time.sleep(0.1)

    monkeypatch.setattr(SERVE, "Granian", Server)
    output = run("serve")
    assert "The platform: http://127.0.0.1:8000/" in output
    assert "/dev/mailbox" in output
    (target, options) = started[0]
    assert target == "advocacy:create_app"
    assert (options["port"], options["workers"], options["log_access"]) == (8000, 4, False)


def test_serving_in_production_leaves_mail_to_its_own_service(environ, monkeypatch):
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(SERVE, "_start_postman", lambda: pytest.fail("a worker was started"))
    monkeypatch.setattr(SERVE, "_serve_web", lambda _settings: None)
    assert run("serve") == "The platform: https://letter.example.org/\n"


def test_the_module_runs_as_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "advocacy", "--help"], capture_output=True, text=True, check=True
    )
    assert "Example: advocacy up" in done.stdout
    assert set(cli.command.commands) == {
        "appeals",
        "audit",
        "catalogs",
        "keys",
        "mail",
        "people",
        "releases",
        "serve",
        "signatures",
        "up",
    }


def test_an_application_can_be_made_from_the_environment(environ):
    assert create_app().extensions["advocacy"].settings == read_settings(environ)


def test_keys_are_made_rotated_and_listed(environ, app, tmp_path, monkeypatch, closed):
    monkeypatch.setenv("ADVOCACY_KEYS", str(tmp_path))
    assert run("keys", "list") == ""
    assert "Move its private half off every server" in run("keys", "new", SLUG)
    assert "for the mail worker's user alone" in run("keys", "new", "mail")
    run("keys", "rotate", "mail")
    lines = [line.split("\t") for line in run("keys", "list").splitlines()]
    assert [line[:2] for line in lines] == [[f"delivery-{SLUG}", "1"], ["mail", "1"], ["mail", "2"]]
    (tmp_path / f"delivery-{SLUG}.0001.private").unlink()
    assert run("keys", "list").splitlines()[0].endswith("public half only")
    assert "no closed appeal" in rejected("keys", "destroy-pepper", SLUG, "--yes")
    closed()
    run("keys", "destroy-pepper", SLUG, "--yes")
    assert not (tmp_path / f"pepper-{SLUG}").exists()


@pytest.fixture
def closed(session):
    """Closes the appeal; it is opened again afterwards."""
    appeal = shipped_appeal(session)

    def close() -> None:
        appeal.state, appeal.closed_on, appeal.reduce_on = AppealState.CLOSED, NOW.date(), NOW.date()
        session.commit()

    session.commit()
    yield close
    appeal.state, appeal.closed_on, appeal.reduce_on = AppealState.OPEN, None, None
    session.commit()


@pytest.mark.parametrize("words", [("new", "mail"), ("new", "nothing"), ("rotate", "nothing")])
def test_a_key_that_makes_no_sense_is_not_made(environ, words):
    done = CliRunner().invoke(command, ["keys", *words])
    assert done.exit_code == 1
    assert done.output.startswith("Error: There is ")


def test_in_production_up_makes_no_key_but_says_what_is_missing(environ, tmp_path, monkeypatch):
    for name, value in {**PRODUCTION, "ADVOCACY_KEYS": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    assert f"run advocacy keys new {SLUG}." in run("up")
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_split_among_people_and_put_together_again(environ, tmp_path, monkeypatch):
    monkeypatch.setenv("ADVOCACY_KEYS", str(tmp_path))
    run("keys", "new", SLUG)
    private = tmp_path / f"delivery-{SLUG}.0001.private"
    secret = private.read_bytes()
    shares = run("keys", "split", SLUG, "--threshold", "2", "--shares", "3").splitlines()[1::3]
    assert not private.exists()
    joined = CliRunner().invoke(command, ["keys", "join", SLUG], input="\n".join(shares[:2]))
    assert joined.exit_code == 0, joined.output
    assert private.read_bytes() == secret


def test_a_key_that_is_none_of_ours_is_not_restored(environ, tmp_path, monkeypatch):
    monkeypatch.setenv("ADVOCACY_KEYS", str(tmp_path))
    shares = split(X25519PrivateKey.generate(), threshold=2, shares=2)
    joined = CliRunner().invoke(command, ["keys", "join", SLUG], input="\n".join(shares))
    assert isinstance(joined.exception, NoKeyError)


@pytest.fixture
def exported(environ, app, client, tmp_path):
    """An export of three signatures, two of whose signers may be named to the addressee."""
    people = (("김민정", "yes"), ("=HYPERLINK", None), ("王芳", "yes"))
    for name, delivery in people:
        client.post(
            f"/ko/appeals/{SLUG}/sign", data=filled_form(app, name=name.strip("="), agree_delivery=delivery)
        )
        client.post(link_in(text_of(sent_mails(app)[-1]), "confirm"))
    folder = tmp_path / "export"
    assert '"count": 3' in run("signatures", "export", SLUG, "--output", str(folder))
    return folder


def test_signatures_leave_sealed_and_are_opened_where_the_key_is(exported, app, tmp_path):
    assert "김민정" not in "".join(path.read_text("utf-8") for path in exported.iterdir())
    keys = str(app.extensions["advocacy"].settings.keys)
    where = ("signatures", "open", str(exported), "--keys", keys, "--output")
    assert "2 of 3 signatures written" in run(*where, str(tmp_path / "names.csv"))
    text = (tmp_path / "names.csv").read_text("utf-8")
    assert text.splitlines()[0] == "name"  # what they agreed to, and nothing else
    assert set(text.splitlines()[1:]) == {"김민정", "王芳"}
    assert "3 of 3" in run(*where, str(tmp_path / "all.jsonl"), "--everyone")
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    assert {row["name"] for row in rows} == {"김민정", "HYPERLINK", "王芳"}
    assert set(rows[0]) == {"name", "country", "language", "hour", "delivery", "reference"}


def test_an_export_that_was_tampered_with_is_not_opened(exported, app, tmp_path, monkeypatch, capsys):
    records = exported / "records.jsonl"
    records.write_text(records.read_text("utf-8").replace("KR", "US"), "utf-8")
    keys = str(app.extensions["advocacy"].settings.keys)
    words = [
        "advocacy",
        "signatures",
        "open",
        str(exported),
        "--keys",
        keys,
        "--output",
        str(tmp_path / "x.csv"),
    ]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "not the ones" in capsys.readouterr().err
    assert not (tmp_path / "x.csv").exists()


def test_a_signer_who_asks_gets_a_proof(exported, session):
    reference = session.scalars(select(Signature.reference)).first()
    assert json.loads(run("signatures", "prove", str(exported), reference))["size"] == 3


@pytest.mark.parametrize(
    "words", [("export", "nothing", "--output", "x"), ("open", ".", "--keys", ".", "--output", "x.txt")]
)
def test_an_export_that_makes_no_sense_is_refused(environ, words):
    assert CliRunner().invoke(command, ["signatures", *words]).exit_code == 1


def test_no_cell_is_taken_for_a_formula():
    cells = [EXPORTS._plain_cell(text) for text in ("=1+1", "+1", "-1", "@x", "\t=1", None, "O’Brien")]
    assert cells == ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", "", "O’Brien"]


def test_an_appeal_is_closed_for_a_time_that_was_promised(environ, session):
    try:
        assert run("appeals", "close", SLUG).startswith(f"{SLUG} is closed; its signatures are deleted on 20")
        for words in ((SLUG, "--keep-until", "2099-01-01"), ("nothing",)):
            assert CliRunner().invoke(command, ["appeals", "close", *words]).exit_code == 1
    finally:
        appeal = shipped_appeal(session)
        appeal.state, appeal.closed_on, appeal.reduce_on = AppealState.OPEN, None, None
        session.commit()
