"""Judging signatures and names from the command line."""

import pytest
from sqlalchemy import select

from advocacy.actions.confirm import confirm
from advocacy.actions.sign import sign
from advocacy.models import Batch, OutgoingMail
from advocacy.rules.signing import Display
from tests.commands import rejected, run
from tests.factories import NOW, SLUG, make_occasion, make_submission, shipped_appeal


def test_a_batch_is_looked_at_rejected_and_restored(environ, session, app):
    safe = app.extensions["advocacy"].safe
    occasion = make_occasion(safe=safe)
    contents = [real_form(session, occasion, f"robot{n}@spam.example") for n in range(3)]
    real_form(session, occasion, "person@example.org")
    session.commit()
    assert len(contents) == 3
    seen = run("signatures", "look", SLUG, "--domain", "SPAM.example")
    assert seen.split("\t")[0] == "3"
    assert seen.split("\t")[2] == "ko"
    assert run("signatures", "reject", SLUG, "--domain", "spam.example", "--reason", "robots").endswith(
        ": 3 signatures rejected\n"
    )
    assert "\t1 of" in run("appeals", "list")
    number = str(session.scalars(select(Batch.id)).one())
    assert "3 signatures restored" in run("signatures", "restore", number, "--reason", "people")
    assert "restored before" in rejected("signatures", "restore", number, "--reason", "again")
    assert "\t4 of" in run("appeals", "list")
    said = run("audit", "verify")
    assert "whole" in said
    kept = said.split()[-1]
    assert "whole" in run("audit", "verify", "--kept", kept)
    assert "not an entry and its hash" in rejected("audit", "verify", "--kept", kept[:-1] + "x")
    assert "entry 999999 was kept" in rejected("audit", "verify", "--kept", f"999999:{'0' * 64}")


def test_what_a_flood_held_is_released(environ, session, app):
    occasion = make_occasion(safe=app.extensions["advocacy"].safe, held=True)
    real_form(session, occasion, "person@example.org")
    session.commit()
    assert "\t0 of" in run("appeals", "list")
    assert "held" in run("signatures", "look", SLUG, "--held")
    assert run("signatures", "release", SLUG, "--held", "--reason", "looked at") == "1 signatures count now\n"
    assert "\t1 of" in run("appeals", "list")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("look", SLUG), "Say which signatures"),
        (("look", "nowhere", "--held"), "no appeal 'nowhere'"),
        (("restore", "9999", "--reason", "x"), "no batch 9999"),
        (("reject", SLUG, "--held"), "--reason"),
        (("show-names", "999999"), "Nothing to decide for 999999"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_sentence(environ, words, said):
    assert said in rejected("signatures", *words)


def test_names_are_looked_at_before_they_are_shown(environ, session, app):
    occasion = make_occasion(safe=app.extensions["advocacy"].safe)
    real_form(session, occasion, "a@example.org", name="Maria Silva", display=Display.NAME)
    session.commit()
    number, name = run("signatures", "names", SLUG).strip().split("\t")
    assert name == "Maria Silva"
    assert run("signatures", "show-names", number) == "1 names shown\n"
    assert run("signatures", "names", SLUG) == ""
    assert run("signatures", "refuse-names", number) == "1 names left out\n"


def real_form(session, occasion, address: str, **changes) -> None:
    """A signature confirmed under the application's own keys."""
    sign(session, shipped_appeal(session), make_submission(address=address, **changes), occasion)
    mail = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    contents = occasion.safe.open_mail(mail.message_id, mail.contents)
    confirm(session, contents["confirm"], now=NOW)
