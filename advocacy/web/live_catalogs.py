"""The catalogs that pages are served from: compiled, in memory, swapped whole."""

import gettext
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from advocacy.catalogs.baseline import Catalogs


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
class Snapshot:
    """All catalogs of one moment. A page takes one at its start, so that it is never half old, half new."""

    catalogs: Mapping[tuple[str, str], Catalog]

    def catalog(self, domain: str, locale: str) -> Catalog:
        """Return the catalog of `domain` in `locale`, an empty one if there is none."""
        return self.catalogs.get((domain, locale), _EMPTY)


class LiveCatalogs:
    """Holds the newest snapshot and swaps it. `load` returns the MO bytes by (domain, locale)."""

    def __init__(self, load: Callable[[], Catalogs]) -> None:
        self._load = load
        self.snapshot = self._read()

    def reload(self) -> None:
        """Swap to what `load` returns now. If it raises, or a catalog is damaged, the old ones stay."""
        self.snapshot = self._read()

    def _read(self) -> Snapshot:
        return Snapshot({key: Catalog(mo) for key, mo in self._load().items()})
