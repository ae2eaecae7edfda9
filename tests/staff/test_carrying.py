"""What staff typed when their session had ended: it goes through signing in, and nothing is done for them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from advocacy.actions.comment import add_comment
from advocacy.actions.edit_source import Edit, edit_source
from advocacy.actions.join import apply_to_translate
from advocacy.actions.releases import build_release, confirm_release
from advocacy.actions.sync_messages import Source
from advocacy.models import AuditEntry, Comment, OutgoingMail, Translation
from advocacy.models.domain import domain_numbered
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.web.access import access_of
from tests.factories import make_account, make_approved, make_domain, submitted_in_korean
from tests.letters import OTHER, make_letter
from tests.pages import parsed, title_of
from tests.people import (
    OURS,
    PASSWORD,
    add_person,
    end_sessions,
    enrol,
    forget_tries,
    make_wish,
    post_form_of,
    sign_in,
)

TYPED = 'A reason, "half" <written> & more'
BLOCK = f"/staff/appeals/{OTHER}/source/title"
RELEASE = "/staff/releases/published"

FORMS = [
    ("/staff/review/{text}", "reason", {"decision": "changes", "why": "accuracy"}),
    ("/staff/review/{text}/comments", "comment", {"about_source": "yes"}),
    ("/staff/review/{text}/comments/1", "reason", {}),
    ("/staff/review/{text}/opinion", "words", {"answer": "no"}),
    ("/staff/review/{text}/back", "back", {}),
    ("/staff/questions", "answer-{question}", {"question": "{question}"}),
    (BLOCK, "text", {}),
    (BLOCK, "reason", {"meaning": "typo", "text": "One more title"}),
    (f"{BLOCK}/look", "text", {}),
    (f"{BLOCK}/urgent", "reason", {}),
    (f"{RELEASE}/prepare", "note", {}),
    (f"{RELEASE}/languages", "reason", {"tag": "ko", "to": "source"}),
    (f"{RELEASE}/1/roll-back", "reason", {}),
    ("/staff/policies/messages/people", "why", {"people": "one"}),
    ("/staff/people/agreement", "text-ko", {}),
    ("/staff/people/invite", "email", {"translator-ko": "on"}),
    ("/staff/people/applications/{application}", "words", {"decision": "decline"}),
]
"""Addresses that take words, the field that they stand in, and what is sent with them."""

WITHOUT_WORDS = {
    "account.take_sign_out",
    "factor.take",
    "factor.take_passkey",
    "factor.take_enrol",
    "passkeys.take",
    "passkeys.take_remove",
    "profile.take_password",
    "profile.take_sign_out_everywhere",
    "profile.take_credit",
    "profile.take_delete",
    "news.take_read",
    "news.take_rhythm",
    "agreement.take",
    "review.take_one_back",
    "review.approve_together",
    "opinions.ask",
    "opinions.take_assignment",
    "back.ask",
    "releases.confirm",
    "policies.take_texts",
    "typos.settle",
    "names.take",
    "people.take_withdraw",
    "people.take_grant",
    "people.take_revoke",
    "people.take_reset",
    "live.take",  # the editor's script asks it
}
"""Where nothing is written but secrets: what is ticked or pressed there is no work that could be lost."""


def test_every_form_that_takes_words_keeps_them(app):
    silent = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
        and (access := access_of(app.view_functions[rule.endpoint])).permission
        and not access.keeps_typed
    }
    assert silent == WITHOUT_WORDS


@pytest.fixture
def things(app, session) -> dict[str, int]:
    """What the forms are about; nobody has tried to sign in."""
    forget_tries(app)
    text = submitted_in_korean(session)
    question = add_comment(
        session,
        session.get_one(Translation, text).unit,
        "Whom does it thank?",
        by=make_account(session).id,
        about_source=True,
        now=datetime.now(UTC),
    )
    publish_twice(session)
    letter = make_letter(session)
    publish(session, domain_numbered(session, letter.domain_id))
    title = next(one for one in letter.blocks if one.key == "title")
    edit = Edit("Another title", title.message.source_hash, meaning_changed=True)
    edit_source(session, title, edit, LANGUAGES, by=make_account(session).id, now=datetime.now(UTC))
    application = apply_to_translate(session, make_wish(), now=datetime.now(UTC))
    session.commit()
    return {"text": text, "application": application.id, "question": question.id}


def publish_twice(session) -> None:
    """A domain with something new to publish, and a release to go back to."""
    texts = ("Sign", "Share", "Write")
    domain = make_domain(session, *(Source(None, text) for text in texts), name="published")
    for unit in units_in(session, domain.id, "ko"):
        if unit.message.msgid != "Sign":
            publish(session, domain)
        make_approved(session, unit, "청원에 서명하기")


def publish(session, domain) -> None:
    release = build_release(session, domain, LANGUAGES, by=None, now=datetime.now(UTC))
    confirm_release(session, release, by=None, now=datetime.now(UTC))


def acts(session) -> list[int]:
    """How much was done: rows of the log but for signing in, comments, mails."""
    session.rollback()
    logged = select(func.count()).select_from(AuditEntry).where(AuditEntry.act.not_like("account.%"))
    others = (select(func.count()).select_from(table) for table in (Comment, OutgoingMail))
    return [session.scalar(query) for query in (logged, *others)]


@pytest.mark.parametrize(("path", "name", "fields"), FORMS)
def test_what_was_typed_comes_back_and_nothing_is_done(app, session, things, path, name, fields):
    email = add_person(app, *((role, "ko" if role.of_language else None) for role in Role))
    client = app.test_client()
    sign_in(client, email)
    codes, _ = enrol(client, ago=30)
    path, name = path.format(**things), name.format(**things)
    fields = {field: value.format(**things) for field, value in fields.items()}
    end_sessions(app)
    answer = client.post(path, data={**fields, name: TYPED}, headers=OURS)
    assert (answer.status_code, title_of(answer.text)) == (403, "Sign in")
    assert "Location" not in answer.headers
    factor = post_form_of(client, answer.text, "/account/sign-in", email=email, password=PASSWORD)
    asked = post_form_of(client, factor.text, path)
    code = codes.at(datetime.now(UTC).timestamp())
    before = acts(session)
    again = post_form_of(client, asked.text, "/account/second-factor", code=code)
    there = post_form_of(client, again.text, path)
    assert there.status_code == 200
    assert TYPED in shown_in(there.text, name)
    assert acts(session) == before


def shown_in(page: str, name: str) -> list[str]:
    """What the fields of a name hold."""
    fields = [
        one for one in parsed(page).iter() if one.tag in {"input", "textarea"} and one.get("name") == name
    ]
    return [one.get("value") if one.tag == "input" else one.text for one in fields]
