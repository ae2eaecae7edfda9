"""An appeal as a reader sees it: each block in her language, or in its own where it is untranslated."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from advocacy.actions.live_domains import NotLiveError, frozen
from advocacy.models import Appeal, Release
from advocacy.rules.blocks import BlockKind
from advocacy.rules.consents import text_digest
from advocacy.rules.languages import Language
from advocacy.web.live_catalogs import Edition, edition_of
from advocacy.web.locale import language
from advocacy.web.phrases import snapshot
from advocacy.web.site import site


@dataclass(frozen=True, slots=True)
class Passage:
    """One block as shown: `language` is that of `text`; `untranslated` if it should have been another."""

    key: str
    kind: BlockKind
    text: str
    language: Language
    untranslated: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """An appeal's passages in order, as one release has them, in one language as far as it is translated."""

    passages: tuple[Passage, ...]
    source: Language
    release: int
    language: Language

    def first(self, kind: BlockKind | str) -> Passage | None:
        """Return the first passage of a kind (templates give its name), or None."""
        return next((passage for passage in self.passages if passage.kind == kind), None)

    @property
    def title(self) -> Passage:
        """The title; every appeal has one."""
        return next(passage for passage in self.passages if passage.kind is BlockKind.TITLE)

    @property
    def summary(self) -> str:
        """The first paragraph, for search engines and previews."""
        first = self.first(BlockKind.PARAGRAPH)
        return first.text if first else self.title.text

    @property
    def body(self) -> tuple[Passage, ...]:
        """What is read between title and signature."""
        apart = (BlockKind.TITLE, BlockKind.ROLE, BlockKind.SIGNER, BlockKind.JOIN)
        return tuple(passage for passage in self.passages if passage.kind not in apart)

    @property
    def lead(self) -> tuple[Passage, ...]:
        """The body up to and with the call to act, before which nobody is asked to sign."""
        return self.body[: self._end_of_lead]

    @property
    def rest(self) -> tuple[Passage, ...]:
        """The body after the lead."""
        return self.body[self._end_of_lead :]

    @property
    def _end_of_lead(self) -> int:
        kinds = [passage.kind for passage in self.body]
        return kinds.index(BlockKind.ASK) + 1 if BlockKind.ASK in kinds else len(kinds)

    @property
    def has_untranslated(self) -> bool:
        """Whether the reader meets text that nobody has put into her language."""
        return any(passage.untranslated for passage in self.passages)

    @property
    def text_hash(self) -> str:
        """SHA-256 (hex) of the text as shown, so that a signature can name what was signed."""
        return text_digest(passage.text for passage in self.passages)


def is_published(appeal: Appeal) -> bool:
    """Whether readers can see anything of the appeal."""
    return bool(snapshot().edition(appeal.domain.name).blocks)


def letter_of(appeal: Appeal) -> Letter:
    """Return the appeal in the request's language, as it is live. Raises NotLiveError."""
    return letter_from(snapshot().edition(appeal.domain.name))


def letter_of_release(session: Session, appeal: Appeal, number: int) -> Letter:
    """Return the appeal in the request's language, as this release of it had it. Raises NotLiveError."""
    live = snapshot().edition(appeal.domain.name)
    if live.number == number and language().tag not in live.in_source:
        return letter_from(live)
    release = Release.numbered(session, appeal.domain_id, number)
    if release is None or release.confirmed_at is None:
        raise NotLiveError(appeal.domain.name)
    return letter_from(edition_of(frozen(release)))


def letter_in_source(session: Session, appeal: Appeal, number: int) -> Letter:
    """Return the appeal as this release had it, in its own language. Raises NotLiveError."""
    release = Release.numbered(session, appeal.domain_id, number)
    if release is None or release.confirmed_at is None:
        raise NotLiveError(appeal.domain.name)
    return letter_from(edition_of(frozen(release, without=[language().tag])))


def letter_from(edition: Edition) -> Letter:
    """Return an edition in the request's language. Raises NotLiveError if it holds no appeal."""
    if not edition.blocks:
        raise NotLiveError("appeal")
    wanted = language()
    source = site().languages.by_tag(edition.source_language) or site().languages.source
    catalog = edition.catalog(wanted.locale)
    passages = []
    for block in edition.blocks:
        translated = None if wanted == source else catalog.translation(block.text, context=block.key)
        in_source = translated is None or translated == block.text  # a name may stay as it is
        passages.append(
            Passage(
                block.key,
                block.kind,
                translated or block.text,
                source if in_source else wanted,
                untranslated=translated is None and wanted != source,
            )
        )
    in_source = wanted != source and wanted.tag in edition.in_source
    return Letter(tuple(passages), source, edition.number, source if in_source else wanted)
