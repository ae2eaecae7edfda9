"""What readers see, as entries, to be written back to the files that ship."""

from sqlalchemy.orm import Session

from advocacy.actions.releases import NotLiveError, demand_whole
from advocacy.catalogs.entries import Entry, entries_of
from advocacy.catalogs.po_files import parse_po
from advocacy.models import Domain
from advocacy.models.release import live_now


def live_entries(session: Session, domain: Domain) -> dict[str, tuple[Entry, ...]]:
    """Return every message of the live release in each language (BCP 47 tag), in its order.

    A language that is switched to the source is left out: its translation is what must not spread. Raises
    NotLiveError, CorruptReleaseError.
    """
    live = live_now(session, domain.id)
    if live is None:
        raise NotLiveError(domain.name)
    demand_whole(live.release)
    return {
        catalog.language: entries_of(parse_po(catalog.po, f"release {live.release.number}"))
        for catalog in live.release.catalogs
        if catalog.language not in live.in_source
    }
