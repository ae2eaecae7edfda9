from dataclasses import replace

from sqlalchemy import select

from advocacy import ROOT
from advocacy.actions.close_appeal import close_appeal
from advocacy.actions.import_appeal import import_appeal
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.catalogs.outline import Outline, OutlineBlock, read_outline
from advocacy.models import AppealState, Domain, Message, Unit
from advocacy.models.appeal import appeal_by_slug
from advocacy.models.unit import units_in
from advocacy.rules.blocks import BlockKind
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.translation import UnitStatus
from tests.factories import NOW, make_approved

SHIPPED = ROOT / "appeals" / "save-north-koreans.toml"
OUTLINE = Outline(
    "small",
    "en",
    None,
    10,
    (
        OutlineBlock("title", BlockKind.TITLE, "Help", ""),
        OutlineBlock("why", BlockKind.PARAGRAPH, "Because.", "For translators"),
    ),
)


def counts(report) -> tuple[int, int, int]:
    return report.messages.new, report.messages.changed, report.messages.gone


def take(session, outline):
    report = import_appeal(session, outline, LANGUAGES, now=NOW)
    session.commit()
    return report


def texts(session) -> list[str]:
    return [block.message.msgid for block in appeal_by_slug(session, "small").blocks]


def statuses(session, msgid) -> set[UnitStatus]:
    query = select(Unit.status).join(Message, Message.id == Unit.message_id).where(Message.msgid == msgid)
    return set(session.scalars(query))


def test_an_import_makes_the_appeal_its_messages_and_a_unit_a_language(session):
    report = take(session, OUTLINE)
    assert (report.created, *counts(report)) == (True, 2, 0, 0)
    assert texts(session) == ["Help", "Because."]
    languages = session.scalars(select(Unit.language).join(Message).where(Message.msgid == "Because."))
    assert sorted(languages) == ["ko", "zh-Hans", "zh-Hant"]


def test_a_second_import_changes_nothing(session):
    take(session, OUTLINE)
    report = take(session, OUTLINE)
    assert (report.created, *counts(report)) == (False, 0, 0, 0)


def test_a_changed_block_keeps_its_message_and_outdates_its_translations(session):
    take(session, OUTLINE)
    domain = session.scalars(select(Domain).where(Domain.name == "appeal-small")).one()
    (unit,) = [unit for unit in units_in(session, domain.id, "ko") if unit.message.msgid == "Because."]
    make_approved(session, unit, "때문입니다.")
    number = session.scalars(select(Message.id).where(Message.msgid == "Because.")).one()
    changed = replace(OUTLINE, blocks=(OUTLINE.blocks[0], replace(OUTLINE.blocks[1], text="Because of her.")))
    report = take(session, changed)
    assert (report.messages.new, report.messages.changed, report.messages.gone) == (0, 1, 0)
    assert session.scalars(select(Message.id).where(Message.msgid == "Because of her.")).one() == number
    assert statuses(session, "Because of her.") == {UnitStatus.OUTDATED, UnitStatus.UNTRANSLATED}


def test_a_block_left_out_leaves_the_letter_and_comes_back_as_it_was(session):
    take(session, OUTLINE)
    shorter = replace(OUTLINE, blocks=OUTLINE.blocks[:1])
    assert take(session, shorter).messages.gone == 1
    assert texts(session) == ["Help"]
    assert take(session, OUTLINE).messages.new == 0
    assert texts(session) == ["Help", "Because."]


def test_blocks_can_change_places(session):
    take(session, OUTLINE)
    take(session, replace(OUTLINE, blocks=OUTLINE.blocks[::-1]))
    assert texts(session) == ["Because.", "Help"]


def test_a_closed_appeal_stays_closed(session):
    take(session, OUTLINE)
    close_appeal(appeal_by_slug(session, "small"), today=NOW.date())
    session.commit()
    take(session, replace(OUTLINE, goal=20))
    assert (appeal_by_slug(session, "small").state, appeal_by_slug(session, "small").goal) == (
        AppealState.CLOSED,
        20,
    )


def test_every_unit_of_the_shipped_domains_is_approved(session):
    query = select(Domain.name, Unit.status).select_from(Unit).join(Message).join(Domain).distinct()
    assert {(name, status) for name, status in session.execute(query)} == {
        ("messages", UnitStatus.APPROVED),
        (read_outline(SHIPPED, LANGUAGES).domain, UnitStatus.APPROVED),
    }


def test_an_interface_message_that_changes_is_another_message(session):
    domain = Domain.named(session, "small", source_language="en")
    sync_messages(session, domain, [Source(None, "Sign")], LANGUAGES)
    report = sync_messages(session, domain, [Source(None, "Sign here")], LANGUAGES)
    assert (report.new, report.changed, report.gone) == (1, 0, 1)
    assert statuses(session, "Sign here") == {UnitStatus.UNTRANSLATED}
