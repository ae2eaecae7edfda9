"""The review desk: the queue, a text beside its source, and what a reviewer says."""

import pytest
from sqlalchemy import select, update

from advocacy.actions.releases import build_release
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.extensions import db
from advocacy.models import AuditEntry, Dismissal, Domain, Review, Translation
from advocacy.models.account import account_by_email
from advocacy.models.review_queue import waiting_texts
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from tests.factories import NOW, make_account, make_approved, make_domain, make_submitted
from tests.pages import errors_in, parsed, title_of, value_of
from tests.people import add_person, post, sign_in

QUEUE = "/staff/review"
HARM = "It could hurt somebody or mislead readers."


@pytest.fixture
def reviewer(app):
    """The browser of somebody who reviews Korean, and the address that she signs in with."""
    client = app.test_client()
    client.email = add_person(app, (Role.REVIEWER, "ko"), (Role.TRANSLATOR, "ko"), name="Rio")
    sign_in(client, client.email)
    client.get("/staff/review?language=en")
    return client


@pytest.fixture
def unit(session):
    domain = make_domain(session, Source("ask", "Sign the petition"), Source(None, "30 days left"))
    found = units_in(session, domain.id, "ko")[0]
    session.commit()  # and reads nothing more: others write meanwhile
    return found


@pytest.fixture
def waiting(session, unit) -> int:
    text = make_submitted(session, unit, "청원에 서명하기", by=make_account(session, name="Mina"))
    number = text.id
    session.commit()
    return number


def one(number: int) -> str:
    return f"{QUEUE}/{number}"


def decide(client, number: int, decision: str = "", **fields):
    return post(
        client,
        one(number),
        seen=fields.pop("seen", None) or value_of(client.get(one(number)).text, "seen"),
        decision=decision,
        **fields,
    )


def read(page: str) -> str:
    """What stands on the page, read from top to bottom."""
    return "".join(parsed(page).itertext())


def state_of(app, number: int) -> str:
    with app.app_context():
        return db.session().scalar(select(Translation.state).where(Translation.id == number))


def reason_of(app, number: int) -> str | None:
    with app.app_context():
        return db.session().scalar(select(Review.reason).where(Review.translation_id == number))


# The queue


def test_the_queue_shows_what_waits_in_ones_own_languages(session, unit, waiting, reviewer):
    other = units_in(session, unit.message.domain_id, "zh-Hans")[0]
    make_submitted(session, other, "签名支持请愿", by=make_account(session, name="Wang"))
    session.commit()
    page = reviewer.get(QUEUE).text
    parsed(page)
    assert "Sign the petition" in page
    assert "Mina" in page
    assert "Wang" not in page
    assert one(waiting) in page


def test_an_empty_queue_says_so(reviewer):
    assert "Everything has been decided. Thank you." in reviewer.get(QUEUE).text


def test_a_part_of_the_queue_that_is_empty_leads_to_the_rest(waiting, reviewer):
    page = reviewer.get(f"{QUEUE}?domain=messages").text
    assert "Nothing waits here." in page
    assert f"{QUEUE}/{waiting}" not in page


def test_the_queue_is_read_page_by_page(session, reviewer):
    sources = [Source(None, f"Text number {number}") for number in range(23)]
    domain = make_domain(session, *sources)
    for unit in units_in(session, domain.id, "ko"):
        make_submitted(session, unit, unit.message.msgid, by=make_account(session))
    session.commit()
    first = reviewer.get(QUEUE).text
    assert "Text number 19" in first
    assert "Text number 20" not in first
    after = first.split("?after=")[1].split('"')[0]
    second = reviewer.get(f"{QUEUE}?after={after}").text
    assert "Text number 20" in second
    assert "Text number 19" not in second
    assert "From the oldest" in second


def test_a_page_is_found_behind_the_many_that_wait_for_others(session):
    domain = make_domain(session, *(Source(None, f"Text number {number}") for number in range(60)))
    author, korean = make_account(session), units_in(session, domain.id, "ko")
    texts = [make_submitted(session, unit, "글", by=author) for unit in korean[:2]]
    for unit in units_in(session, domain.id, "zh-Hans"):
        make_submitted(session, unit, "文字", by=author)
    texts += [make_submitted(session, unit, "글", by=author) for unit in korean[2:5]]
    numbers = [text.id for text in texts]

    def page(most: int, **place: int) -> list[int]:
        return [text.id for text in waiting_texts(session, ["ko"], domain="small", most=most, **place)]

    assert page(4) == numbers[:4]
    assert page(1, after=numbers[1]) == [numbers[2]]
    assert page(9, before=numbers[4]) == numbers[3::-1]
    assert page(9, after=numbers[4]) == []


def test_a_text_whose_source_has_changed_waits_for_nobody(session, unit, waiting, reviewer):
    domain = session.get(Domain, unit.message.domain_id)
    sync_messages(session, domain, [Source("ask", "Sign the letter")], LANGUAGES)
    session.commit()
    assert one(waiting) not in reviewer.get(QUEUE).text
    page = reviewer.get(one(waiting)).text
    assert "Nobody can approve it as it is." in page
    assert 'name="decision"' not in page


# A text


def test_a_text_is_shown_beside_its_source_with_everything_that_helps(session, unit, reviewer):
    make_approved(session, unit, "서명하세요")
    text = make_submitted(session, unit, "청원에 서명하세요", by=make_account(session))
    session.add(
        Dismissal(
            unit_id=unit.id,
            check="length",
            content_hash=text.content_hash,
            author_id=make_account(session).id,
            reason="It is a button.",
            made_at=NOW,
        )
    )
    session.commit()
    page = reviewer.get(one(text.id)).text
    parsed(page)
    for said in ("Sign the petition", "서명하세요", "Item by item", "Sentences", "Glossary term", "History"):
        assert said in page
    assert "<ins>" in page


def test_a_warning_and_who_found_it_unfounded_are_shown(session, unit, reviewer):
    wait = units_in(session, unit.message.domain_id, "ko")[1]
    text = make_submitted(session, wait, "곧 끝납니다", by=make_account(session))
    session.add(
        Dismissal(
            unit_id=wait.id,
            check="numbers",
            content_hash=text.content_hash,
            author_id=make_account(session, name="Yuri").id,
            reason="Said elsewhere.",
            made_at=NOW,
        )
    )
    session.commit()
    page = reviewer.get(one(text.id)).text
    assert "A number of the source is missing: 30" in page
    assert "Yuri found this unfounded: Said elsewhere." in page


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_a_text_of_a_language_that_one_does_not_review_is_closed(session, unit, reviewer, language):
    other = units_in(session, unit.message.domain_id, language)[0]
    text = make_submitted(session, other, "签名支持请愿", by=make_account(session))
    session.commit()
    assert reviewer.get(one(text.id)).status_code == 403
    assert reviewer.get(one(999_999_999)).status_code == 404


# Deciding


def test_an_approval_is_told_and_leads_to_the_next_text(app, session, unit, waiting, reviewer):
    wait = units_in(session, unit.message.domain_id, "ko")[1]
    later = make_submitted(session, wait, "30일 남았습니다", by=make_account(session))
    session.commit()
    answer = decide(reviewer, waiting, "approve")
    assert (answer.status_code, answer.location) == (303, one(later.id))
    page = reviewer.get(answer.location).text
    assert "Approved: Sign the petition Readers see it with the next release, not before." in read(page)
    assert f'href="{one(waiting)}"' in page  # the way back
    assert state_of(app, waiting) == "approved"
    assert decide(reviewer, later.id, "approve").location == QUEUE


@pytest.mark.parametrize(("decision", "state"), [("changes", "changes_requested"), ("reject", "rejected")])
def test_what_is_sent_back_comes_with_reasons(app, waiting, reviewer, decision, state):
    answer = decide(reviewer, waiting, decision, why=["harm", "terms"], reason=" Say “서명”.\r\nThanks ")
    assert answer.status_code == 303
    assert state_of(app, waiting) == state
    assert reason_of(app, waiting) == "Say “서명”.\nThanks"
    page = reviewer.get(one(waiting)).text
    assert f"It does not use the words of the glossary.\n{HARM}\nSay “서명”.\nThanks" in page


def test_a_ticked_reason_is_read_in_the_language_of_who_reads_it(app, waiting, reviewer):
    reviewer.get(f"{QUEUE}?language=ko")
    assert decide(reviewer, waiting, "reject", why=["harm", "tone", "nonsense"]).status_code == 303
    assert reason_of(app, waiting) == ""
    reader = app.test_client()
    sign_in(reader, add_person(app, (Role.REVIEWER, "ko")))
    for language, words in (("en", HARM), ("ko", "오도할 수"), ("zh-hans", "误导"), ("zh-hant", "誤導")):
        assert words in reader.get(f"{one(waiting)}?language={language}").text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"decision": "changes"}, "Say why: the author reads it."),
        ({"decision": "reject", "reason": " \0\r\n"}, "Say why: the author reads it."),
        ({"decision": ""}, "Choose one of the three."),
        ({"decision": "publish"}, "Choose one of the three."),
        ({"decision": "changes", "why": "unheard-of"}, "Say why: the author reads it."),
        (
            {"decision": "approve", "why": "harm"},
            "You ticked what is wrong with it. Untick that to approve, or send it back.",
        ),
        ({"decision": "reject", "reason": "x" * 2001}, "At most 2000 characters, please."),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_nothing_is_lost(app, waiting, reviewer, fields, message):
    answer = decide(reviewer, waiting, **fields)
    assert answer.status_code == 422
    parsed(answer.text)
    assert errors_in(answer.text) == [message]
    assert title_of(answer.text).startswith("Error: ")
    assert 'role="alert"' in answer.text
    if len(fields.get("reason", "")) > 2000:
        assert fields["reason"] in answer.text
    assert state_of(app, waiting) == "submitted"


def test_what_was_typed_and_ticked_stays_when_something_is_wrong(waiting, reviewer):
    page = decide(reviewer, waiting, "approve", why=["harm"], reason="Look at <this>").text
    assert "Look at &lt;this&gt;</textarea>" in page
    assert 'value="harm" checked' in page
    assert 'value="terms" checked' not in page


def test_ones_own_text_is_not_ones_own_to_approve_and_the_page_says_why(app, session, unit, reviewer):
    me = account_by_email(session, reviewer.email)
    text = make_submitted(session, unit, "청원에 서명하기", by=me)
    make_account(session, (Role.REVIEWER, "ko"), name="Jiwoo")
    make_account(session, (Role.REVIEWER, "zh-Hans"), name="Wang")
    session.commit()
    assert "Yours: somebody else decides." in reviewer.get(QUEUE).text
    page = reviewer.get(one(text.id)).text
    assert "You wrote this one." in page
    assert "These people can decide: Jiwoo" in page
    assert "Wang" not in page
    assert 'name="decision"' not in page
    token = value_of(reviewer.get("/account/").text, "csrf_token")
    answer = reviewer.post(one(text.id), data={"csrf_token": token, "decision": "approve", "seen": "x"})
    assert answer.status_code in (403, 409)
    assert "You wrote this one." in answer.text
    assert state_of(app, text.id) == "submitted"


def test_what_was_decided_meanwhile_is_not_decided_again(app, session, waiting, reviewer):
    seen = value_of(reviewer.get(one(waiting)).text, "seen")
    token = value_of(reviewer.get(one(waiting)).text, "csrf_token")
    session.execute(update(Translation).where(Translation.id == waiting).values(state="withdrawn"))
    session.commit()
    answer = reviewer.post(
        one(waiting),
        data={"csrf_token": token, "decision": "reject", "seen": seen, "why": "harm", "reason": "My words"},
    )
    assert answer.status_code == 409
    parsed(answer.text)
    assert "Nothing was decided" in answer.text
    assert "My words" in answer.text
    assert HARM in answer.text
    assert reason_of(app, waiting) is None


def test_a_decision_needs_the_pages_token(app, waiting, reviewer):
    seen = value_of(reviewer.get(one(waiting)).text, "seen")
    answer = reviewer.post(one(waiting), data={"decision": "approve", "seen": seen})
    assert answer.status_code in (400, 403)
    assert state_of(app, waiting) == "submitted"


# Taking back


def test_a_decision_is_taken_back_from_the_queue_or_the_text(app, waiting, reviewer):
    decide(reviewer, waiting, "approve")
    assert "Decided by you: what you can still take back" in reviewer.get(QUEUE).text
    page = reviewer.get(one(waiting)).text
    assert "You can take it back until a release holds it." in page
    assert "This very text is approved." in page
    answer = post(reviewer, f"{one(waiting)}/take-back", page=one(waiting))
    assert (answer.status_code, answer.location) == (303, one(waiting))
    page = reviewer.get(one(waiting)).text
    assert "Your decision is taken back: the text waits again." in page
    assert "Taken back on" in page
    assert 'name="decision"' in page
    assert state_of(app, waiting) == "submitted"
    assert "Decided by you" not in reviewer.get(QUEUE).text
    with app.app_context():
        query = select(AuditEntry.act).where(AuditEntry.subject == f"translation:{waiting}")
        acts = list(db.session().scalars(query.order_by(AuditEntry.id)))
        assert acts[-2:] == ["translation.approve", "translation.take_back"]


def test_what_a_release_holds_stays_and_the_page_says_so(app, session, unit, waiting, reviewer):
    decide(reviewer, waiting, "approve")
    domain = session.get(Domain, unit.message.domain_id)
    token = value_of(reviewer.get(one(waiting)).text, "csrf_token")
    build_release(session, domain, LANGUAGES, by=None, now=NOW)
    session.commit()
    answer = reviewer.post(f"{one(waiting)}/take-back", data={"csrf_token": token})
    assert answer.status_code == 409
    parsed(answer.text)
    assert "Nothing was taken back" in answer.text
    assert "Take the decision back" not in answer.text
    assert state_of(app, waiting) == "approved"
    assert "Decided by you" not in reviewer.get(QUEUE).text


def test_nobody_takes_back_what_another_decided(app, session, unit, reviewer):
    text = make_approved(session, unit, "청원에 서명하기")
    session.commit()
    assert "Take the decision back" not in reviewer.get(one(text.id)).text
    token = value_of(reviewer.get("/account/").text, "csrf_token")
    answer = reviewer.post(f"{one(text.id)}/take-back", data={"csrf_token": token})
    assert answer.status_code == 403
    assert "Only who decided can take it back." in answer.text
    assert state_of(app, text.id) == "approved"


# Several at once


def test_several_without_warnings_are_listed_in_full_and_approved(app, session, unit, waiting, reviewer):
    wait = units_in(session, unit.message.domain_id, "ko")[1]
    warned = make_submitted(session, wait, "곧 끝납니다", by=make_account(session))
    session.commit()
    page = reviewer.get(f"{QUEUE}/together").text
    parsed(page)
    assert "청원에 서명하기" in page
    assert "곧 끝납니다" not in page
    fields = {
        f"seen-{waiting}": value_of(page, f"seen-{waiting}"),
        f"seen-{warned.id}": "submitted.0." + warned.content_hash,
    }
    answer = post(reviewer, f"{QUEUE}/together", text=[waiting, warned.id], **fields)
    assert answer.status_code == 303
    page = reviewer.get(answer.location).text
    assert "1 text is approved." in page
    assert "Left out, because it changed or was decided meanwhile: 30 days left" in read(page)
    assert [state_of(app, number) for number in (waiting, warned.id)] == ["approved", "submitted"]


def test_of_several_one_that_changed_meanwhile_is_refused(app, session, unit, waiting, reviewer):
    seen = value_of(reviewer.get(f"{QUEUE}/together").text, f"seen-{waiting}")
    make_approved(session, unit, "서명")
    session.commit()
    answer = post(reviewer, f"{QUEUE}/together", text=waiting, **{f"seen-{waiting}": seen})
    page = reviewer.get(answer.location).text
    assert "Left out, because it changed or was decided meanwhile: Sign the petition" in read(page)
    assert "0 texts" not in page
    assert state_of(app, waiting) == "submitted"


def test_with_nothing_ticked_nothing_happens_and_the_page_says_so(app, waiting, reviewer):
    answer = post(reviewer, f"{QUEUE}/together")
    assert answer.status_code == 422
    parsed(answer.text)
    assert errors_in(answer.text) == ["Tick at least one text."]
    assert title_of(answer.text).startswith("Error: ")
    assert state_of(app, waiting) == "submitted"


def test_ones_own_texts_are_not_among_several(session, unit, reviewer):
    make_submitted(session, unit, "청원에 서명하기", by=account_by_email(session, reviewer.email))
    session.commit()
    page = reviewer.get(f"{QUEUE}/together").text
    assert "No text here can be approved without a closer look." in page
