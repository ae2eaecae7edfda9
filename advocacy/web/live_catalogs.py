"""The texts that pages are served from: released, compiled, in memory, swapped whole."""

import gettext
import io
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from advocacy.actions.live_domains import FrozenBlock, LiveDomain, NotLiveError
from advocacy.actions.releases import CorruptReleaseError
from advocacy.catalogs.baseline import Catalogs

_log = structlog.get_logger()

_LOOK_EVERY = 1.0
"""Seconds between looks at what is live: one tiny query a second at most, and a swap within two."""


class _UntranslatedError(LookupError):
    """The catalog holds no translation of this message."""


class _Nothing(gettext.NullTranslations):
    """Ends a catalog's chain of fallbacks by saying so, where the standard one returns the source."""

    def gettext(self, message: str) -> str:
        raise _UntranslatedError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        del msgid2, n
        raise _UntranslatedError(msgid1)

    def pgettext(self, context: str, message: str) -> str:
        del context
        raise _UntranslatedError(message)


class Catalog:
    """One domain in one language, made from MO bytes; None for one that has no translations at all."""

    def __init__(self, mo: bytes | None) -> None:
        self._found: gettext.NullTranslations = gettext.GNUTranslations(io.BytesIO(mo)) if mo else _Nothing()
        self._found.add_fallback(_Nothing())

    def translation(self, message: str, *, context: str | None = None) -> str | None:
        """Return the translation of `message`, or None."""
        try:
            if context is not None:
                return self._found.pgettext(context, message)
            return self._found.gettext(message)
        except _UntranslatedError:
            return None

    def plural_translation(self, singular: str, plural: str, number: int) -> str | None:
        """Return the translation in the form that `number` takes, or None."""
        try:
            return self._found.ngettext(singular, plural, number)
        except _UntranslatedError:
            return None


_EMPTY = Catalog(None)


@dataclass(frozen=True, slots=True)
class Edition:
    """One release of one domain, ready to be read: number, blocks if it is an appeal's, catalogs."""

    number: int
    source_language: str
    blocks: tuple[FrozenBlock, ...]
    catalogs: Mapping[str, Catalog]
    in_source: tuple[str, ...] = ()

    def catalog(self, locale: str) -> Catalog:
        """Return the catalog for a locale, an empty one if there is none."""
        return self.catalogs.get(locale, _EMPTY)


_UNPUBLISHED = Edition(0, "", (), {})


def edition_of(domain: LiveDomain) -> Edition:
    """Return a release with its catalogs read."""
    catalogs = {locale: Catalog(mo) for locale, mo in domain.catalogs.items()}
    return Edition(domain.number, domain.source_language, domain.blocks, catalogs, domain.in_source)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All editions of one moment. A page takes one at its start, so that it is never half old, half new."""

    editions: Mapping[str, Edition] = field(default_factory=dict)

    def edition(self, domain: str) -> Edition:
        """Return what is live of a domain, an empty one numbered 0 if nothing is."""
        return self.editions.get(domain, _UNPUBLISHED)

    def catalog(self, domain: str, locale: str) -> Catalog:
        """Return the catalog of `domain` in `locale`, an empty one if there is none."""
        return self.edition(domain).catalog(locale)


class Releases(Protocol):
    """Where releases come from. Both raise SQLAlchemyError while the database is away."""

    def versions(self) -> dict[str, tuple[int, int]]:
        """Return something that changes whenever what is live changes, by domain."""

    def load(self, name: str) -> LiveDomain:
        """Return what is live of a domain. Raises NotLiveError, CorruptReleaseError."""


class LiveCatalogs:
    """Holds the newest snapshot, and looks once a second whether another release is live.

    `shipped` gives the catalogs that came with the software, for a process that has no database yet.
    """

    def __init__(self, shipped: Callable[[], Catalogs], releases: Releases) -> None:
        self._shipped = _editions_of(shipped())
        self._releases = releases
        self._versions: dict[str, tuple[int, int]] = {}
        self._snapshot = Snapshot(self._shipped)
        self._look_at = 0.0
        self._looking = threading.Lock()

    @property
    def snapshot(self) -> Snapshot:
        """The newest snapshot; looks for a newer one if it is time."""
        if time.monotonic() >= self._look_at and self._looking.acquire(blocking=False):
            try:
                self._look_at = time.monotonic() + _LOOK_EVERY
                self.refresh()
            finally:
                self._looking.release()
        return self._snapshot

    def refresh(self) -> None:
        """Swap to what is live now. What cannot be loaded stays as it was."""
        try:
            versions = self._releases.versions()
        except SQLAlchemyError as error:
            _log.warning("catalogs.database_away", type=type(error).__qualname__)
            return
        if versions == self._versions:
            return
        editions = {name: self._snapshot.edition(name) for name in versions if name in self._versions}
        loaded = dict(self._versions)
        for name, version in versions.items():
            if self._versions.get(name) != version and (edition := self._load(name)):
                editions[name], loaded[name] = edition, version
        self._snapshot = Snapshot({**self._shipped, **editions})
        self._versions = {name: version for name, version in loaded.items() if name in versions}

    def _load(self, name: str) -> Edition | None:
        try:
            return edition_of(self._releases.load(name))
        except (
            CorruptReleaseError,
            NotLiveError,
            SQLAlchemyError,
            OSError,
            ValueError,
            LookupError,
        ) as error:
            _log.error("catalogs.not_loaded", domain=name, type=type(error).__qualname__)
            return None


def _editions_of(catalogs: Catalogs) -> dict[str, Edition]:
    domains = {domain for domain, _ in catalogs}
    return {
        domain: Edition(
            0, "", (), {locale: Catalog(mo) for (name, locale), mo in catalogs.items() if name == domain}
        )
        for domain in domains
    }
