"""A small appeal of a test's own, swept away after it."""

from advocacy.actions.import_appeal import import_appeal
from advocacy.catalogs.outline import Outline, OutlineBlock
from advocacy.models import Appeal
from advocacy.models.appeal import appeal_by_slug
from advocacy.models.unit import units_in
from advocacy.rules.blocks import BlockKind
from advocacy.rules.languages import LANGUAGES
from tests.factories import NOW, make_approved

OTHER = "other-letter"
TITLE, ASK = "Save teh people", "Please help 30 people."
KOREAN = {"title": "사람들을 구해 주세요", "ask": "30명을 도와주세요."}


def outline(**texts: str) -> Outline:
    """The appeal's file, with other texts for its blocks where given."""
    blocks = (
        OutlineBlock("title", BlockKind.TITLE, texts.get("title", TITLE), ""),
        OutlineBlock("ask", BlockKind.ASK, texts.get("ask", ASK), "Stands alone."),
    )
    return Outline(OTHER, "en", None, 10, blocks)


def make_letter(session) -> Appeal:
    """The appeal, translated into Korean."""
    import_appeal(session, outline(), LANGUAGES, now=NOW)
    appeal = appeal_by_slug(session, OTHER)
    for unit in units_in(session, appeal.domain_id, "ko"):
        make_approved(session, unit, KOREAN[unit.message.context])
    session.commit()
    return appeal
