"""Building a language of a release: PO and MO from reviewed texts, proved before anybody sees them."""

import gettext
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.messages.plurals import get_plural

from advocacy.catalogs.entries import Entry, catalog_of
from advocacy.catalogs.mo_writing import mo_bytes
from advocacy.catalogs.po_writing import po_bytes
from advocacy.rules.languages import Language
from advocacy.rules.placeholders import StrayPercentError, placeholders


@dataclass(frozen=True, slots=True)
class BuiltCatalog:
    """A language of a release: its files, their SHA-256 (hex), and how much of it is translated."""

    po: bytes
    mo: bytes
    po_hash: str
    mo_hash: str
    messages: int
    translated: int


class UnprovenError(ValueError):
    """A catalog that does not say what was put into it, or a text that breaks where it is filled in."""

    def __init__(self, entry: Entry, reason: str) -> None:
        super().__init__(f"{entry.msgid!r}: {reason}")
        self.entry = entry
        self.reason = reason


def build_catalog(domain: str, language: Language, entries: Sequence[Entry], *, at: datetime) -> BuiltCatalog:
    """Return the catalog of `entries`, those with a text and those without. Raises UnprovenError.

    The same entries at the same moment give the same bytes, on every machine.
    """
    metadata = header(domain, language, at)
    po, mo = po_bytes(catalog_of(entries, metadata), f"{domain}.po"), mo_bytes(entries, metadata)
    translated = [entry for entry in entries if entry.is_done]
    _prove(mo, translated)
    return BuiltCatalog(po, mo, digest(po), digest(mo), len(entries), len(translated))


def header(domain: str, language: Language, at: datetime) -> dict[str, str]:
    """Return the header's fields; nobody's name or address is among them."""
    plural = get_plural(language.locale)
    return {
        "Project-Id-Version": domain,
        "PO-Revision-Date": at.strftime("%Y-%m-%d %H:%M+0000"),
        "Last-Translator": "volunteers",
        "Language-Team": language.endonym,
        "Language": language.locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals={plural.num_plurals}; plural={plural.plural_expr};",
        "X-Domain": domain,
    }


def digest(content: bytes) -> str:
    """Return the SHA-256 (hex) of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def _prove(mo: bytes, entries: Sequence[Entry]) -> None:
    """Read the MO file as the site does, and fill every text in once with sample values."""
    said = gettext.GNUTranslations(io.BytesIO(mo))._catalog  # type: ignore[attr-defined]  # noqa: SLF001  no other way to each form
    for entry in entries:
        key = entry.msgid if entry.context is None else f"{entry.context}\x04{entry.msgid}"
        for number, text in enumerate(entry.texts):
            found = said.get((key, number)) if entry.msgid_plural is not None else said.get(key)
            if found != text:
                raise UnprovenError(entry, "the compiled catalog says something else")
            _fill_in(entry, text)


def _fill_in(entry: Entry, text: str) -> None:
    sources = [source for source in (entry.msgid, entry.msgid_plural) if source]
    try:
        known = frozenset().union(*(placeholders(source) for source in sources))
    except StrayPercentError:  # a source with a percent sign of its own is never filled in
        return
    if not known:
        return
    try:
        unknown = placeholders(text) - known - {"num"}  # first: a width in it could fill the memory
        if not unknown:
            text % dict.fromkeys(known | {"num"}, "⁂")
    except (ValueError, TypeError, KeyError) as error:
        raise UnprovenError(entry, f"it cannot be filled in: {error}") from None
    if unknown:
        raise UnprovenError(entry, f"it asks for what is not given: {', '.join(sorted(unknown))}")
