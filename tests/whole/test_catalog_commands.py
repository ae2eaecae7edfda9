"""Translations by command: in from files, out to files, checked, built, published."""

import json
import subprocess

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from advocacy.catalogs.po_files import read_po
from advocacy.cli import command
from advocacy.models import Account, Invitation, MailKind, OutgoingMail, Translation
from advocacy.models.domain import domain_by_name
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Role
from tests.commands import rejected, run

PO = """
msgid ""
msgstr ""
"Language: ko\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgctxt "ask"
msgid "Sign the petition"
msgstr "청원에 서명하기"

msgid "Only %(left)s days"
msgstr "{left}"

#, fuzzy
msgid "Thank you"
msgstr "고맙다"

msgid "%(n)s letter"
msgid_plural "%(n)s letters"
msgstr[0] "편지 %(n)s통"

msgid "Later"
msgstr ""
"""
IN = ("--domain", "demo", "--language", "ko")


@pytest.fixture
def po(tmp_path):
    def write(left: str = "%(left)s일 남았습니다", name: str = "demo.po", **changes: str):
        file = tmp_path / name
        text = PO.replace("{left}", left)
        for before, after in changes.items():
            text = text.replace(before, after)
        file.write_text(text, "utf-8")
        return str(file)

    return write


def add_person(name: str, role: str, *words: str) -> None:
    words = ("people", "add", "--name", name, "--email", f"{name}@example.org", "--role", role, *words)
    done = CliRunner().invoke(command, [*words, "--password-stdin"], input="a long enough password\n")
    assert done.exit_code == 0, done.output


def report(*words: str) -> dict:
    return json.loads(run("catalogs", *words, "--json"))


def test_what_cannot_be_read_makes_no_message(environ, tmp_path):
    file = tmp_path / "demo.xlf"
    good = "<trans-unit id='1'><source>Sign</source><target>서명</target></trans-unit>"
    bad = "<trans-unit id='2'><source>Read <x id='1'/></source><target>읽기</target></trans-unit>"
    begin = "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'>"
    file.write_text(f"{begin}<file original='demo'><body>{good}{bad}</body></file></xliff>", "utf-8")
    found = report("import", str(file), *IN, "--create", "--as", "submitted")
    assert found["counts"] == {"taken": 1, "broken": 1}
    assert found["not_taken"][0]["reason"] == "codes"
    assert report("status", "--domain", "demo")["demo"]["ko"]["total"] == 1


def test_a_file_makes_a_domain_and_what_is_not_taken_is_named(environ, po):
    found = report("import", po(), *IN, "--create", "--as", "approved")
    assert found["counts"] == {"taken": 3, "fuzzy": 1, "empty": 1}
    assert [(line["source"], line["outcome"]) for line in found["not_taken"]] == [("Thank you", "fuzzy")]
    korean = report("status", "--domain", "demo")["demo"]["ko"]
    assert korean == {
        "total": 5,
        "approved": 3,
        "untranslated": 2,
        "draft": 0,
        "needs_review": 0,
        "changes_requested": 0,
        "outdated": 0,
        "live_release": None,
    }


def test_a_dry_run_says_what_would_happen_and_changes_nothing(environ, po, session):
    found = report("import", po(), *IN, "--create", "--dry-run")
    assert (found["dry_run"], found["counts"]["taken"]) == (True, 3)
    assert domain_by_name(session, "demo") is None


def test_what_a_check_blocks_is_not_taken_but_for_a_draft(environ, po):
    found = report("import", po(left="며칠 안 남았습니다"), *IN, "--create")
    assert [(line["source"], line["outcome"], line["reason"]) for line in found["not_taken"]] == [
        ("Only %(left)s days", "blocked", "placeholders"),
        ("Thank you", "fuzzy", ""),
    ]
    draft = report("import", po(left="며칠 안 남았습니다"), *IN, "--as", "draft")
    assert (draft["counts"]["taken"], draft["counts"]["same"]) == (1, 2)  # the two others wait for review


def test_what_is_approved_is_kept_or_gives_way_as_asked(environ, po):
    run("catalogs", "import", po(), *IN, "--create", "--as", "approved")
    other = po(left="%(left)s일만 남았습니다")
    assert report("import", other, *IN)["counts"] == {"same": 2, "kept": 1, "fuzzy": 1, "empty": 1}
    taken = report("import", other, *IN, "--conflict", "take")
    assert taken["counts"] == {"taken": 1, "same": 2, "fuzzy": 1, "empty": 1}
    korean = report("status", "--domain", "demo")["demo"]["ko"]
    assert (korean["approved"], korean["needs_review"]) == (2, 1)
    assert report("import", other, *IN, "--conflict", "take", "--as", "approved")["counts"]["taken"] == 1
    assert report("status", "--domain", "demo")["demo"]["ko"]["approved"] == 3


def test_importing_the_same_twice_adds_nothing(environ, po, session):
    run("catalogs", "import", po(), *IN, "--create", "--as", "approved")
    before = session.scalar(select(func.count()).select_from(Translation))
    session.rollback()
    assert report("import", po(), *IN, "--as", "approved")["counts"]["same"] == 3
    assert session.scalar(select(func.count()).select_from(Translation)) == before


@pytest.mark.parametrize("kind", ["po", "xliff", "csv"])
def test_what_goes_out_comes_back_in_as_the_same(environ, po, tmp_path, kind):
    run("catalogs", "import", po(), *IN, "--create", "--as", "approved")
    file = str(tmp_path / f"out.{'xlf' if kind == 'xliff' else kind}")
    run("catalogs", "export", *IN, "--output", file, "--format", kind, "--state", "approved")
    assert report("import", file, *IN)["counts"] == {"same": 3, "empty": 2}


def test_what_is_not_approved_goes_out_as_fuzzy(environ, po, tmp_path):
    run("catalogs", "import", po(), *IN, "--create")
    file = tmp_path / "out.po"
    run("catalogs", "export", *IN, "--output", str(file))
    catalog = read_po(file)
    assert {entry.msgid for entry in catalog if entry.fuzzy} == {
        "Sign the petition",
        "Only %(left)s days",
        "%(n)s letter",
    }
    run("catalogs", "export", *IN, "--output", str(file), "--state", "approved")
    assert not any(entry.fuzzy or entry.msgstr for entry in read_po(file))
    assert subprocess.run(["msgfmt", "-c", "-o", "/dev/null", file], check=False).returncode == 0


def test_a_release_is_built_by_one_and_published_by_another(environ, po):
    run("catalogs", "import", po(), *IN, "--create", "--as", "approved")
    built = report("build", "--domain", "demo")
    assert built["release"] == 1
    assert built["languages"]["ko"]["translated"] == 3
    add_person("pat", "publisher")
    add_person("tess", "translator", "--language", "ko")
    publish = ("catalogs", "publish", "--domain", "demo", "--release", "1", "--by")
    assert "may not publish" in rejected(*publish, "tess@example.org")
    assert "no account" in rejected(*publish, "nobody@example.org")
    assert "no release 9" in rejected(
        "catalogs", "publish", "--domain", "demo", "--release", "9", "--by", "pat@example.org"
    )
    assert "is live" in run(*publish, "PAT@example.org")
    assert report("status", "--domain", "demo")["demo"]["ko"]["live_release"] == 1
    source = ("catalogs", "show-source", "--domain", "demo", "--language", "ko", "--by", "pat@example.org")
    assert "in its source" in run(*source, "--reason", "an insult")
    assert "translated" in run(*source, "--reason", "mended", "--off")


def test_a_build_that_is_refused_names_each_unit(environ, po, session):
    run("catalogs", "import", po(), *IN, "--create", "--as", "approved")
    unit = units_in(session, domain_by_name(session, "demo").id, "ko")[1]
    unit.message.flags = ["max-length:3"]
    session.commit()
    done = CliRunner().invoke(command, ["catalogs", "build", "--domain", "demo", "--json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["refused"] == [
        {"language": "ko", "unit": unit.id, "source": "Only %(left)s days", "reason": "max_length"}
    ]
    plain = CliRunner().invoke(command, ["catalogs", "build", "--domain", "demo"])
    assert "max_length" in plain.stderr
    assert "1 texts cannot be published." in plain.stderr


def test_the_shipped_catalogs_pass_their_checks(environ):
    found = report("check")
    assert found["blocking"] == 0


def test_a_file_with_a_blocking_fault_fails_the_check(environ, po):
    done = CliRunner().invoke(command, ["catalogs", "check", po(left="며칠 안 남았습니다")])
    assert done.exit_code == 1
    assert "demo.po: blocking placeholders" in done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "PO", "--domain", "nowhere", "--language", "ko"), "no domain 'nowhere'"),
        (("import", "PO", "--domain", "demo", "--language", "xx"), "none of this site's languages"),
        (("import", "PO", "--domain", "demo", "--language", "zh-Hans", "--create"), ""),
        (("status", "--domain", "nowhere"), "no domain 'nowhere'"),
        (("build", "--domain", "nowhere"), "no domain 'nowhere'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(environ, po, words, said):
    assert said in rejected("catalogs", *(po() if word == "PO" else word for word in words))


def test_syncing_again_changes_nothing(environ):
    assert "messages: nothing new" in run("catalogs", "sync")


def test_an_account_is_added_once_and_its_password_is_nowhere(environ, session):
    add_person("mina", "translator", "--language", "ko", "--language", "zh-Hans")
    account = session.scalars(select(Account).where(Account.name == "mina")).one()
    assert account.password_hash.startswith("$argon2id$")
    assert [(grant.role, grant.language) for grant in account.grants] == [
        ("translator", "ko"),
        ("translator", "zh-Hans"),
    ]
    listed = run("people", "list")
    assert "mina\ttranslator ko, translator zh-Hans" in listed
    assert "@" not in listed


@pytest.mark.parametrize(
    ("words", "password", "said"),
    [
        (
            ("--name", "mina", "--email", "b@example.org", "--role", "editor"),
            "x" * 12,
            "an account with this name",
        ),
        (("--name", "b", "--email", "mina@example.org", "--role", "editor"), "x" * 12, "address"),
        (("--name", "b", "--email", "nonsense", "--role", "editor"), "x" * 12, "no mail address"),
        (("--name", "b", "--email", "b@example.org", "--role", "editor"), "short", "at least 12"),
        (("--name", "b", "--email", "b@example.org", "--role", "translator"), "x" * 12, "add --language"),
    ],
)
def test_an_account_that_cannot_be_added_is_one_sentence(environ, words, password, said):
    add_person("mina", "editor")
    done = CliRunner().invoke(command, ["people", "add", *words, "--password-stdin"], input=password + "\n")
    assert done.exit_code != 0
    assert said in done.output


def test_somebody_is_invited_by_mail_and_not_twice_to_an_account(environ, session):
    words = ("--email", "new@example.org", "--role", "reviewer", "--language", "ko")
    assert "outbox" in run("people", "invite", *words, "--mail-language", "ko")
    mail = session.scalars(select(OutgoingMail)).one()
    assert (mail.kind, mail.language) == (MailKind.INVITE, "ko")
    assert session.scalars(select(Invitation)).one().roles == [(Role.REVIEWER, "ko")]
    session.rollback()
    add_person("mina", "editor")
    assert "with this address" in rejected(
        "people", "invite", "--email", "mina@example.org", "--role", "editor"
    )
    assert "no mail address" in rejected("people", "invite", "--email", "mina", "--role", "editor")
    assert "add --language" in rejected("people", "invite", *words[:2], "--role", "translator")


def test_roles_are_given_and_taken_back(environ):
    add_person("mina", "translator", "--language", "ko")
    words = ("--email", "mina@example.org", "--role", "reviewer", "--language", "ko")
    assert run("people", "grant", *words) == "mina: translator ko, reviewer ko\n"
    assert "has it already" in rejected("people", "grant", *words)
    assert run("people", "revoke", *words) == "mina: translator ko\n"
    assert "does not have it" in rejected("people", "revoke", *words)
    assert "no account" in rejected("people", "revoke", "--email", "x@example.org", "--role", "editor")
    assert "whole" in run("audit", "verify")


def test_who_lost_password_or_second_factor_is_let_in_again(environ, session):
    add_person("mina", "editor")
    kept = session.scalars(select(Account.password_hash).where(Account.name == "mina")).one()
    session.rollback()
    words = ["people", "set-password", "--email", "mina@example.org", "--password-stdin"]
    assert CliRunner().invoke(command, words, input="short\n").exit_code != 0
    assert CliRunner().invoke(command, words, input="another good password\n").exit_code == 0
    assert session.scalars(select(Account.password_hash).where(Account.name == "mina")).one() != kept
    session.rollback()
    assert "new second factor" in run("people", "reset-second-factor", "--email", "MINA@example.org")


def test_what_is_live_goes_back_to_the_files_that_ship(environ, po, tmp_path):
    back = ("catalogs", "export-live", "--domain", "demo", "--folder", str(tmp_path / "out"))
    run("catalogs", "import", po(), *IN, "--create", "--as", "approved")
    assert run(*back) == "demo: nothing is live\n"
    add_person("Publisher", "publisher")
    number = report("build", "--domain", "demo")["release"]
    by = ("--by", "Publisher@example.org")
    run("catalogs", "publish", "--domain", "demo", "--release", str(number), *by)
    assert "demo ko: written" in run(*back)
    text = (tmp_path / "out" / "ko" / "LC_MESSAGES" / "demo.po").read_text("utf-8")
    assert "청원에 서명하기" in text
    assert "고맙다" not in text
    assert "Publisher" not in text
    assert "demo ko: unchanged" in run(*back)
    run("catalogs", "show-source", *IN, *by, "--reason", "insults")
    assert "demo ko" not in run(*back)
    assert run("releases", "publish-due") == "No release is due.\n"
