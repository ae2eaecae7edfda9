"""What an author says in the editor that her text says: kept with the text, never lost, never in a file."""

import pytest
from sqlalchemy import event

from advocacy.extensions import db
from advocacy.models.back_translation import back_translations_of
from advocacy.models.translation import translations_of
from advocacy.rules.back_translation import LONGEST_BACK
from advocacy.rules.permissions import Role
from tests.factories import make_account, make_submitted
from tests.pages import errors_in, parsed
from tests.translate.conftest import ASK, DAYS, field_of


def kept(session, unit) -> list[list[str]]:
    """What the author says of each of a unit's texts, newest first."""
    session.rollback()
    texts = translations_of(session, unit.id)
    return [[one.text for one in back_translations_of(session, text.id)] for text in texts]


def is_open(page: str) -> bool:
    (details,) = (
        one for one in parsed(page).iter("details") if one.find(".//textarea[@id='back']") is not None
    )
    return details.get("open") is not None


@pytest.mark.parametrize("action", ["draft", "submit"])
def test_it_is_kept_with_the_text_and_stands_there_again(translator, units, session, action):
    mina = translator("Mina")
    page = mina.open(units[ASK])
    assert "What does your text say, in English?" in page
    assert not is_open(page)
    answer = mina.send(units[ASK], page, text="청원에 서명하기", back="Sign <it>", action=action)
    assert answer.status_code == 303
    assert kept(session, units[ASK]) == [["Sign <it>"]]
    page = mina.open(units[ASK])
    assert is_open(page)
    assert field_of(page, "back") == "Sign <it>"
    assert field_of(translator("Sora").open(units[ASK]), "back") == ""
    mina.send(units[ASK], page, text="서명하기", back="Signing", action=action)
    assert kept(session, units[ASK]) == [["Signing"], ["Sign <it>"]]


def test_a_text_without_it_is_as_good(translator, units, session):
    mina = translator()
    assert mina.send(units[ASK], text="청원에 서명하기", back=" \n", action="submit").status_code == 303
    assert kept(session, units[ASK]) == [[]]


def test_it_can_be_said_later_of_a_text_that_waits(translator, units, session):
    mina = translator()
    mina.save(units[ASK], "청원에 서명하기", action="submit")
    again = {"text": "청원에 서명하기", "back": "Sign the petition", "action": "submit"}
    assert mina.send(units[ASK], **again).status_code == 303
    assert kept(session, units[ASK]) == [["Sign the petition"]]
    answer = mina.send(units[ASK], **again)
    assert (answer.status_code, errors_in(answer.text)) == (422, ["This very text waits for review."])
    answer = translator("Sora").send(units[ASK], **again)  # another’s text, not hers to speak for
    assert answer.status_code == 422
    assert kept(session, units[ASK]) == [["Sign the petition"]]


def test_too_long_a_one_is_refused_and_nothing_is_lost(translator, units, session):
    mina = translator()
    long = "a" * (LONGEST_BACK + 1)
    answer = mina.send(units[ASK], text="청원에 서명하기", back=long, action="submit")
    assert answer.status_code == 422
    assert errors_in(answer.text) == ["At most 10000 characters, please."]
    assert is_open(answer.text)
    assert (field_of(answer.text), field_of(answer.text, "back")) == ("청원에 서명하기", long)
    assert kept(session, units[ASK]) == []


def test_a_refused_text_a_check_a_comment_and_a_suggestion_leave_it_in_its_field(translator, units):
    mina = translator()
    page = mina.open(units[DAYS])
    typed = {"text": "며칠만", "back": "Only days"}
    for fields in ({"action": "submit"}, {"action": "check"}, {"use": '["%(left)s일"]'}):
        assert field_of(mina.send(units[DAYS], page, **typed, **fields).text, "back") == "Only days"
    posted = mina.send(
        units[DAYS], page, f"{mina.path(units[DAYS])}/comments", text="", back="Only days", comment="Hm"
    )
    assert field_of(posted.text, "back") == "Only days"


def test_in_a_conflict_it_goes_with_the_draft_and_stays_on_the_page(translator, units, session):
    mina = translator()
    page = mina.open(units[ASK])
    session.rollback()
    make_submitted(session, units[ASK], "서명해 주세요", by=make_account(session, (Role.TRANSLATOR, "ko")))
    session.commit()
    answer = mina.send(units[ASK], page, text="청원에 서명하기", back="Sign", action="submit")
    assert answer.status_code == 409
    assert field_of(answer.text, "back") == "Sign"
    assert kept(session, units[ASK]) == [["Sign"], []]


def test_what_is_taken_out_meanwhile_is_shown_with_it(translator, units, session):
    mina = translator()
    page = mina.open(units[ASK])
    session.rollback()
    units[ASK].message.obsolete = True
    session.commit()
    answer = mina.send(units[ASK], page, text="청원에 서명하기", back="Sign it", action="draft")
    assert answer.status_code == 409
    assert "Sign it" in answer.text


def test_the_editor_asks_no_more_than_twelve_times_for_it(app, translator, units):
    mina = translator()
    mina.send(units[ASK], text="청원에 서명하기", back="Sign it", action="submit")
    mina.open(units[ASK])
    with app.app_context():
        engine = db.engine
    asked = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        page = mina.open(units[ASK])
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert field_of(page, "back") == "Sign it"
    assert sum("back_translations" in one for one in asked) == 1
    assert len([one for one in asked if one.startswith("SELECT")]) <= 12


def test_it_is_in_no_file_that_is_taken_along(translator, units):
    mina = translator()
    mina.send(units[ASK], text="청원에 서명하기", back="Xylophones", action="draft")
    for kind in ("po", "xliff", "csv"):
        answer = mina.client.get(f"{mina.at}/offline/download", query_string={"kind": kind})
        assert answer.status_code == 200
        assert "청원에 서명하기" in answer.text
        assert "Xylophones" not in answer.text
