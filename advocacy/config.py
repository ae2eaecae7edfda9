"""Settings, read once from the environment and never changed. docs/settings.md explains each."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from advocacy.rules.countries import CODES
from advocacy.rules.languages import Languages, UnknownTagError, with_more

_MINIMUM_SECRET = 32
_LARGEST_NUMBER = 65535


class SettingsError(Exception):
    """A setting is missing or unusable; the message is one sentence for the operator."""


class Environment(StrEnum):
    """What the process is run for."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an operator decides. Addresses are URLs; `instance` and `keys` are folders.

    `more_languages` are the tags of those added to the ones that ship.
    """

    environment: Environment
    instance: Path
    secret_key: str = field(repr=False)
    base_url: str
    host: str
    port: int
    workers: int
    database_url: str = field(repr=False)
    smtp_url: str | None = field(repr=False)
    mail_from: str
    hosting_country: str | None
    keys: Path
    redis_url: str | None = field(repr=False)
    trusted_proxies: int
    calm_forms: int
    page_seconds: int
    onion: str | None
    controller: str | None
    more_languages: tuple[str, ...]

    @property
    def in_development(self) -> bool:
        """Whether conveniences that would be dangerous in public are on."""
        return self.environment is Environment.DEVELOPMENT

    @property
    def languages(self) -> Languages:
        """The languages of the site: those that ship, and those that were added."""
        return with_more(self.more_languages)

    @property
    def trusted_hosts(self) -> list[str] | None:
        """The only hosts that a request may name in production; any in development."""
        if self.in_development:
            return None
        return [urlsplit(url).hostname or "" for url in (self.base_url, self.onion) if url]

    @property
    def mail_folder(self) -> Path:
        """Where mail is written while no SMTP server is set (development only)."""
        return self.instance / "mail"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in `environ` (the process's own by default). Raises SettingsError.

    In development a missing secret is made once and kept in the instance folder.
    """
    values = os.environ if environ is None else environ
    environment = _environment(values.get("ADVOCACY_ENV", Environment.DEVELOPMENT))
    production = environment is Environment.PRODUCTION
    instance = Path(values.get("ADVOCACY_INSTANCE") or "instance").resolve()
    host, port = values.get("ADVOCACY_HOST") or "127.0.0.1", _number(values, "ADVOCACY_PORT", 8000)
    smtp_url = values.get("SMTP_URL") or None
    if production and not smtp_url:
        raise SettingsError("Set SMTP_URL: in production, signers are asked by mail to confirm.")
    base_url = values.get("ADVOCACY_BASE_URL") or ("" if production else f"http://{host}:{port}")
    return Settings(
        environment=environment,
        instance=instance,
        secret_key=_secret(values.get("ADVOCACY_SECRET_KEY"), instance, production=production),
        base_url=_base_url(base_url),
        host=host,
        port=port,
        workers=_number(values, "ADVOCACY_WORKERS", 4),
        database_url=_database_url(values.get("DATABASE_URL"), instance),
        smtp_url=smtp_url,
        mail_from=values.get("ADVOCACY_MAIL_FROM") or f"post@{urlsplit(base_url).hostname}",
        keys=Path(values.get("ADVOCACY_KEYS") or instance / "keys").resolve(),
        redis_url=values.get("REDIS_URL") or None,
        trusted_proxies=_number(values, "ADVOCACY_TRUSTED_PROXIES", 0, least=0),
        calm_forms=_number(values, "ADVOCACY_CALM_FORMS", 30, least=0),
        page_seconds=_number(values, "ADVOCACY_PAGE_SECONDS", 1, least=0),
        controller=values.get("ADVOCACY_CONTROLLER") or None,
        onion=_onion(values.get("ADVOCACY_ONION")),
        more_languages=_more_languages(values.get("ADVOCACY_MORE_LANGUAGES")),
        hosting_country=_hosting_country(values.get("ADVOCACY_HOSTING_COUNTRY")),
    )


def _environment(name: str) -> Environment:
    try:
        return Environment(name)
    except ValueError:
        raise SettingsError(f"ADVOCACY_ENV is development or production, not {name!r}.") from None


def _number(values: Mapping[str, str], name: str, default: int, *, least: int = 1) -> int:
    text = values.get(name) or str(default)
    if text.isdecimal() and len(text) <= len(str(_LARGEST_NUMBER)) and least <= int(text) <= _LARGEST_NUMBER:
        return int(text)
    raise SettingsError(f"{name} is a whole number from {least} to {_LARGEST_NUMBER}, not {text!r}.")


def _base_url(text: str) -> str:
    with suppress(ValueError):  # what urlsplit says to half an IPv6 address
        parts = urlsplit(text)
        if parts.scheme in ("http", "https") and parts.hostname:
            return text.rstrip("/")
    raise SettingsError(
        "Set ADVOCACY_BASE_URL to the site's public address, like https://letter.example.org."
    )


def _more_languages(tags: str | None) -> tuple[str, ...]:
    wanted = (tags or "").replace(",", " ").split()
    try:
        with_more(wanted)
    except UnknownTagError as unknown:
        raise SettingsError(
            f"ADVOCACY_MORE_LANGUAGES holds language tags like ar or pt-BR, not {unknown}."
        ) from None
    return tuple(wanted)


def _onion(text: str | None) -> str | None:
    if not text:
        return None
    with suppress(ValueError):
        parts = urlsplit(text)
        if parts.scheme in ("http", "https") and (parts.hostname or "").endswith(".onion"):
            return text.rstrip("/")
    raise SettingsError(f"ADVOCACY_ONION is the site's onion address, like http://abc.onion, not {text!r}.")


def _database_url(text: str | None, instance: Path) -> str:
    if not text:
        return f"sqlite:///{instance / 'advocacy.db'}"
    scheme, _, rest = text.partition("://")
    if scheme in ("postgres", "postgresql"):  # the driver that is installed
        return f"postgresql+psycopg://{rest}"
    return text


def _hosting_country(code: str | None) -> str | None:
    if code and code not in CODES:
        raise SettingsError(f"ADVOCACY_HOSTING_COUNTRY is a two-letter country code like KR, not {code!r}.")
    return code or None


def _secret(text: str | None, instance: Path, *, production: bool) -> str:
    if text:
        if production and len(text) < _MINIMUM_SECRET:
            raise SettingsError(
                f"ADVOCACY_SECRET_KEY needs at least {_MINIMUM_SECRET} characters in production."
            )
        return text
    if production:
        raise SettingsError("Set ADVOCACY_SECRET_KEY to a long random text that stays the same.")
    return _kept_secret(instance / "secret.key")


def _kept_secret(path: Path) -> str:
    """Return the secret in `path`, making it first if it is not there; safe if several processes do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600 from the start
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
            with suppress(FileExistsError):  # another process was first: then its secret is the one
                os.link(draft, path)
        finally:
            Path(draft).unlink()
    return path.read_text("ascii")
