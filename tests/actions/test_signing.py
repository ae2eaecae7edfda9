from datetime import timedelta

import pytest
from sqlalchemy import func, select

from advocacy.actions.close_appeal import RetentionError, close_appeal
from advocacy.actions.confirm import confirm
from advocacy.actions.links import UnknownLinkError, link_behind, shown_behind
from advocacy.actions.purge import purge
from advocacy.actions.recount import recount
from advocacy.actions.sign import AppealClosedError, sign
from advocacy.actions.withdraw import withdraw
from advocacy.models import AppealState, MailKind, OutgoingMail, Signature, Tally, Token
from advocacy.models.signature import public_signatures
from advocacy.models.tally import tally_of
from advocacy.rules.consents import NOTICE_VERSION, Consent
from advocacy.rules.signing import (
    CONFIRMATION_TIME,
    LONGEST_RETENTION,
    MAILS_PER_DAY,
    Display,
    Purpose,
    SignatureState,
)
from advocacy.vault.keys import MAIL, delivery
from advocacy.vault.sealing import UnreadableBoxError, sealed_to, unseal
from tests.factories import (
    NOW,
    SLUG,
    keys,
    make_confirmed,
    make_occasion,
    make_pending,
    make_submission,
    newest_mail,
    real_mails,
    shipped_appeal,
)

LATER = NOW + timedelta(minutes=5)


def only_signature(session) -> Signature:
    return session.scalars(select(Signature)).one()


def opened(signature) -> dict[str, str]:
    """What whoever holds the delivery key can read."""
    key = keys().private(delivery(SLUG), sealed_to(signature.person))
    return unseal(key, f"person {SLUG} {signature.reference}", signature.person)


def number_of(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def test_signing_leaves_a_pending_signature_its_consents_and_one_mail(session):
    contents = make_pending(session, name="남궁 민", address="a@example.org", discreet=True)
    signature = only_signature(session)
    assert signature.state is SignatureState.PENDING
    assert opened(signature) == {"name": "남궁 민"}
    assert signature.expires_at == NOW + CONFIRMATION_TIME
    assert (contents["address"], contents["discreet"]) == ("a@example.org", "yes")
    assert signature.consents == {Consent.USE: "0" * 64, Consent.SENSITIVE: "1" * 64, Consent.AGE: "2" * 64}
    assert (signature.notice_version, signature.language) == (NOTICE_VERSION, "ko")
    assert signature.consented_hour == NOW.replace(minute=0, second=0)


def test_nothing_personal_can_be_read_from_the_columns_meant_for_all(session):
    make_pending(session, name="Canary Name", address="canary@example.org")
    row = session.execute(select(Signature.shown_as, Signature.country, Signature.language)).one()
    assert "canary" not in str(row).lower()


def test_a_pending_signature_counts_for_nothing(session):
    make_pending(session)
    assert tally_of(session, shipped_appeal(session).id) == {}


def test_confirming_counts_once_however_often_it_is_done(session):
    contents = make_pending(session)
    for _ in range(3):
        confirm(session, contents["confirm"], now=LATER)
    assert tally_of(session, shipped_appeal(session).id) == {"ko": 1}
    assert only_signature(session).confirmed_hour == LATER.replace(minute=0, second=0)


def test_the_address_is_kept_only_for_news_and_then_only_the_mail_key_opens_it(session):
    assert make_confirmed(session).address is None
    signature = make_confirmed(session, address="b@example.org", consents={Consent.UPDATES: "4" * 64})
    key = keys().private(MAIL, sealed_to(signature.address))
    context = f"address {SLUG} {signature.reference}"
    assert unseal(key, context, signature.address) == {"address": "b@example.org"}


def test_a_box_moved_to_another_record_does_not_open(session):
    one, other = make_confirmed(session), make_confirmed(session)
    one.person = other.person
    with pytest.raises(UnreadableBoxError):
        opened(one)


def test_what_a_links_page_shows_is_locked_with_the_link(session):
    contents = make_pending(session, name="김민정", address="minjung@example.org")
    link = link_behind(session, contents["confirm"], Purpose.CONFIRM, now=NOW)
    assert shown_behind(link, contents["confirm"]) == {
        "name": "김민정",
        "address": "m***@example.org",
        "shown_as": "",
    }
    with pytest.raises(UnreadableBoxError):
        shown_behind(link, contents["withdraw"])


def test_each_form_has_a_link_of_its_own_that_confirms_just_what_it_shows(session):
    first = make_pending(session, address="a@example.org", name="김민정", display=Display.NAME)
    make_pending(session, address="A@Example.org", name="Somebody Else", consents={Consent.USE: "5" * 64})
    assert number_of(session, Signature) == 2
    signature = confirm(session, first["confirm"], now=LATER)
    assert opened(signature) == {"name": "김민정"}
    assert signature.shown_as == "김민정"
    assert only_signature(session) is signature
    assert tally_of(session, signature.appeal_id) == {"ko": 1}


def test_once_one_form_is_confirmed_the_links_of_the_others_lead_to_it(session):
    first = make_pending(session, address="a@example.org", name="김민정")
    second = make_pending(session, address="a@example.org", name="Somebody Else")
    signature = confirm(session, second["confirm"], now=LATER)
    assert confirm(session, first["confirm"], now=LATER) is signature
    assert opened(signature) == {"name": "Somebody Else"}
    assert tally_of(session, signature.appeal_id) == {"ko": 1}
    withdraw(session, first["withdraw"], Purpose.WITHDRAW, now=LATER)
    assert only_signature(session).state is SignatureState.WITHDRAWN
    assert tally_of(session, signature.appeal_id) == {}


def test_not_me_deletes_every_form_that_was_sent_with_the_address(session):
    first = make_pending(session, address="a@example.org")
    make_pending(session, address="a@example.org", name="Somebody Else")
    make_pending(session, address="b@example.org")
    withdraw(session, first["confirm"], Purpose.CONFIRM, now=LATER)
    assert number_of(session, Signature) == 1


def test_signing_again_after_confirming_changes_nothing_and_tells_the_owner(session):
    make_confirmed(session, address="a@example.org", name="김민정")
    contents = make_pending(session, address="a@example.org", name="Mallory", display=Display.NAME)
    signature = session.scalars(select(Signature).order_by(Signature.id)).first()
    assert signature.state is SignatureState.CONFIRMED
    assert opened(signature) == {"name": "김민정"}
    assert signature.shown_as is None
    assert contents["confirm"] == ""
    link = link_behind(session, contents["withdraw"], Purpose.WITHDRAW, now=NOW)
    assert shown_behind(link, contents["withdraw"]) == {"address": "***@example.org"}
    kinds = session.scalars(select(OutgoingMail.kind).order_by(OutgoingMail.id)).all()
    assert kinds == [MailKind.CONFIRM, MailKind.ALREADY_SIGNED]
    assert tally_of(session, shipped_appeal(session).id) == {"ko": 1}


def test_whoever_repeats_a_signature_cannot_make_its_mail_less_discreet(session):
    make_pending(session, address="a@example.org", discreet=True)
    assert make_pending(session, address="a@example.org", discreet=False)["discreet"] == "yes"


def test_one_address_cannot_be_flooded_with_mail(session):
    for _ in range(MAILS_PER_DAY + 4):
        make_pending(session, address="a@example.org")
    assert len(real_mails(session)) == MAILS_PER_DAY
    tomorrow = make_occasion(now=NOW + timedelta(days=1, seconds=1))
    make_pending(session, address="a@example.org", occasion=tomorrow)
    assert len(real_mails(session)) == MAILS_PER_DAY + 1


def test_a_closed_appeal_takes_no_signature(session):
    appeal = shipped_appeal(session)
    close_appeal(appeal, today=NOW.date())
    with pytest.raises(AppealClosedError):
        sign(session, appeal, make_submission(), make_occasion())
    assert number_of(session, Signature) == 0


def test_a_link_serves_its_own_purpose_only(session):
    contents = make_pending(session)
    for purpose, token in ((Purpose.WITHDRAW, contents["confirm"]), (Purpose.CONFIRM, contents["withdraw"])):
        with pytest.raises(UnknownLinkError):
            link_behind(session, token, purpose, now=NOW)


@pytest.mark.parametrize(
    ("after", "works"), [(timedelta(hours=47, minutes=59), True), (CONFIRMATION_TIME, False)]
)
def test_a_confirmation_link_works_for_48_hours(session, after, works):
    contents = make_pending(session)
    if works:
        confirm(session, contents["confirm"], now=NOW + after)
    else:
        with pytest.raises(UnknownLinkError):
            confirm(session, contents["confirm"], now=NOW + after)


def test_links_are_kept_as_hashes_only(session):
    contents = make_pending(session)
    stored = session.scalars(select(Token.token_hash)).all()
    assert all(len(digest) == 32 for digest in stored)
    assert contents["confirm"].encode() not in b"".join(stored)


def test_not_me_leaves_nothing_of_an_unconfirmed_signature(session):
    contents = make_pending(session)
    withdraw(session, contents["confirm"], Purpose.CONFIRM, now=LATER)
    session.flush()
    session.expire_all()
    for table in (Signature, Token, OutgoingMail):
        assert number_of(session, table) == 0


def test_withdrawing_erases_everything_and_takes_one_off_the_count(session):
    make_confirmed(session)
    signature = make_confirmed(session, name="김민정", display=Display.NAME, country="KR", language="ko")
    contents = newest_mail(session)
    withdraw(session, contents["withdraw"], Purpose.WITHDRAW, now=LATER)
    session.flush()
    assert signature.state is SignatureState.WITHDRAWN
    left = (
        signature.person,
        signature.address,
        signature.address_digest,
        signature.shown_as,
        signature.country,
    )
    assert left == (None,) * 5
    for table in (Token, OutgoingMail):
        assert session.scalars(select(table).where(table.signature_id == signature.id)).all() == []
    assert tally_of(session, signature.appeal_id) == {"ko": 1}
    with pytest.raises(UnknownLinkError):
        withdraw(session, contents["withdraw"], Purpose.WITHDRAW, now=LATER)


def test_one_who_withdrew_can_sign_again(session):
    make_confirmed(session, address="a@example.org")
    withdraw(session, newest_mail(session)["withdraw"], Purpose.WITHDRAW, now=LATER)
    make_confirmed(session, address="a@example.org")
    assert tally_of(session, shipped_appeal(session).id) == {"ko": 1}


def test_purging_deletes_the_unconfirmed_with_all_that_hangs_on_them(session):
    make_confirmed(session)
    make_pending(session)
    assert purge(session, now=NOW + CONFIRMATION_TIME - timedelta(seconds=1)) == 0
    assert purge(session, now=NOW + CONFIRMATION_TIME) == 1
    session.expire_all()
    assert only_signature(session).state is SignatureState.CONFIRMED
    assert session.scalars(select(Token.purpose)).all() == [Purpose.WITHDRAW]
    assert number_of(session, OutgoingMail) == 0


def test_the_public_list_has_only_confirmed_people_who_chose_it_newest_first(session):
    make_confirmed(session, name="Counted Only")
    first = make_confirmed(session, name="김민정", display=Display.INITIALS)
    second = make_confirmed(session, name="Maria Silva", display=Display.NAME, public_name="Maria")
    make_pending(session, name="Pending Person", display=Display.NAME)
    listed = public_signatures(session, first.appeal_id, most=10)
    assert [shown for _, shown, _ in listed] == ["Maria", "ㄱ. ㅁ. ㅈ."]
    assert public_signatures(session, first.appeal_id, most=10, before=second.id)[0][0] == first.id


def test_a_recount_mends_tallies_and_says_what_was_wrong(session):
    signature = make_confirmed(session)
    assert recount(session) == {}
    session.query(Tally).update({"count": 7})
    assert recount(session) == {(signature.appeal_id, "ko"): (7, 1)}
    assert tally_of(session, signature.appeal_id) == {"ko": 1}


@pytest.fixture
def closed(session):
    """The shipped appeal, closed with one signature confirmed and one not; open again afterwards."""
    make_confirmed(session)
    make_pending(session)
    appeal = shipped_appeal(session)
    close_appeal(appeal, today=NOW.date())
    session.commit()
    yield appeal
    session.rollback()
    appeal.state, appeal.closed_on, appeal.reduce_on, appeal.reduced = AppealState.OPEN, None, None, False
    session.commit()


def test_a_closed_appeal_is_reduced_to_its_count_on_the_day_that_was_set(session, closed):
    day_before = NOW + LONGEST_RETENTION - timedelta(days=1)
    purge(session, now=day_before)
    assert number_of(session, Signature) == 1
    purge(session, now=day_before + timedelta(days=1))
    for table in (Signature, Token, OutgoingMail):
        assert number_of(session, table) == 0
    assert tally_of(session, closed.id) == {"ko": 1}
    assert recount(session) == {}
    assert tally_of(session, closed.id) == {"ko": 1}


@pytest.mark.parametrize("days", [-1, LONGEST_RETENTION.days + 1])
def test_signatures_are_kept_no_longer_than_was_promised(session, closed, days):
    with pytest.raises(RetentionError):
        close_appeal(closed, today=NOW.date(), reduce_on=NOW.date() + timedelta(days=days))
    close_appeal(closed, today=LATER.date() + timedelta(days=9), reduce_on=NOW.date())
    assert (closed.closed_on, closed.reduce_on) == (NOW.date(), NOW.date())
