"""What is live, as a process that serves pages needs it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from advocacy.actions.releases import NotLiveError as NotLiveError
from advocacy.actions.releases import demand_whole
from advocacy.models import Release
from advocacy.models.release import live_by_name
from advocacy.rules.blocks import BlockKind
from advocacy.rules.languages import locale_of


@dataclass(frozen=True, slots=True)
class FrozenBlock:
    """A block of an appeal as a release froze it: stable key, kind, source text."""

    key: str
    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class LiveDomain:
    """A release to serve: its number, for an appeal its blocks, and MO bytes by locale.

    `in_source` are the languages (BCP 47 tags) that are switched to the source for now.
    """

    name: str
    number: int
    source_language: str
    blocks: tuple[FrozenBlock, ...]
    catalogs: dict[str, bytes]
    in_source: tuple[str, ...] = ()


def live_domain(session: Session, name: str) -> LiveDomain:
    """Return what readers see of a domain now; a language switched to its source has no catalog.

    Raises NotLiveError, CorruptReleaseError.
    """
    live = live_by_name(session, name)
    if live is None:
        raise NotLiveError(name)
    return frozen(live.release, without=live.in_source)


def frozen(release: Release, *, without: list[str] | None = None) -> LiveDomain:
    """Return a release as it would be served. Raises CorruptReleaseError."""
    demand_whole(release)
    blocks = tuple(
        FrozenBlock(block["key"], BlockKind(block["kind"]), block["text"]) for block in release.outline or []
    )
    catalogs = {
        locale_of(catalog.language): catalog.mo
        for catalog in release.catalogs
        if catalog.language not in (without or [])
    }
    return LiveDomain(
        release.domain.name,
        release.number,
        release.domain.source_language,
        blocks,
        catalogs,
        tuple(without or ()),
    )
