"""The desk and the log: who may open them, and what they show."""

from sqlalchemy import text

from advocacy.extensions import begin_writing, db
from advocacy.rules.permissions import Role
from tests.account.test_signing_in import _no_tries_yet  # noqa: F401  a fixture
from tests.factories import SLUG, make_confirmed
from tests.pages import parsed
from tests.people import add_person, sign_in, staff_client


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
        session = begin_writing(db.session())
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
            begin_writing(session)
            session.execute(text("UPDATE audit_log SET actor = substr(actor, 2) WHERE id = 1"))
            session.execute(
                text(ddl if sqlite else "ALTER TABLE audit_log ENABLE TRIGGER audit_log_append_only")
            )
            session.commit()
    assert "The log is whole" in client.get("/staff/audit").text
