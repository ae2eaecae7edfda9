"""What a source edited at the desk does: to translations, people, the appeal's file, and what is live."""

import pytest
from sqlalchemy import select

from advocacy import ROOT
from advocacy.actions.correct_urgently import NothingToCorrectError, correct_urgently
from advocacy.actions.decide_as_seen import ChangedMeanwhileError
from advocacy.actions.edit_source import (
    Edit,
    SettledBeforeError,
    confirm_typo,
    edit_source,
    effects,
    refuse_typo,
)
from advocacy.actions.import_appeal import import_appeal, outline_of
from advocacy.actions.live_domains import live_domain
from advocacy.actions.releases import NotLiveError, build_release, confirm_release
from advocacy.actions.take_baseline import take_baseline
from advocacy.catalogs.outline import outline_text, read_outline
from advocacy.models import AuditEntry, Notice, Release
from advocacy.models.appeal import appeal_by_slug
from advocacy.models.translation import approved_in
from advocacy.models.typo_claim import claim_waiting
from advocacy.models.unit import unit_of
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Role
from advocacy.rules.review import ReasonMissingError, SelfConfirmationError
from advocacy.rules.source_edits import Effect, SourceRefusedError
from advocacy.rules.translation import UnitStatus
from tests.factories import NOW, make_account
from tests.letters import ASK, KOREAN, OTHER, TITLE, make_letter, outline

MENDED = "Save the people"


@pytest.fixture
def appeal(session):
    return make_letter(session)


@pytest.fixture
def one(session):
    return make_account(session, (Role.EDITOR, None))


@pytest.fixture
def other(session):
    return make_account(session, (Role.PUBLISHER, None))


def block(appeal, key="title"):
    return next(one for one in appeal.blocks if one.key == key)


def edit(session, appeal, text, by, *, key="title", typo=False, seen=None):
    of = block(appeal, key)
    asked = Edit(text, seen or of.message.source_hash, meaning_changed=not typo, reason="A typo." * typo)
    return edit_source(session, of, asked, LANGUAGES, by=by.id, now=NOW)


def korean(session, appeal, key="title"):
    return unit_of(session, block(appeal, key).message_id, "ko")


def told(session, kind):
    return list(session.scalars(select(Notice.account_id).where(Notice.kind == kind)))


def test_a_changed_meaning_outdates_and_tells(session, appeal, one):
    author = approved_in(session, korean(session, appeal).id).author_id
    assert edit(session, appeal, "Help them", one) is None
    assert korean(session, appeal).status is UnitStatus.OUTDATED
    assert told(session, NoticeKind.OUTDATED) == [author]
    assert korean(session, appeal, "ask").status is UnitStatus.APPROVED


def test_a_typo_waits_for_a_second_person_and_nobody_is_told_before(session, appeal, one, other):
    claim = edit(session, appeal, MENDED, one, typo=True)
    assert korean(session, appeal).status is UnitStatus.OUTDATED
    assert told(session, NoticeKind.OUTDATED) == []
    assert told(session, NoticeKind.TYPO) == [other.id]
    with pytest.raises(SelfConfirmationError):
        confirm_typo(session, claim, by=one.id, now=NOW)
    assert confirm_typo(session, claim, by=other.id, now=NOW) == ["ko"]
    assert korean(session, appeal).status is UnitStatus.APPROVED
    assert approved_in(session, korean(session, appeal).id).texts == [KOREAN["title"]]
    with pytest.raises(SettledBeforeError):
        refuse_typo(session, claim, by=other.id, now=NOW)


@pytest.mark.parametrize("who", ["one", "other"])
def test_a_claim_that_is_refused_outdates_and_tells(session, appeal, one, other, who):
    author = approved_in(session, korean(session, appeal).id).author_id
    claim = edit(session, appeal, MENDED, one, typo=True)
    refuse_typo(session, claim, by={"one": one, "other": other}[who].id, now=NOW)
    assert korean(session, appeal).status is UnitStatus.OUTDATED
    assert told(session, NoticeKind.OUTDATED) == [author]
    with pytest.raises(SettledBeforeError):
        confirm_typo(session, claim, by=other.id, now=NOW)


def test_a_changed_meaning_overtakes_a_claim(session, appeal, one, other):
    claim = edit(session, appeal, MENDED, one, typo=True)
    edit(session, appeal, "Help them", one)
    assert told(session, NoticeKind.OUTDATED) != []
    with pytest.raises(SettledBeforeError):
        confirm_typo(session, claim, by=other.id, now=NOW)
    assert korean(session, appeal).status is UnitStatus.OUTDATED


def test_no_text_of_an_older_meaning_is_carried_over_by_a_later_typo(session, appeal, one):
    edit(session, appeal, "Help teh people", one)
    assert edit(session, appeal, "Help the people", one, typo=True) is None
    assert claim_waiting(session, block(appeal).message_id) is None
    assert korean(session, appeal).status is UnitStatus.OUTDATED


def test_two_typos_in_a_row_are_confirmed_as_one(session, appeal, one, other):
    edit(session, appeal, MENDED, one, typo=True)
    claim = edit(session, appeal, MENDED + "!", one, typo=True)
    assert claim.before == TITLE
    assert confirm_typo(session, claim, by=other.id, now=NOW) == ["ko"]


def test_going_back_to_what_it_was_makes_the_translation_current_again(session, appeal, one):
    edit(session, appeal, MENDED, one, typo=True)
    assert edit(session, appeal, TITLE, one, typo=True) is None
    assert korean(session, appeal).status is UnitStatus.APPROVED
    assert claim_waiting(session, block(appeal).message_id) is None


def test_only_what_passes_the_checks_beside_the_mended_source_is_carried_over(session, appeal, one):
    message = block(appeal, "ask").message

    def said(text: str, *, meaning_changed: bool = False) -> Effect:
        return effects(session, message, text, meaning_changed=meaning_changed)["ko"]

    assert said("Please help 30 people!") is Effect.CARRIED
    assert said("Please help %(number)s people.") is Effect.OUTDATED
    assert said("Please help 30 people!", meaning_changed=True) is Effect.OUTDATED
    assert effects(session, message, "Please.", meaning_changed=False)["zh-Hans"] is Effect.NOTHING


def test_what_was_not_seen_is_not_edited(session, appeal, one):
    seen = block(appeal).message.source_hash
    edit(session, appeal, "Help them", one)
    with pytest.raises(ChangedMeanwhileError):
        edit(session, appeal, "Help us", one, seen=seen)


@pytest.mark.parametrize("text", ["", " \n ", TITLE, "a\u202eb", "a\x00b", "x" * 20_001])
def test_what_can_be_no_source_or_is_none_new_is_refused(session, appeal, one, text):
    with pytest.raises(SourceRefusedError):
        edit(session, appeal, text, one)


def test_a_typo_comes_with_a_reason(session, appeal, one):
    asked = Edit(MENDED, block(appeal).message.source_hash, meaning_changed=False, reason=" ")
    with pytest.raises(ReasonMissingError):
        edit_source(session, block(appeal), asked, LANGUAGES, by=one.id, now=NOW)


def test_the_same_file_undoes_no_edit_and_says_so(session, appeal, one):
    edit(session, appeal, "Help them", one)
    for _ in range(2):
        report = import_appeal(session, outline(), LANGUAGES, now=NOW)
        assert (report.kept, report.messages.changed) == (("title",), 0)
        assert block(appeal).message.msgid == "Help them"


def test_a_newer_file_changes_what_was_not_edited_and_keeps_what_was(session, appeal, one):
    edit(session, appeal, "Help them", one)
    newer = outline(title="Save us all", ask="Please help.")
    report = import_appeal(session, newer, LANGUAGES, now=NOW)
    assert report.kept == ("title",)
    assert [one.message.msgid for one in appeal.blocks] == ["Help them", "Please help."]
    assert import_appeal(session, newer, LANGUAGES, now=NOW, over_edits=True).kept == ()
    assert block(appeal).message.msgid == "Save us all"


def test_what_is_written_to_a_file_is_what_comes_back(session, appeal, one, tmp_path):
    edit(session, appeal, "It's ‘quoted’ \"twice\"\nand '''thrice'''", one)
    file = tmp_path / "letter.toml"
    file.write_text(outline_text(outline_of(appeal)), "utf-8")
    found = read_outline(file, LANGUAGES)
    assert found == outline_of(appeal)
    report = import_appeal(session, found, LANGUAGES, now=NOW)
    assert (report.kept, report.messages.changed) == ((), 0)
    assert import_appeal(session, outline(), LANGUAGES, now=NOW).kept == ()


@pytest.mark.parametrize("file", sorted((ROOT / "appeals").glob("*.toml")))
def test_what_ships_survives_being_written(file, tmp_path):
    shipped = read_outline(file, LANGUAGES)
    again = tmp_path / file.name
    again.write_text(outline_text(shipped), "utf-8")
    assert read_outline(again, LANGUAGES) == shipped


def test_an_edit_does_not_go_live_because_software_was_updated(session, one):
    import_appeal(session, outline(), LANGUAGES, now=NOW)
    appeal = appeal_by_slug(session, OTHER)
    assert take_baseline(session, appeal.domain, {}, LANGUAGES, now=NOW) is not None
    edit(session, appeal, "Nobody else has read this", one)
    assert take_baseline(session, appeal.domain, {}, LANGUAGES, now=NOW) is None
    assert live_domain(session, appeal.domain.name).blocks[0].text == TITLE


def published(session, appeal, one, other) -> Release:
    release = build_release(session, appeal.domain, LANGUAGES, by=one.id, now=NOW)
    confirm_release(session, release, by=other.id, now=NOW)
    return release


def urgent(session, appeal, by, *, seen=None):
    of = block(appeal)
    return correct_urgently(
        session,
        of,
        LANGUAGES,
        seen=seen or of.message.source_hash,
        reason="A name in danger.",
        by=by.id,
        now=NOW,
    )


def test_a_second_person_makes_an_edited_text_live_at_once_and_changes_nothing_else(
    session, appeal, one, other
):
    published(session, appeal, one, other)
    edit(session, appeal, "Please, help.", one, key="ask")  # not published: it stays so
    edit(session, appeal, "Save them", one)
    release = urgent(session, appeal, other)
    live = live_domain(session, appeal.domain.name)
    assert [found.text for found in live.blocks] == ["Save them", ASK]
    assert (release.urgent, release.prepared_by, release.confirmed_by) == (True, one.id, other.id)
    catalog = next(found for found in release.catalogs if found.language == "ko")
    assert (catalog.translated, catalog.messages) == (1, 2)
    assert KOREAN["ask"].encode() in catalog.po
    assert KOREAN["title"].encode() not in catalog.po
    assert told(session, NoticeKind.EMERGENCY) == [one.id]
    newest = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (newest.act, newest.details["reason"]) == ("release.urgent", "A name in danger.")


def test_nobody_makes_live_at_once_what_she_edited_herself(session, appeal, one, other):
    published(session, appeal, one, other)
    edit(session, appeal, "Save them", other)
    with pytest.raises(SelfConfirmationError):
        urgent(session, appeal, other)
    assert live_domain(session, appeal.domain.name).blocks[0].text == TITLE
    edit(session, appeal, "Save them now", one)  # the text is hers now
    with pytest.raises(SelfConfirmationError):
        urgent(session, appeal, one)
    urgent(session, appeal, other)
    assert live_domain(session, appeal.domain.name).blocks[0].text == "Save them now"


def test_only_what_was_looked_at_and_differs_is_made_live(session, appeal, one, other):
    published(session, appeal, one, other)
    with pytest.raises(NothingToCorrectError):
        urgent(session, appeal, other)
    before = block(appeal).message.source_hash
    edit(session, appeal, "Save them", one)
    with pytest.raises(ChangedMeanwhileError):
        urgent(session, appeal, other, seen=before)


def test_nothing_is_corrected_that_is_not_live(session, appeal, one, other):
    edit(session, appeal, "Save them", one)
    with pytest.raises(NotLiveError):
        urgent(session, appeal, other)
