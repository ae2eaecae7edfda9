"""What the factory made for this application, typed, for whoever serves a request."""

from dataclasses import dataclass

from flask import Flask, current_app

from advocacy.config import Settings
from advocacy.rules.languages import Languages
from advocacy.vault.keys import KeyFolder
from advocacy.vault.safe import Safe
from advocacy.web.assets import Assets
from advocacy.web.limits import Limits
from advocacy.web.live_catalogs import LiveCatalogs
from advocacy.web.memories import Memories
from advocacy.web.page_cache import PageCache
from advocacy.web.presence import Presence
from advocacy.web.standings import Standings

_KEY = "advocacy"


@dataclass(frozen=True, slots=True)
class Site:
    """One application's own parts."""

    settings: Settings
    languages: Languages
    catalogs: LiveCatalogs
    assets: Assets
    keys: KeyFolder
    safe: Safe
    limits: Limits
    memories: Memories
    standings: Standings
    presence: Presence
    pages: PageCache


def attach(app: Flask, site: Site) -> None:
    """Give `app` its parts."""
    app.extensions[_KEY] = site


def site() -> Site:
    """Return the current application's parts."""
    found: Site = current_app.extensions[_KEY]
    return found
