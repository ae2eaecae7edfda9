"""A lost password: a mailed link that serves once, and tells strangers nothing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from advocacy.actions.purge import purge
from advocacy.models import AuditEntry, OutgoingMail, RecoveryLink
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.mails import html_of, sent_mails, text_of
from tests.pages import errors_in, parsed
from tests.people import PASSWORD, add_person, post, sign_in

RECOVER, ANOTHER = "/account/recover", "another horse battery"


@pytest.fixture
def email(app):
    return add_person(app, (Role.TRANSLATOR, "ko"))


def ask(client, email: str, language: str = "en"):
    return post(client, RECOVER, f"{RECOVER}?language={language}", email=email)


def link_in(mail) -> str:
    return re.search(r"http://127.0.0.1:8000(/account/recover/link/\S+)", text_of(mail)).group(1)


def test_a_link_comes_by_mail_and_sets_another_password_once(app, client, email):
    other = app.test_client()
    sign_in(other, email)
    assert ask(client, f" {email.upper()} ", "ko").headers["Location"] == f"{RECOVER}/sent"
    (mail,) = sent_mails(app)
    assert mail["To"] == email
    assert mail["Subject"] == "새 비밀번호 설정"
    parsed(html_of(mail))
    link = link_in(mail)
    for _ in range(3):  # as mail scanners do
        assert client.get(link).status_code == 200
    short = post(client, link, new_password="short")
    assert (short.status_code, errors_in(short.text)) == (422, ["12자 이상 입력하세요."])
    assert post(client, link, new_password=ANOTHER).headers["Location"] == "/account/sign-in"
    assert "비밀번호가 변경되었습니다" in client.get("/account/sign-in").text
    assert other.get("/account/").status_code == 303
    assert sign_in(client, email, PASSWORD).status_code == 422
    assert sign_in(client, email, ANOTHER).status_code == 303
    gone = client.get(link)
    assert (gone.status_code, "form" in gone.text) == (404, True)
    assert client.post(link, data={"new_password": ANOTHER}).status_code == 400


def test_only_the_newest_link_serves_and_not_for_long(app, client, email, session):
    ask(client, email)
    ask(client, email)
    older, newer = (link_in(mail) for mail in sent_mails(app))
    assert client.get(older).status_code == 404
    assert client.get(newer).status_code == 200
    link = session.scalars(select(RecoveryLink)).one()
    link.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    session.commit()
    assert client.get(newer).status_code == 404
    purge(session, now=datetime.now(UTC))
    session.commit()
    assert session.scalar(select(func.count()).select_from(RecoveryLink)) == 0


def test_whether_there_is_an_account_nothing_tells(app, client, email, session):
    known, unknown = ask(client, email), ask(app.test_client(), "nobody@example.org")
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    lengths = [len(mail.contents) for mail in session.scalars(select(OutgoingMail))]
    assert len(lengths) == 2
    assert lengths[0] == lengths[1]
    assert session.scalar(select(func.count()).select_from(RecoveryLink)) == 2
    assert [mail["To"] for mail in sent_mails(app)] == [email]


def test_the_link_leads_to_this_site_whatever_the_host_header_says(app, client, email):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(RECOVER).text).group(1)
    data = {"email": email, "csrf_token": token}
    for headers in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}):
        client.post(RECOVER, data=data, headers=headers)
    assert all("evil" not in text_of(mail) + html_of(mail) for mail in sent_mails(app))


def test_one_network_cannot_have_an_address_flooded(client, email):
    statuses = [ask(client, email).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]
    assert ask(client, "another@example.org").status_code == 303


@pytest.mark.parametrize("text", ["", "mina", "mina@"])
def test_what_is_no_address_is_said_beside_the_field(client, text):
    answer = ask(client, text)
    assert answer.status_code == 422
    assert len(errors_in(answer.text)) == 1
    parsed(answer.text)


def test_the_second_factor_stays_and_the_act_is_in_the_log(app, client, session):
    email = add_person(app, (Role.ADMINISTRATOR, None))
    ask(client, email)
    post(client, link_in(sent_mails(app)[0]), new_password=ANOTHER)
    newest = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert newest.act == "account.recover"
    sign_in(client, email, ANOTHER)
    assert client.get("/staff/").headers["Location"].startswith("/account/second-factor")
