"""The page on which moderators look at the names that signers chose to show."""

from sqlalchemy import select

from advocacy.extensions import db
from advocacy.models import AuditEntry, Signature
from advocacy.rules.permissions import Role
from advocacy.rules.signing import Display, NameState
from tests.factories import make_confirmed
from tests.pages import parsed, value_of
from tests.people import staff_client

PAGE = "/staff/names"


def named(session, *names: str) -> list[int]:
    made = [make_confirmed(session, name=name, display=Display.NAME) for name in names]
    for signature in made:
        signature.name_state = NameState.WAITING
    session.commit()
    return [signature.id for signature in made]


def states(app) -> list[NameState]:
    with app.app_context():
        return list(db.session().scalars(select(Signature.name_state).order_by(Signature.id)))


def decide(client, decision: str, *numbers: int | str):
    token = value_of(client.get(PAGE).text, "csrf_token")
    return client.post(
        PAGE, data={"csrf_token": token, "decision": decision, "name": list(numbers)}, follow_redirects=True
    )


def test_names_are_shown_or_left_out_by_who_looked_at_them(app, session):
    first, second, _third = named(session, "김민지", "<b>Buy</b> this", "王芳")
    client = staff_client(app, Role.MODERATOR)
    page = client.get(PAGE).text
    parsed(page)
    assert "김민지" in page
    assert "&lt;b&gt;Buy" in page
    assert "1 name is shown now." in decide(client, "show", first).text
    assert "1 name is left out." in decide(client, "refuse", second).text
    assert states(app) == [NameState.SHOWN, NameState.REFUSED, NameState.WAITING]
    page = client.get(PAGE).text
    assert "김민지" not in page
    assert "王芳" in page
    with app.app_context():
        acts = list(db.session().scalars(select(AuditEntry).order_by(AuditEntry.id)))[-2:]
        assert [(entry.act, entry.actor[:8]) for entry in acts] == [
            ("names.shown", "account:"),
            ("names.refused", "account:"),
        ]


def test_what_is_not_a_name_that_waits_is_passed_over(app, session):
    (number,) = named(session, "Mina")
    client = staff_client(app, Role.MODERATOR)
    assert "0 names are shown now." in decide(client, "show", "999999", "x", "-1").text
    assert states(app) == [NameState.WAITING]
    decide(client, "show", number)
    with app.app_context():
        session = db.session()
        assert session.scalar(select(Signature.shown_as)) == "Mina"
    assert "No name is waiting." in client.get(PAGE).text


def test_a_decision_is_taken_with_the_pages_own_token_alone(app, session):
    (number,) = named(session, "Mina")
    client = staff_client(app, Role.MODERATOR)
    answer = client.post(PAGE, data={"decision": "show", "name": number})
    assert answer.status_code in (400, 403)
    assert states(app) == [NameState.WAITING]
