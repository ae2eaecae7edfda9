"""The administrators' pages: accounts, roles, invitations, applications."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from advocacy.actions.join import apply_to_translate
from advocacy.models import Account, Application, AuditEntry, Invitation
from advocacy.models.account import account_by_email
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.mails import sent_mails, text_of
from tests.pages import parsed, value_of
from tests.people import add_person, enrol, make_wish, sign_in, staff_client

PEOPLE = "/staff/people/"


@pytest.fixture
def client(app):
    return staff_client(app, Role.ADMINISTRATOR)


@pytest.fixture
def application(session) -> int:
    number = apply_to_translate(session, make_wish(), now=datetime.now(UTC)).id
    session.commit()
    return number


def send(client, path: str, page: str = PEOPLE, **fields):
    token = value_of(client.get(page).text, "csrf_token")
    return client.post(path, data={"csrf_token": token, **fields}, follow_redirects=True)


def newest_act(session) -> AuditEntry:
    session.rollback()
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def test_somebody_is_invited_in_a_language_and_the_invitation_taken_back(app, client, session):
    fields = {"email": "new@example.org", "role": ["translator ko", "editor"], "mail_language": "zh-Hant"}
    page = send(client, f"{PEOPLE}invite", **fields).text
    parsed(page)
    assert "The invitation is on its way." in page
    assert "new@example.org" in page
    (mail,) = sent_mails(app)
    assert mail["Subject"] == "誠邀您加入"
    assert "?language=zh-hant" in text_of(mail)
    entry = newest_act(session)
    assert (entry.act, entry.details) == ("invitation.send", {"roles": ["translator:ko", "editor"]})
    number = session.scalars(select(Invitation.id)).one()
    assert "taken back" in send(client, f"{PEOPLE}invitations/{number}/withdraw").text
    assert newest_act(session).act == "invitation.withdraw"
    assert send(client, f"{PEOPLE}invitations/{number}/withdraw").status_code == 404


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": "new@example.org"}, "Tick at least one role."),
        ({"email": "new@example.org", "role": "translator xx"}, "Tick at least one role."),
        ({"email": "new@example.org", "role": "editor ko"}, "Tick at least one role."),
        ({"email": "new", "role": "editor"}, "Enter the email address in full"),
        ({"email": "person@here.example", "role": "editor"}, "There is an account"),
    ],
    ids=str,
)
def test_an_invitation_that_cannot_be_sent_says_why_and_keeps_what_was_typed(
    app, client, session, fields, message
):
    with app.app_context():
        email = add_person(app, (Role.TRANSLATOR, "ko"))
        session.execute(select(Account))
        account_by_email(session, email).email = "person@here.example"
        session.commit()
    answer = send(client, f"{PEOPLE}invite", **fields)
    assert answer.status_code == 422
    assert message in answer.text
    assert f'value="{fields["email"]}"' in answer.text
    assert ('value="editor" checked' in answer.text) == (fields.get("role") == "editor")
    assert session.scalars(select(Invitation)).all() == []


def test_roles_are_given_and_taken_back_and_whoever_held_one_is_signed_out(app, client, session):
    email = add_person(app, (Role.TRANSLATOR, "ko"), name="Mina")
    theirs = app.test_client()
    sign_in(theirs, email)
    account = account_by_email(session, email)
    page = f"{PEOPLE}{account.id}"
    assert (
        "The role is given."
        in send(client, f"{page}/grant", page, role=["reviewer ko", "translator ko"]).text
    )
    assert "Nothing was changed." in send(client, f"{page}/grant", page, role="reviewer ko").text
    session.rollback()
    session.refresh(account)
    assert [(grant.role, grant.language) for grant in account.grants] == [
        (Role.TRANSLATOR, "ko"),
        (Role.REVIEWER, "ko"),
    ]
    assert "The role is taken back." in send(client, f"{page}/revoke", page, grant=account.grants[0].id).text
    assert "Nothing was changed." in send(client, f"{page}/revoke", page, grant="x").text
    assert theirs.get("/account/").status_code == 303
    assert newest_act(session).act == "account.revoke"


def test_nobody_takes_back_her_own_roles_or_second_factor(app, client, session):
    own = session.scalars(select(Account).order_by(Account.id.desc())).first()
    page = f"{PEOPLE}{own.id}"
    assert "taken back by another administrator" in client.get(page).text
    assert send(client, f"{page}/revoke", page, grant=own.grants[0].id).status_code == 403
    assert send(client, f"{page}/reset-second-factor", page).status_code == 403


def test_a_lost_second_factor_is_forgotten(app, client, session):
    email = add_person(app, (Role.EDITOR, None))
    theirs = app.test_client()
    sign_in(theirs, email)
    enrol(theirs)
    account = account_by_email(session, email)
    page = f"{PEOPLE}{account.id}"
    assert "is forgotten" in send(client, f"{page}/reset-second-factor", page).text
    session.rollback()
    session.refresh(account)
    assert account.totp_box is None
    assert theirs.get("/account/").status_code == 303


def test_an_accepted_applicant_is_invited(app, client, session, application):
    page = f"{PEOPLE}applications/{application}"
    shown = client.get(page).text
    parsed(shown)
    assert "민들레" in shown
    assert "서명이 집계되었습니다." in shown
    assert "The invitation is on its way." in send(client, page, page, decision="accept").text
    (mail,) = sent_mails(app)
    assert (mail["To"], mail["Subject"]) == ("applicant@example.org", "초대합니다")
    assert session.scalars(select(Invitation)).one().name == "민들레"
    assert session.scalars(select(Application)).all() == []
    assert newest_act(session).act == "application.accept"
    assert client.get(page).status_code == 404


def test_a_declined_applicant_learns_why_and_the_application_is_deleted(app, client, session, application):
    page = f"{PEOPLE}applications/{application}"
    missing = send(client, page, page, decision="decline", words=" ")
    assert (missing.status_code, "Write what is to be sent." in missing.text) == (422, True)
    send(client, page, page, decision="decline", words="지금은 자리가 없습니다.")
    (mail,) = sent_mails(app)
    assert "지금은 자리가 없습니다." in text_of(mail)
    assert session.scalars(select(Application)).all() == []
    assert newest_act(session).details == {"language": "ko"}


def test_a_question_reaches_the_applicant_and_her_answer_the_page(app, client, session, application):
    page = f"{PEOPLE}applications/{application}"
    send(client, page, page, decision="ask", words="언제 시간이 있으신가요?")
    (mail,) = sent_mails(app)
    assert "언제 시간이 있으신가요?" in text_of(mail)
    assert "/ko/question/" in text_of(mail)
    assert "waits for an answer" in client.get(PEOPLE).text
    assert "No answer yet." in client.get(page).text
    session.scalars(select(Application)).one().answer = "주말에요."
    session.commit()
    assert "주말에요." in client.get(page).text


def test_an_applicant_who_has_an_account_is_given_the_role_instead(app, client, session):
    email = add_person(app, (Role.TRANSLATOR, "zh-Hans"))
    number = apply_to_translate(session, make_wish(email=email), now=datetime.now(UTC)).id
    session.commit()
    page = f"{PEOPLE}applications/{number}"
    answer = send(client, page, page, decision="accept", words="kept")
    assert (answer.status_code, "give it the role instead" in answer.text) == (422, True)
    assert ">kept</textarea>" in answer.text
    assert send(client, page, page, decision="dance").status_code == 400
