"""Releases: only what was approved, proved again, made live by a second person, taken back in one step."""

import gettext
import io
import subprocess

import polib
import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from advocacy.actions.live_domains import NotLiveError, live_domain
from advocacy.actions.releases import (
    BuildRefusedError,
    CorruptReleaseError,
    NeverConfirmedError,
    build_release,
    confirm_release,
    roll_back,
    switch_to_source,
)
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.actions.take_baseline import take_baseline
from advocacy.catalogs.builds import digest
from advocacy.catalogs.entries import Entry
from advocacy.models import AuditEntry, Origin, Release, ReleaseCatalog, Translation
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.review import SelfConfirmationError, TranslationState
from advocacy.web.live_catalogs import LiveCatalogs
from tests.factories import NOW, make_account, make_approved, make_domain, make_submitted

ASK, LEFT = Source("ask", "Sign the petition"), Source(None, "Only %(left)s days")


@pytest.fixture
def domain(session):
    domain = make_domain(session, ASK, LEFT)
    make_approved(session, units_in(session, domain.id, "ko")[0], "청원에 서명하기")
    return domain


def build(session, domain, *, by=None) -> Release:
    return build_release(session, domain, LANGUAGES, by=by.id if by else None, now=NOW)


def published(session, domain) -> Release:
    release = build(session, domain, by=make_account(session))
    confirm_release(session, release, by=make_account(session).id, now=NOW)
    return release


def said(session, message: str, *, context: str | None = None, name: str = "small") -> str:
    """What a Korean reader is shown of a message, or the message itself."""
    mo = live_domain(session, name).catalogs.get("ko")
    catalog = gettext.GNUTranslations(io.BytesIO(mo)) if mo else gettext.NullTranslations()
    return catalog.pgettext(context, message) if context else catalog.gettext(message)


def test_a_release_holds_what_was_approved_and_nothing_else(session, domain):
    units = units_in(session, domain.id, "ko")
    make_submitted(session, units[1], "%(left)s일만", by=make_account(session))
    published(session, domain)
    assert said(session, "Sign the petition", context="ask") == "청원에 서명하기"
    assert said(session, "Only %(left)s days") == "Only %(left)s days"
    korean = next(c for c in live_domain(session, "small").catalogs)
    assert korean in ("ko", "zh_Hans", "zh_Hant")


def test_an_outdated_text_is_not_published_again(session, domain):
    published(session, domain)
    sync_messages(session, domain, [Source("ask", "Sign this petition"), LEFT], LANGUAGES)
    published(session, domain)
    assert said(session, "Sign this petition", context="ask") == "Sign this petition"


def test_readers_keep_the_old_source_with_its_translation_until_the_next_release(session, domain):
    published(session, domain)
    sync_messages(session, domain, [Source("ask", "Sign this petition"), LEFT], LANGUAGES)
    assert said(session, "Sign the petition", context="ask") == "청원에 서명하기"


def test_files_are_what_gettext_makes_of_them(session, domain, tmp_path):
    release = published(session, domain)
    for catalog in release.catalogs:
        file = tmp_path / f"{catalog.language}.po"
        file.write_bytes(catalog.po)
        checked = subprocess.run(
            ["msgfmt", "-c", "-o", tmp_path / "theirs.mo", file], capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, "")
        ours = gettext.GNUTranslations(io.BytesIO(catalog.mo))._catalog
        theirs = gettext.GNUTranslations(io.BytesIO((tmp_path / "theirs.mo").read_bytes()))._catalog
        assert {key: ours[key] for key in ours if key} == {key: theirs[key] for key in theirs if key}
        assert (digest(catalog.po), digest(catalog.mo)) == (catalog.po_hash, catalog.mo_hash)


def test_no_file_says_who_translated(session, domain):
    release = published(session, domain)
    for catalog in release.catalogs:
        assert b"@" not in catalog.po
        assert b"Somebody" not in catalog.po


def test_coverage_is_counted_by_language(session, domain):
    release = build(session, domain)
    found = {catalog.language: (catalog.translated, catalog.messages) for catalog in release.catalogs}
    assert found == {"ko": (1, 2), "zh-Hans": (0, 2), "zh-Hant": (0, 2)}


def test_the_same_texts_at_the_same_moment_give_the_same_bytes(session, domain):
    one, other = build(session, domain), build(session, domain)
    assert [c.po_hash for c in one.catalogs] == [c.po_hash for c in other.catalogs]
    assert (one.number, other.number) == (1, 2)


def test_nobody_confirms_the_release_that_they_prepared(session, domain):
    person = make_account(session)
    release = build(session, domain, by=person)
    with pytest.raises(SelfConfirmationError):
        confirm_release(session, release, by=person.id, now=NOW)
    with pytest.raises(NotLiveError):
        live_domain(session, "small")


def test_the_database_refuses_it_too(session, domain):
    person = make_account(session)
    row = {"domain_id": domain.id, "number": 9, "baseline": False, "note": "", "prepared_at": NOW}
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(insert(Release).values(**row, prepared_by=person.id, confirmed_by=person.id))
    session.rollback()


def test_rolling_back_is_one_step_to_what_was_live_before(session, domain):
    first = published(session, domain)
    make_approved(session, units_in(session, domain.id, "ko")[0], "서명해 주세요")
    second = published(session, domain)
    assert said(session, "Sign the petition", context="ask") == "서명해 주세요"
    roll_back(session, first, by=second.prepared_by, now=NOW, reason="The new text is wrong.")
    assert said(session, "Sign the petition", context="ask") == "청원에 서명하기"
    assert live_domain(session, "small").number == first.number


def test_what_was_never_live_cannot_be_gone_back_to(session, domain):
    published(session, domain)
    unconfirmed = build(session, domain, by=make_account(session))
    with pytest.raises(NeverConfirmedError):
        roll_back(session, unconfirmed, by=make_account(session).id, now=NOW, reason="x")


def test_a_language_is_switched_to_its_source_at_once_and_back(session, domain):
    published(session, domain)
    how = {"by": make_account(session).id, "now": NOW, "reason": "A sentence is wrong."}
    switch_to_source(session, domain, "ko", on=True, **how)
    assert said(session, "Sign the petition", context="ask") == "Sign the petition"
    assert "zh_Hans" in live_domain(session, "small").catalogs
    switch_to_source(session, domain, "ko", on=False, **how)
    assert said(session, "Sign the petition", context="ask") == "청원에 서명하기"


def test_a_corrupted_release_is_refused_and_the_old_one_stays(session, domain):
    first = published(session, domain)
    second = build(session, domain, by=make_account(session))
    damage = update(ReleaseCatalog).where(ReleaseCatalog.release_id == second.id).values(mo=b"damaged")
    session.execute(damage, execution_options={"synchronize_session": "fetch"})
    with pytest.raises(CorruptReleaseError):
        confirm_release(session, second, by=make_account(session).id, now=NOW)
    assert live_domain(session, "small").number == first.number


def test_a_text_that_was_changed_behind_our_back_stops_the_build(session, domain):
    unit = units_in(session, domain.id, "ko")[0]
    row = {
        "unit_id": unit.id,
        "texts": ["누군가 몰래 넣은 글"],
        "state": TranslationState.APPROVED,
        "origin": Origin.EDITOR,
        "msgid": unit.message.msgid,
        "source_hash": unit.message.source_hash,
        "content_hash": unit.message.content_hash(["다른 글"]),
        "created_at": NOW,
    }
    session.execute(
        text("UPDATE translations SET state = 'superseded' WHERE unit_id = :unit"), {"unit": unit.id}
    )
    session.execute(insert(Translation).values(row))
    with pytest.raises(BuildRefusedError) as refused:
        build(session, domain)
    assert refused.value.problems == [
        ("ko", unit.id, "Sign the petition", "it is not the text that was approved")
    ]


def test_a_text_with_a_blocking_fault_stops_the_build_and_is_named(session, domain):
    unit = units_in(session, domain.id, "ko")[1]
    texts = ["며칠 안 남았습니다"]
    row = {
        "unit_id": unit.id,
        "texts": texts,
        "state": TranslationState.APPROVED,
        "origin": Origin.IMPORT,
        "msgid": unit.message.msgid,
        "source_hash": unit.message.source_hash,
        "content_hash": unit.message.content_hash(texts),
        "created_at": NOW,
    }
    session.execute(insert(Translation).values(row))
    with pytest.raises(BuildRefusedError) as refused:
        build(session, domain)
    assert refused.value.problems == [("ko", unit.id, "Only %(left)s days", "placeholders")]


def test_each_release_is_in_the_log_with_the_hashes_of_its_files(session, domain):
    release = published(session, domain)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()
    assert [entry.act for entry in entries] == ["release.confirm", "release.prepare"]
    hashes = {catalog.language: catalog.mo_hash for catalog in release.catalogs}
    assert all(entry.details["catalogs"] == hashes for entry in entries)
    session.rollback()


def fresh(app) -> LiveCatalogs:
    """The live catalogs of another process on the same database."""
    site = app.extensions["advocacy"]
    return LiveCatalogs(dict, type(site.catalogs._releases)(app))


def test_every_process_swaps_without_a_restart(app, session, domain):
    published(session, domain)
    session.commit()
    one, other = fresh(app), fresh(app)
    assert one.snapshot.edition("small").number == other.snapshot.edition("small").number == 1
    make_approved(session, units_in(session, domain.id, "ko")[0], "서명해 주세요")
    published(session, domain)
    session.commit()
    for process in (one, other):
        process.refresh()
        catalog = process.snapshot.catalog("small", "ko")
        assert catalog.translation("Sign the petition", context="ask") == "서명해 주세요"


def test_a_process_that_cannot_load_a_release_keeps_the_old_one(app, session, domain, capsys):
    published(session, domain)
    session.commit()
    process = fresh(app)
    before = process.snapshot.edition("small")
    second = published(session, domain)
    damage = update(ReleaseCatalog).where(ReleaseCatalog.release_id == second.id).values(mo=b"damaged")
    session.execute(damage, execution_options={"synchronize_session": "fetch"})
    session.commit()
    process.refresh()
    assert process.snapshot.edition("small") is before
    assert "catalogs.not_loaded" in "".join(capsys.readouterr())
    assert process.snapshot.edition("messages").number >= 1


def test_what_shipped_was_release_one_and_says_so(session):
    release = session.scalars(select(Release).where(Release.number == 1).order_by(Release.id)).first()
    assert release.baseline
    assert (release.prepared_by, release.confirmed_by) == (None, None)
    catalogs = {c.language: polib.pofile(c.po.decode()) for c in release.catalogs}
    assert set(catalogs) == {"ko", "zh-Hans", "zh-Hant"}
    assert all(c.translated == c.messages for c in release.catalogs)


def shipped(**texts: str) -> dict:
    entries = [Entry("ask", "Sign the petition", None, (texts["ask"],))]
    return {"ko": {entry.key: entry for entry in entries}}


def test_what_ships_goes_live_by_itself_only_where_nobody_here_had_a_hand(session):
    domain = make_domain(session, ASK, LEFT)
    first = take_baseline(session, domain, shipped(ask="서명하기"), LANGUAGES, now=NOW)
    assert first.baseline
    second = take_baseline(session, domain, shipped(ask="청원 서명"), LANGUAGES, now=NOW)
    assert said(session, "Sign the petition", context="ask") == "청원 서명"
    assert take_baseline(session, domain, shipped(ask="청원 서명"), LANGUAGES, now=NOW) is None
    make_approved(session, units_in(session, domain.id, "ko")[1], "%(left)s일 남음")
    assert take_baseline(session, domain, shipped(ask="새로운 글"), LANGUAGES, now=NOW) is None
    assert said(session, "Sign the petition", context="ask") == "청원 서명"
    assert live_domain(session, "small").number == second.number


def test_going_back_to_what_shipped_does_not_hand_the_site_over_to_the_next_update(session, domain):
    release = published(session, domain)
    assert take_baseline(session, domain, shipped(ask="다른 글"), LANGUAGES, now=NOW) is None
    assert live_domain(session, "small").number == release.number


def test_two_messages_may_share_a_context(session):
    domain = make_domain(session, Source("menu", "Open"))
    make_approved(session, units_in(session, domain.id, "ko")[0], "열기")
    sync_messages(session, domain, [Source("menu", "Open"), Source("menu", "Close")], LANGUAGES)
    units = units_in(session, domain.id, "ko")
    assert [unit.message.msgid for unit in units] == ["Open", "Close"]
    assert [unit.status for unit in units] == ["approved", "untranslated"]


def test_a_language_that_is_in_its_source_says_so(session, domain):
    published(session, domain)
    how = {"by": None, "now": NOW, "reason": "so"}
    switch_to_source(session, domain, "ko", on=True, **how)
    assert live_domain(session, "small").in_source == ("ko",)
    with pytest.raises(NotLiveError):
        switch_to_source(session, make_domain(session, name="other"), "ko", on=True, **how)
