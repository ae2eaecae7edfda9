"""Settings, read from the environment."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from advocacy.config import Environment, Settings, SettingsError, read_settings

PRODUCTION = {
    "ADVOCACY_ENV": "production",
    "ADVOCACY_SECRET_KEY": "s" * 32,
    "ADVOCACY_BASE_URL": "https://letter.example.org/",
    "SMTP_URL": "smtp://mail.example.org",
}
TELL_SECRET = "from advocacy.config import read_settings; print(read_settings().secret_key)"


def read(folder: Path, **changes: str) -> Settings:
    return read_settings({"ADVOCACY_INSTANCE": str(folder), **changes})


def read_production(folder: Path, **changes: str) -> Settings:
    return read(folder, **{**PRODUCTION, **changes})


def test_development_needs_no_setting(tmp_path):
    settings = read(tmp_path)
    assert settings.in_development
    assert settings.environment is Environment.DEVELOPMENT
    assert settings.base_url == "http://127.0.0.1:8000"
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 4)
    assert settings.database_url == f"sqlite:///{tmp_path / 'advocacy.db'}"
    assert settings.mail_from == "post@127.0.0.1"
    assert settings.mail_folder == tmp_path / "mail"
    assert (settings.smtp_url, settings.hosting_country, settings.trusted_hosts) == (None, None, None)


def test_production_is_what_the_operator_set(tmp_path):
    settings = read_production(tmp_path, ADVOCACY_HOSTING_COUNTRY="DE")
    assert not settings.in_development
    assert settings.secret_key == "s" * 32
    assert settings.base_url == "https://letter.example.org"
    assert settings.trusted_hosts == ["letter.example.org"]
    assert settings.mail_from == "post@letter.example.org"
    assert settings.hosting_country == "DE"
    assert list(tmp_path.iterdir()) == []


def test_a_setting_that_is_empty_is_a_setting_that_is_missing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = [name for name in (*PRODUCTION, "DATABASE_URL") if name != "ADVOCACY_ENV"]
    empty = dict.fromkeys([*names, "ADVOCACY_INSTANCE", "ADVOCACY_HOST", "ADVOCACY_PORT"], "")
    assert read_settings(empty) == read_settings({})
    assert read_settings(empty).instance == tmp_path / "instance"


def test_without_an_argument_the_environment_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("ADVOCACY_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ADVOCACY_PORT", "8080")
    assert read_settings().port == 8080


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ADVOCACY_ENV", "staging", "ADVOCACY_ENV is development or production, not 'staging'."),
        ("ADVOCACY_ENV", "", "ADVOCACY_ENV is development or production, not ''."),
        ("ADVOCACY_PORT", "http", "ADVOCACY_PORT is a whole number from 1 to 65535, not 'http'."),
        ("ADVOCACY_PORT", "0", "ADVOCACY_PORT is a whole number from 1 to 65535, not '0'."),
        ("ADVOCACY_PORT", "-1", "ADVOCACY_PORT is a whole number from 1 to 65535, not '-1'."),
        ("ADVOCACY_PORT", "65536", "ADVOCACY_PORT is a whole number from 1 to 65535, not '65536'."),
        ("ADVOCACY_WORKERS", "1.5", "ADVOCACY_WORKERS is a whole number from 1 to 65535, not '1.5'."),
        ("ADVOCACY_WORKERS", "9" * 5000, "ADVOCACY_WORKERS is a whole number from 1 to 65535, not '9"),
        ("ADVOCACY_BASE_URL", "letter.example.org", "Set ADVOCACY_BASE_URL to the site's public address"),
        ("ADVOCACY_BASE_URL", "ftp://example.org", "Set ADVOCACY_BASE_URL to the site's public address"),
        ("ADVOCACY_BASE_URL", "https://", "Set ADVOCACY_BASE_URL to the site's public address"),
        ("ADVOCACY_BASE_URL", "https://[::1", "Set ADVOCACY_BASE_URL to the site's public address"),
        ("ADVOCACY_HOSTING_COUNTRY", "EU", "ADVOCACY_HOSTING_COUNTRY is a two-letter country code"),
        ("ADVOCACY_HOSTING_COUNTRY", "kr", "ADVOCACY_HOSTING_COUNTRY is a two-letter country code"),
    ],
)
def test_an_unusable_setting_stops_start_up_with_one_sentence(tmp_path, name, value, sentence):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, **{name: value})
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ADVOCACY_SECRET_KEY", "", "Set ADVOCACY_SECRET_KEY to a long random text that stays the same."),
        ("ADVOCACY_SECRET_KEY", "s" * 31, "ADVOCACY_SECRET_KEY needs at least 32 characters in production."),
        ("ADVOCACY_BASE_URL", "", "Set ADVOCACY_BASE_URL to the site's public address"),
        ("SMTP_URL", "", "Set SMTP_URL: in production, signers are asked by mail to confirm."),
    ],
)
def test_production_demands_its_settings_one_sentence_each(tmp_path, name, value, sentence):
    with pytest.raises(SettingsError) as refused:
        read_production(tmp_path, **{name: value})
    assert str(refused.value).startswith(sentence)


def test_a_secret_that_is_set_is_used_in_development_too(tmp_path):
    assert read(tmp_path, ADVOCACY_SECRET_KEY="short").secret_key == "short"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://me@db/letter", "postgresql+psycopg://me@db/letter"),
        ("postgresql://me@db/letter", "postgresql+psycopg://me@db/letter"),
        ("postgresql+psycopg://me@db/letter", "postgresql+psycopg://me@db/letter"),
        ("sqlite:////srv/letter.db", "sqlite:////srv/letter.db"),
    ],
)
def test_a_database_is_reached_by_the_driver_that_is_installed(tmp_path, given, used):
    assert read(tmp_path, DATABASE_URL=given).database_url == used


def test_development_makes_a_secret_once_for_its_owner_only(tmp_path):
    folder = tmp_path / "new" / "instance"
    secret = read(folder).secret_key
    assert len(secret) >= 64
    assert read(folder).secret_key == secret
    assert [file.name for file in folder.iterdir()] == ["secret.key"]
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert read(tmp_path / "other").secret_key != secret


def test_a_process_that_comes_second_takes_the_secret_of_the_first(tmp_path, monkeypatch):
    make_link = os.link

    def be_overtaken(draft, path):
        Path(path).write_text("of the first", "ascii")
        make_link(draft, path)

    monkeypatch.setattr(os, "link", be_overtaken)
    assert read(tmp_path).secret_key == "of the first"
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_processes_that_start_together_keep_one_secret(tmp_path):
    environ = {**os.environ, "ADVOCACY_INSTANCE": str(tmp_path), "ADVOCACY_ENV": "development"}
    environ.pop("ADVOCACY_SECRET_KEY", None)
    command = [sys.executable, "-c", TELL_SECRET]
    started = [subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    told = {process.communicate(timeout=60)[0].strip() for process in started}
    assert told == {(tmp_path / "secret.key").read_text("ascii")}
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_languages_are_added_by_their_tags(tmp_path):
    assert read(tmp_path).languages.by_tag("ar") is None
    settings = read(tmp_path, ADVOCACY_MORE_LANGUAGES="ar, pt-BR")
    assert [one.tag for one in settings.languages][-2:] == ["ar", "pt-BR"]
    with pytest.raises(SettingsError, match=r"ADVOCACY_MORE_LANGUAGES .* not klingon\."):
        read(tmp_path, ADVOCACY_MORE_LANGUAGES="ar klingon")
