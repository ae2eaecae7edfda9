"""The desk and the log: who may open them, and what they show."""

import re

import pytest
from sqlalchemy import text

from advocacy.extensions import db
from advocacy.rules.permissions import ALLOWS, FOR_EVERYBODY, Role
from advocacy.web.access import access_of
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import SLUG, make_confirmed, some_unit, submitted_in_korean
from tests.pages import parsed
from tests.people import add_person, sign_in, staff_client

PEOPLE = [*Role, None]


def client_of(app, role: Role | None):
    if role is not None and role.is_staff:
        return staff_client(app, role)
    client = app.test_client()
    if role is not None:
        sign_in(client, add_person(app, (role, "ko")))
    return client


def address_of(rule: str, *, unit: int, waiting: int) -> str:
    """An address that leads somewhere, in the language that `client_of` gives roles for."""
    values = {
        "<slug:slug>": SLUG,
        "<slug:key>": "title",
        "<language:into>": "ko",
        "<domain>": f"appeal-{SLUG}",
        "<name>": "messages",
    }
    for name, value in values.items():
        rule = rule.replace(name, value)
    numbers = {"/review/": waiting, "/translate/": unit}
    number = next((number for part, number in numbers.items() if part in rule), 1)
    return re.sub("<int[^>]*>", str(number), rule)


@pytest.mark.parametrize("role", PEOPLE, ids=str)
def test_every_page_opens_to_those_whom_the_table_allows_and_to_nobody_else(app, session, role):
    waiting = submitted_in_korean(session)
    client = client_of(app, role)
    guarded = [
        (rule, access.permission)
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and (access := access_of(app.view_functions[rule.endpoint]))
        and access.permission is not None
    ]
    assert len(guarded) >= 11
    for rule, permission in guarded:
        status = client.get(address_of(rule.rule, unit=some_unit(app), waiting=waiting)).status_code
        if role is None:
            assert status == 303, rule.rule
        else:
            allowed = permission in ALLOWS[role] | FOR_EVERYBODY
            # 404: whoever may look is told that nothing has this number
            assert (status in (200, 303, 404)) == allowed, (rule.rule, role, status)
            assert allowed or status == 403


def test_the_desk_shows_counts_texts_and_where_the_keys_are(app, session):
    make_confirmed(session)
    session.commit()
    page = staff_client(app, Role.EDITOR).get("/staff/").text
    parsed(page)
    assert SLUG in page
    assert "appeal-save-north-koreans" in page
    assert "private delivery key" in page
    assert "/staff/audit" not in page


def test_the_log_is_read_by_administrators_in_pages_and_as_a_file(app):
    client = staff_client(app, Role.ADMINISTRATOR)
    for _ in range(60):
        sign_in(app.test_client(), add_person(app, (Role.TRANSLATOR, "ko")))
        break
    page = client.get("/staff/audit").text
    parsed(page)
    assert "The log is whole" in page
    assert "account.sign_in" in page
    assert "@" not in page
    file = client.get("/staff/audit.csv?act=account.sign_in")
    assert file.mimetype == "text/csv"
    lines = file.text.strip().splitlines()
    assert lines[0] == "id,at,actor,act,subject,hash"
    assert all(",account.sign_in," in line for line in lines[1:])


def test_a_log_that_was_changed_says_so_on_the_page(app):
    client = staff_client(app, Role.ADMINISTRATOR)
    with app.app_context():
        session = db.session()
        sqlite = session.get_bind().dialect.name == "sqlite"
        if sqlite:
            ddl = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'audit_log_no_update'"))
            session.execute(text("DROP TRIGGER audit_log_no_update"))
        else:
            session.execute(text("ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only"))
        session.execute(text("UPDATE audit_log SET actor = 'x' || actor WHERE id = 1"))
        session.commit()
        try:
            assert "The log has been changed" in client.get("/staff/audit").text
        finally:
            session.execute(text("UPDATE audit_log SET actor = substr(actor, 2) WHERE id = 1"))
            session.execute(
                text(ddl if sqlite else "ALTER TABLE audit_log ENABLE TRIGGER audit_log_append_only")
            )
            session.commit()
    assert "The log is whole" in client.get("/staff/audit").text
