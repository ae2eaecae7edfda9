"""Where a text stands on the public pages, as people at work see them: with what waits for review."""

from flask import url_for
from sqlalchemy.orm import Session

from advocacy.models import Unit
from advocacy.models.domain import INTERFACE
from advocacy.models.sighting import sightings_of
from advocacy.rules.languages import Language


def path_in_place(into: Language, path: str, anchor: str | None = None) -> str:
    """Return the address of a public page (its path without the language) in place."""
    if not path:
        return url_for("in_place.show_first", into=into, _anchor=anchor)
    return url_for("in_place.show", into=into, path=path, _anchor=anchor)


def anchor_of(unit_id: int) -> str:
    """Return the id of what leads from a block in place to its unit (by id)."""
    return f"unit-{unit_id}"


def seen_in_place(
    session: Session, unit: Unit, into: Language, *, domain: str, appeal: str | None
) -> str | None:
    """Return the address where the unit is seen in place: its block, or the page where it was last seen.

    `domain` is the name of its domain, `appeal` the slug of the appeal whose domain that is, if it is one's.
    """
    if appeal is not None:
        return path_in_place(into, f"appeals/{appeal}", anchor_of(unit.id))
    if domain != INTERFACE:
        return None
    found = sightings_of(session, [unit.message_id]).get(unit.message_id)
    return path_in_place(into, found.path, anchor_of(unit.id)) if found else None
