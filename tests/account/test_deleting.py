"""Deleting an account: nothing is left of who it was, and everything of what was written."""

import pytest
from sqlalchemy import func, select

from advocacy.actions.add_account import AccountRefusedError, add_account
from advocacy.models import Account, AccountSession, AuditEntry, Grant, RecoveryCode, Translation
from advocacy.models.account import account_by_email
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import NOW, make_domain, make_submitted
from tests.pages import errors_in, parsed
from tests.people import PASSWORD, add_person, enrol, post, sign_in

DELETE = "/account/delete"


@pytest.fixture
def email(app):
    return add_person(app, (Role.TRANSLATOR, "ko"), name="Mina")


def test_a_deleted_account_leaves_its_work_and_nothing_of_who_it_was(app, client, email, session):
    sign_in(client, email)
    enrol(client)
    account = account_by_email(session, email)
    unit = units_in(session, make_domain(session).id, "ko")[0]
    translation = make_submitted(session, unit, "청원에 서명하기", by=account)
    number, work = account.id, translation.id
    session.commit()
    parsed(client.get(DELETE).text)
    answer = post(client, DELETE, password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/deleted?language=en")
    assert "cookies" in answer.headers["Clear-Site-Data"]
    assert "Your account is deleted" in client.get("/account/deleted?language=en").text
    assert client.get("/account/").status_code == 303
    session.expire_all()
    left = session.get(Account, number)
    assert (left.name, left.email, left.password_hash, left.totp_box) == (f"#{number}", None, None, None)
    assert left.erased_at is not None
    for kept in (AccountSession, Grant, RecoveryCode):
        assert session.scalar(select(func.count()).where(kept.account_id == number)) == 0
    assert (session.get(Translation, work).author_id, session.get(Translation, work).texts) == (
        number,
        ["청원에 서명하기"],
    )
    newest = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (newest.act, newest.actor, newest.details) == ("account.delete", f"account:{number}", {})


@pytest.mark.parametrize("password", ["", "another password"])
def test_it_takes_the_password(client, email, session, password):
    sign_in(client, email)
    answer = post(client, DELETE, password=password)
    assert answer.status_code == 422
    assert errors_in(answer.text) == ["This is not your password." if password else "Enter your password."]
    assert account_by_email(session, email).erased_at is None
    assert client.post(DELETE, data={"password": PASSWORD}).status_code == 400
    assert client.get("/account/").status_code == 200


def test_other_browsers_of_it_are_signed_out_and_nobody_signs_in_to_it(app, client, email):
    other = app.test_client()
    sign_in(client, email)
    sign_in(other, email)
    post(client, DELETE, password=PASSWORD)
    assert other.get("/account/").status_code == 303
    assert sign_in(other, email).status_code == 422


def test_the_address_and_the_name_are_free_again_and_nobody_passes_for_a_former_one(
    app, client, email, session
):
    sign_in(client, email)
    post(client, DELETE, password=PASSWORD)
    how = {"password": PASSWORD, "roles": [], "by": "operator", "now": NOW}
    add_account(session, name="Mina", email=email, **how)
    with pytest.raises(AccountRefusedError, match="no #"):
        add_account(session, name="#1", email="other@example.org", **how)
