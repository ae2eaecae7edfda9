"""What becomes of translations when their source changes: outdated, carried over, a place to start from."""

import pytest
from sqlalchemy import select

from advocacy.actions.carry_over import carry_over
from advocacy.actions.dismiss_warning import NoSuchWarningError, dismiss_warning, open_warnings
from advocacy.actions.export_translations import memory_of
from advocacy.actions.releases import build_release
from advocacy.actions.starting_points import starting_point
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.models import AuditEntry, GlossaryTerm, Message, Origin
from advocacy.models.domain import domain_by_name
from advocacy.models.translation import approved_in
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.review import ReasonMissingError, SelfConfirmationError
from advocacy.rules.translation import UnitStatus
from tests.factories import NOW, make_account, make_approved, make_domain

BEFORE, AFTER = "Sign teh petition.", "Sign the petition."
WHY = {"reason": "A typo.", "now": NOW}


@pytest.fixture
def changed(session):
    """A block whose text was mended after it had been translated into Korean."""
    domain = make_domain(session, Source("ask", BEFORE))
    unit = units_in(session, domain.id, "ko")[0]
    make_approved(session, unit, "청원에 서명하세요.")
    sync_messages(session, domain, [Source("ask", AFTER)], LANGUAGES)
    return unit


def test_an_outdated_text_is_a_place_to_start_from_with_the_source_it_was_written_for(session, changed):
    assert changed.status is UnitStatus.OUTDATED
    start = starting_point(session, changed)
    assert (start.msgid, start.texts) == (BEFORE, ("청원에 서명하세요.",))


def test_a_typo_in_the_source_costs_no_translation(session, changed):
    one, other = make_account(session), make_account(session)
    carried = carry_over(session, changed.message, said_by=one.id, confirmed_by=other.id, **WHY)
    assert carried == [changed]
    assert changed.status is UnitStatus.APPROVED
    translation = approved_in(session, changed.id)
    assert (translation.origin, translation.msgid) == (Origin.TYPO, AFTER)
    assert starting_point(session, changed) is None
    domain = domain_by_name(session, "small")
    release = build_release(session, domain, LANGUAGES, by=one.id, now=NOW)
    assert [catalog.translated for catalog in release.catalogs if catalog.language == "ko"] == [1]


def test_it_takes_two_and_a_reason(session, changed):
    one, other = make_account(session), make_account(session)
    with pytest.raises(SelfConfirmationError):
        carry_over(session, changed.message, said_by=one.id, confirmed_by=one.id, **WHY)
    with pytest.raises(ReasonMissingError):
        carry_over(session, changed.message, said_by=one.id, confirmed_by=other.id, reason=" ", now=NOW)
    carry_over(session, changed.message, said_by=one.id, confirmed_by=other.id, **WHY)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry.details == {"units": [changed.id], "said_by": f"account:{one.id}", "reason": "A typo."}
    session.rollback()


def test_a_text_that_no_longer_passes_is_not_carried_over(session):
    domain = make_domain(session, Source("left", "%(days)s days"))
    unit = units_in(session, domain.id, "ko")[0]
    make_approved(session, unit, "%(days)s일")
    sync_messages(session, domain, [Source("left", "%(left)s days")], LANGUAGES)
    assert carry_over(session, unit.message, said_by=None, confirmed_by=None, **WHY) == []
    assert unit.status is UnitStatus.OUTDATED


def test_a_new_message_that_takes_the_place_of_a_similar_one_names_it(session):
    domain = make_domain(session, Source(None, "Thank you for signing this petition."))
    old = units_in(session, domain.id, "ko")[0]
    make_approved(session, old, "이 청원에 서명해 주셔서 감사합니다.")
    sync_messages(
        session,
        domain,
        [Source(None, "Thank you for signing our petition."), Source(None, "Close")],
        LANGUAGES,
    )
    new, unlike = units_in(session, domain.id, "ko")
    assert new.status is UnitStatus.UNTRANSLATED
    assert starting_point(session, new).texts == ("이 청원에 서명해 주셔서 감사합니다.",)
    assert starting_point(session, unlike) is None


def test_a_message_with_a_context_never_takes_another_contexts_text(session):
    domain = make_domain(session, Source("one", "Thank you for signing this petition."))
    make_approved(session, units_in(session, domain.id, "ko")[0], "서명해 주셔서 감사합니다.")
    sync_messages(session, domain, [Source("two", "Thank you for signing our petition.")], LANGUAGES)
    assert session.scalars(select(Message.before_id).where(Message.context == "two")).one() is None


def test_a_warning_is_dismissed_for_one_text_with_a_reason(session):
    domain = make_domain(session, Source(None, "Sign the petition now."))
    unit = units_in(session, domain.id, "ko")[0]
    translation = make_approved(session, unit, "지금 청원에 서명하세요")
    assert [finding.check for finding in open_warnings(session, translation)] == ["end_stop"]
    with pytest.raises(ReasonMissingError):
        dismiss_warning(session, translation, "end_stop", reason="", by=None, now=NOW)
    dismiss_warning(session, translation, "end_stop", reason="A button has no stop.", by=None, now=NOW)
    assert open_warnings(session, translation) == []
    with pytest.raises(NoSuchWarningError):
        dismiss_warning(session, translation, "end_stop", reason="again", by=None, now=NOW)
    other = make_approved(session, unit, "지금 바로 청원에 서명하세요")
    assert [finding.check for finding in open_warnings(session, other)] == ["end_stop"]


def test_the_shipped_glossary_is_used_by_the_checks(session):
    terms = session.scalars(select(GlossaryTerm)).all()
    assert len(terms) >= 20
    domain = make_domain(session, Source(None, "Every signature counts for the defectors and refugees"))
    unit = units_in(session, domain.id, "ko")[0]
    translation = make_approved(session, unit, "탈출한 사람들과 유민에게는 이름 하나하나가 소중합니다")
    missing = {finding.detail.values["term"] for finding in open_warnings(session, translation)}
    assert {"refugee", "signature"} <= missing


def test_the_memory_knows_every_approved_text_of_every_domain(session):
    memory = memory_of(session, "ko")
    assert len(memory) > 300
    best = memory.matches("Check your emails")[0]
    assert best.source == "Check your email"
    assert best.where == ("messages",)
