"""Appeals that people read and sign in their own language, without being put in danger."""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from advocacy import account, public, staff, translate
from advocacy.catalogs.baseline import compile_baseline
from advocacy.config import Settings, SettingsError, read_settings
from advocacy.extensions import babel, compress, csrf, db, engine_options, migrate
from advocacy.vault.keys import KeyFolder
from advocacy.vault.safe import Safe
from advocacy.web import machines, mailbox
from advocacy.web.access import guard
from advocacy.web.addresses import route_languages
from advocacy.web.assets import Assets
from advocacy.web.database_releases import DatabaseReleases
from advocacy.web.errors import handle_errors
from advocacy.web.headers import add_headers
from advocacy.web.keeping import cache_pages
from advocacy.web.limits import Limits
from advocacy.web.live_catalogs import LiveCatalogs
from advocacy.web.locale import locale_name
from advocacy.web.logs import LoggedFlask, log_requests, set_up_logs
from advocacy.web.memories import Memories
from advocacy.web.page_cache import PageCache
from advocacy.web.people import know_people
from advocacy.web.phrases import DOMAIN
from advocacy.web.presence import Presence
from advocacy.web.site import Site, attach
from advocacy.web.standings import Standings
from advocacy.web.templating import set_up_templates

ROOT = Path(__file__).parents[1]
"""The folder that holds the package, its translations and its migrations."""

_LARGEST_POST = 64 * 1024
"""Bytes; the sign form needs two thousand."""


def create_app(settings: Settings | None = None, *, answers_the_web: bool = True) -> Flask:
    """Return the application, wired; settings come from the environment unless given.

    In production, one that answers the web must not be able to read a private key. Raises SettingsError
    or CatalogError: what cannot work, or must not, does not start.
    """
    settings = settings or read_settings()
    keys = KeyFolder(settings.keys)
    if answers_the_web and not settings.in_development and (readable := keys.readable_private_files()):
        raise SettingsError(
            f"The web must not be able to read {', '.join(readable)} in {settings.keys.name}/: "
            "leave the mail key to the mail worker's user and move the delivery key off this machine."
        )
    set_up_logs()
    app = LoggedFlask("advocacy", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=_LARGEST_POST,
        MAX_FORM_MEMORY_SIZE=_LARGEST_POST,
        TRUSTED_HOSTS=settings.trusted_hosts,
        SESSION_COOKIE_SECURE=not settings.in_development,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # web.access decides for each view
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a text can take longer than an hour to write
        WTF_I18N_ENABLED=False,
        COMPRESS_REGISTER=False,  # web.headers decides for each answer
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIMETYPES=["text/html", "text/css", "image/svg+xml", "application/xml"],
    )
    settings.instance.mkdir(parents=True, exist_ok=True)
    site = Site(
        settings=settings,
        languages=settings.languages,
        catalogs=LiveCatalogs(lambda: compile_baseline(ROOT / "translations"), DatabaseReleases(app)),
        assets=Assets(ROOT / "advocacy" / "static"),
        keys=keys,
        safe=Safe(keys),
        limits=Limits(settings.redis_url, calm=settings.calm_forms),
        memories=Memories(),
        standings=Standings(),
        presence=Presence(settings.redis_url),
        pages=PageCache(settings.page_seconds),
    )
    attach(app, site)
    _bind_extensions(app)
    _serve(app, site)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    compress.init_app(app)
    babel.init_app(app, locale_selector=locale_name)
    babel.domain_instance = DOMAIN


def _serve(app: Flask, site: Site) -> None:
    log_requests(app)
    cache_pages(app)
    route_languages(app, site.languages)
    know_people(app)
    guard(app)
    add_headers(app)
    handle_errors(app)
    set_up_templates(app)
    for face in (public, account, staff, translate):
        face.register(app)
    app.register_blueprint(machines.pages)
    if site.settings.in_development:
        app.jinja_env.undefined = StrictUndefined
        app.register_blueprint(mailbox.pages)
