"""Catalogs of what is not approved, for one request of one person at work; nothing keeps them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from gettext import c2py

from babel.messages.plurals import get_plural
from sqlalchemy.orm import Session

from advocacy.actions.live_domains import FrozenBlock
from advocacy.models.appeal import blocks_of
from advocacy.models.domain import all_domains
from advocacy.models.wording import Wording, wordings_for
from advocacy.rules.blocks import BlockKind
from advocacy.rules.languages import Language, locale_of
from advocacy.web.live_catalogs import Catalog, Edition


class DraftCatalog(Catalog):
    """A domain's wordings as a catalog that remembers what it was asked for, in order."""

    def __init__(self, wordings: Sequence[Wording], tag: str) -> None:
        super().__init__(None)
        self._wordings = {(one.context, one.msgid): one for one in wordings}
        self._form_of = _form_of(tag)
        self._asked: dict[int, Wording] = {}

    def translation(self, message: str, *, context: str | None = None) -> str | None:
        """Return the text to show of `message`, or None."""
        return self._text(message, context, 0)

    def plural_translation(self, singular: str, plural: str, number: int) -> str | None:
        """Return the text to show in the form that `number` takes, or None."""
        del plural
        return self._text(singular, None, self._form_of(number))

    @property
    def asked(self) -> list[Wording]:
        """What was asked for, each once, in the order of the first time."""
        return list(self._asked.values())

    def block(self, key: str) -> Wording | None:
        """Return the wording of the block with this key, or None."""
        return next((one for (context, _), one in self._wordings.items() if context == key), None)

    def _text(self, message: str, context: str | None, form: int) -> str | None:
        wording = self._wordings.get((context, message))
        if wording is None:
            return None
        self._asked.setdefault(wording.unit_id, wording)
        return wording.texts[form] or None if form < len(wording.texts) else None


class DraftEditions(Mapping[str, Edition]):
    """Every domain as an account would read it in one language, each looked up when it is asked for.

    An appeal has the blocks that it has now, whether or not any release froze them.
    """

    def __init__(self, session: Session, into: Language, account_id: int) -> None:
        self._session, self._into, self._account_id = session, into, account_id
        self._domains = {domain.name: domain for domain in all_domains(session)}
        self._editions: dict[str, Edition] = {}
        self._catalogs: dict[str, DraftCatalog] = {}

    def __getitem__(self, name: str) -> Edition:
        if name not in self._editions:
            self._editions[name] = self._edition(name)
        return self._editions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._domains)

    def __len__(self) -> int:
        return len(self._domains)

    def catalog(self, name: str) -> DraftCatalog:
        """Return a domain's catalog. Raises KeyError."""
        self[name]
        return self._catalogs[name]

    def _edition(self, name: str) -> Edition:
        domain = self._domains[name]
        wordings = wordings_for(self._session, domain.id, self._into.tag, self._account_id)
        self._catalogs[name] = catalog = DraftCatalog(wordings, self._into.tag)
        blocks = tuple(
            FrozenBlock(block["key"], BlockKind(block["kind"]), block["text"])
            for block in blocks_of(self._session, domain.id) or []
        )
        return Edition(0, domain.source_language, blocks, {self._into.locale: catalog})


@lru_cache(maxsize=64)
def _form_of(tag: str) -> Callable[[int], int]:
    """Return what gives the number of the form that a number takes in a language (BCP 47 tag)."""
    form_of: Callable[[int], int] = c2py(get_plural(locale_of(tag)).plural_expr)
    return form_of
