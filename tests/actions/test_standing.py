"""A unit's kept status is true even where whoever changes it had read it before somebody else did."""

import pytest

from advocacy.actions.propose import Proposal, propose, withdraw_translation
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.actions.unit_statuses import recompute_statuses
from advocacy.models import Domain, Translation, Unit
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.translation import UnitStatus
from tests.factories import NOW, free_session, make_account, make_domain, make_submitted


@pytest.fixture
def late(session):
    """Somebody whose session still has what it read, whatever was committed since."""
    with free_session(session.get_bind()) as reader:
        reader.expire_on_commit = False
        yield reader


@pytest.fixture
def unit(session):
    found = units_in(session, make_domain(session, Source("ask", "Sign the petition")).id, "ko")[0]
    session.commit()
    return found


def test_a_text_proposed_after_another_was_withdrawn_waits_for_review(session, late, unit):
    author, other = make_account(session), make_account(session)
    first = make_submitted(session, unit, "청원에 서명하기", by=author)
    session.commit()
    seen = late.get(Unit, unit.id)
    assert seen.status is UnitStatus.NEEDS_REVIEW
    late.commit()
    withdraw_translation(session, first, by=author.id)
    session.commit()
    assert unit.status is UnitStatus.UNTRANSLATED
    propose(late, seen, Proposal(texts=["서명해 주세요"], submit=True), by=other.id, now=NOW)
    late.commit()
    session.commit()  # to read what is there now
    assert session.get(Unit, unit.id).status is UnitStatus.NEEDS_REVIEW
    assert recompute_statuses(session) == 0


def test_a_text_is_for_the_source_as_it_is_when_it_is_proposed(session, late, unit):
    author = make_account(session)
    session.commit()
    seen = late.get(Unit, unit.id)
    assert seen.message.msgid == "Sign the petition"
    late.commit()
    sync_messages(
        session, session.get(Domain, unit.message.domain_id), [Source("ask", "Sign the letter")], LANGUAGES
    )
    session.commit()
    written = propose(late, seen, Proposal(texts=["서한에 서명하기"], submit=True), by=author.id, now=NOW)
    late.commit()
    session.commit()  # to read what is there now
    stored = session.get(Translation, written.id)
    assert (stored.msgid, stored.source_hash) == ("Sign the letter", unit.message.source_hash)
    assert recompute_statuses(session) == 0
