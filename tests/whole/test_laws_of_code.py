"""Laws over the repository: settings, migrations, commands, locks."""

import re
from contextlib import suppress
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, requires

import click
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from packaging.requirements import Requirement
from sqlalchemy import create_engine, inspect

from advocacy import ROOT, create_app
from advocacy.cli import command
from advocacy.config import Settings, read_settings
from advocacy.extensions import Base, db

PRODUCTION = {
    "ADVOCACY_ENV": "production",
    "ADVOCACY_SECRET_KEY": "k" * 40,
    "ADVOCACY_BASE_URL": "https://letter.example.org",
    "SMTP_URL": "smtp://127.0.0.1:1",
}


def settings_read() -> set[str]:
    source = (ROOT / "advocacy" / "config.py").read_text("utf-8")
    return set(re.findall(r'"((?:ADVOCACY_|DATABASE_|SMTP_|REDIS_)[A-Z_]+)"', source))


def test_every_setting_is_documented_and_every_documented_one_is_read():
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    documented = set(re.findall(r"^## `([A-Z_]+)`", page, re.MULTILINE))
    assert documented == settings_read()
    assert len(documented) == len(fields(Settings))


def test_migrations_make_what_the_models_say_and_can_be_undone(tmp_path, new_database):
    environ = {"ADVOCACY_INSTANCE": str(tmp_path), **new_database("migrations")}
    app = create_app(read_settings(environ))
    folder = str(ROOT / "migrations")
    with app.app_context():
        upgrade(directory=folder)
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
        checks = inspect(db.engine).get_check_constraints("signatures")
        assert "ck_signatures_live_has_digest" in {check["name"] for check in checks}
        downgrade(directory=folder, revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade(directory=folder)
        db.engine.dispose()


def test_sqlite_waits_its_turn_and_keeps_its_promises(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.connect() as connection:
        ask = lambda name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()  # noqa: E731
        assert (ask("journal_mode"), ask("foreign_keys"), ask("synchronous")) == ("wal", 1, 2)
        assert ask("busy_timeout") >= 5000
    engine.dispose()


def all_commands(group: click.Group, path: tuple[str, ...] = ()):
    for name, part in group.commands.items():
        if isinstance(part, click.Group):
            yield from all_commands(part, (*path, name))
        else:
            yield " ".join((*path, name)), part


def test_every_command_explains_itself_with_an_example():
    found = dict(all_commands(command))
    assert {"up", "serve", "mail work", "appeals import", "catalogs extract", "signatures recount"} <= set(
        found
    )
    for name, part in found.items():
        assert f"advocacy {name}" in part.help.split("Example:")[1], name


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_every_locked_dependency_has_its_hash_and_no_address(name):
    text = (ROOT / "requirements" / name).read_text("utf-8")
    packages = re.findall(r"^[a-zA-Z0-9].*", text, re.MULTILINE)
    assert len(packages) > 20
    assert all(re.match(r"[\w.\-\[\]]+==[\w.]+ (;.*)?\\$", line) for line in packages)
    assert text.count("--hash=sha256:") >= len(packages)
    assert "://" not in text


def test_production_has_no_mailbox_and_no_conveniences(tmp_path):
    app = create_app(read_settings({**PRODUCTION, "ADVOCACY_INSTANCE": str(tmp_path)}))
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert not [rule for rule in rules if rule.startswith("/dev")]
    host = {"base_url": "https://letter.example.org"}
    client = app.test_client()
    assert client.get("/dev/mailbox", **host).status_code == 404
    answer = client.get("/healthz", **host)
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_production_answers_to_its_own_name_only(tmp_path):
    app = create_app(read_settings({**PRODUCTION, "ADVOCACY_INSTANCE": str(tmp_path)}))
    assert app.test_client().get("/healthz", base_url="https://evil.example").status_code == 400


def test_the_wsgi_module_gives_the_application(tmp_path, monkeypatch):
    monkeypatch.setenv("ADVOCACY_INSTANCE", str(tmp_path))
    namespace: dict[str, object] = {}
    exec((ROOT / "wsgi.py").read_text("utf-8"), namespace)
    assert namespace["app"].test_client().get("/healthz").text == "ok\n"


def test_extras_that_a_dependency_asks_for_are_locked_with_it():
    # pip would otherwise look for the newest version with that extra, and refuse it for want of a hash.
    locked = set(
        re.findall(
            r"^([\w.-]+(?:\[[\w,-]+\])?)==", (ROOT / "requirements/test.txt").read_text(), re.MULTILINE
        )
    )
    asked = set()
    for name in {entry.partition("[")[0] for entry in locked}:
        with suppress(PackageNotFoundError):  # some are of other systems
            for text in requires(name) or []:
                found = Requirement(text)
                if found.extras and (found.marker is None or found.marker.evaluate({"extra": ""})):
                    asked.add(f"{found.name}[{','.join(sorted(found.extras))}]")
    assert "coverage[toml]" in asked
    assert asked <= locked
