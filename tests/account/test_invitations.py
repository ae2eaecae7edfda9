"""Invitations: a mailed link to roles, taken once, under a name of one's own choice."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.actions.add_account import AccountFault, AccountRefusedError
from advocacy.actions.invite import invite, withdraw_invitation
from advocacy.models import Account, AuditEntry, Invitation
from advocacy.models.account import account_by_email
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import make_occasion
from tests.mails import sent_mails, text_of
from tests.pages import errors_in, parsed
from tests.people import PASSWORD, add_person, post

ADDRESS = "new@example.org"
ROLES = [(Role.TRANSLATOR, "ko"), (Role.REVIEWER, "zh-Hant")]


@pytest.fixture
def occasion(app):
    return make_occasion(safe=app.extensions["advocacy"].safe, now=datetime.now(UTC))


@pytest.fixture
def send(app, session, occasion):
    def send(email: str = ADDRESS, **changes) -> str:
        values = {"roles": ROLES, "by": None, "language": "ko", "name": "미나", **changes}
        invite(session, occasion, email=email, **values)
        session.commit()
        mail = sent_mails(app)[-1]
        assert mail["To"] == email
        return re.search(r"http://127.0.0.1:8000(/account/invitation/\S+)", text_of(mail)).group(1)

    return send


def test_whoever_takes_an_invitation_is_signed_in_with_its_roles(client, session, send):
    link = send()
    for _ in range(3):
        page = client.get(link).text
    parsed(page)
    assert "한국어" in page
    assert 'value="미나"' in page
    answer = post(client, link, name="민들레", new_password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/")
    assert "민들레" in client.get("/account/").text
    account = account_by_email(session, ADDRESS)
    assert [(grant.role, grant.language) for grant in account.grants] == ROLES
    assert client.get(link).status_code == 404
    acts = list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.id.desc()).limit(3)))
    assert acts == ["account.sign_in", "account.add", "invitation.send"]


def test_what_is_refused_is_said_and_the_name_kept_and_the_link_serves_on(app, client, session, send):
    add_person(app, (Role.TRANSLATOR, "ko"), name="Taken")
    link = send()
    for name, password, message in (
        ("Taken", PASSWORD, "다른 이름을"),
        ("#3", PASSWORD, "이름"),
        ("", PASSWORD, "이름"),
        ("민들레", "short", "12자"),
    ):
        answer = post(client, link, name=name, new_password=password)
        assert answer.status_code == 422
        assert len(errors_in(answer.text)) == 1
        assert message in errors_in(answer.text)[0]
        assert f'value="{name}"' in answer.text
        assert PASSWORD not in answer.text
    assert session.scalar(select(Account).where(Account.email == ADDRESS)) is None
    assert post(client, link, name="민들레", new_password=PASSWORD).status_code == 303


def test_an_invitation_is_over_when_withdrawn_replaced_or_old(client, session, send):
    first = send()
    second = send()
    assert client.get(first).status_code == 404
    session.scalars(select(Invitation)).one().expires_at = datetime.now(UTC) - timedelta(seconds=1)
    session.commit()
    assert client.get(second).status_code == 404
    third = send()
    withdraw_invitation(session, session.scalars(select(Invitation)).one(), by=None, now=datetime.now(UTC))
    session.commit()
    assert client.get(third).status_code == 404


def test_who_has_an_account_is_not_invited_again(app, session, occasion):
    email = add_person(app, (Role.TRANSLATOR, "ko"))
    with pytest.raises(AccountRefusedError) as refused:
        invite(session, occasion, email=email.upper(), roles=ROLES, by=None, language="ko")
    assert refused.value.fault is AccountFault.ADDRESS_TAKEN
