"""Editors change sources and say whether the meaning changed; others confirm typos; emergencies take one."""

import pytest

from advocacy.extensions import db
from advocacy.models.appeal import appeal_by_slug
from advocacy.rules.permissions import Role
from tests.letters import ASK, OTHER, TITLE, make_letter
from tests.pages import errors_in, parsed, title_of, value_of
from tests.people import post, staff_client

AT = f"/staff/appeals/{OTHER}/source"
ONE = f"{AT}/title"
MENDED = "Save the people"


@pytest.fixture
def appeal(session):
    return make_letter(session)


@pytest.fixture
def editor(app, appeal):
    return staff_client(app, Role.EDITOR)


@pytest.fixture
def publisher(app, appeal):
    return staff_client(app, Role.PUBLISHER)


def source(app, key="title") -> str:
    with app.app_context():
        blocks = appeal_by_slug(db.session(), OTHER).blocks
        return next(one.message.msgid for one in blocks if one.key == key)


def send(client, path, page=ONE, **fields):
    seen = fields.pop("seen", None) or value_of(client.get(page).text, "seen")
    return post(client, path, page=page, seen=seen, **fields)


def publish(editor, publisher, number=1):
    desk = f"/staff/releases/appeal-{OTHER}"
    assert post(editor, f"{desk}/prepare", page=desk).status_code == 303
    page = f"{desk}/{number}"
    seen = value_of(publisher.get(page).text, "seen")
    assert post(publisher, f"{page}/confirm", page=page, seen=seen).status_code == 303


def test_an_editor_sees_what_a_change_does_before_it_is_kept(app, editor):
    assert TITLE in editor.get(AT).text
    answer = send(editor, f"{ONE}/look", text=MENDED)
    assert answer.status_code == 200
    parsed(answer.text)
    assert "<ins>" in answer.text
    assert "becomes outdated" in answer.text
    assert "is carried over" in answer.text
    assert source(app) == TITLE
    answer = send(editor, ONE, text=MENDED, meaning="changed")
    assert answer.location == AT
    assert "Readers see it with the next release." in editor.get(AT).text
    assert source(app) == MENDED


def test_nothing_is_kept_before_she_says_whether_the_meaning_changed(app, editor):
    answer = send(editor, ONE, text=MENDED)
    assert answer.status_code == 422
    parsed(answer.text)
    assert title_of(answer.text).startswith("Error: ")
    assert errors_in(answer.text) == ["Say whether the meaning changed."]
    answer = send(editor, ONE, text=MENDED, meaning="typo")
    assert errors_in(answer.text) == ["Say what the typo was: somebody else confirms it."]
    assert MENDED in answer.text
    assert source(app) == TITLE


@pytest.mark.parametrize("path", [ONE, f"{ONE}/look"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Enter the text, without invisible characters."),
        ("a\u200bb", "Enter the text, without invisible characters."),
        (TITLE, "Nothing is changed yet."),
    ],
)
def test_what_is_no_new_text_is_told(app, editor, path, text, said):
    answer = send(editor, path, text=text, meaning="changed")
    assert answer.status_code == 422
    parsed(answer.text)
    assert errors_in(answer.text) == [said]


def test_what_somebody_else_changed_meanwhile_is_shown_beside_hers(app, editor):
    seen = value_of(editor.get(ONE).text, "seen")
    send(editor, ONE, text="Other words", meaning="changed")
    answer = send(editor, ONE, text="My words", meaning="changed", seen=seen)
    assert answer.status_code == 409
    parsed(answer.text)
    assert "My words" in answer.text
    assert "The text now, and yours" in answer.text
    assert source(app) == "Other words"


def test_a_typo_is_confirmed_by_somebody_else_on_a_page(app, editor, publisher):
    answer = send(editor, ONE, text=MENDED, meaning="typo", reason="teh")
    assert answer.status_code == 303
    assert "Waits for a second person" in editor.get(AT).text
    desk = f"/staff/releases/appeal-{OTHER}"
    assert "A mended typo waits for a second person." in editor.get(desk).text
    own = editor.get("/staff/typos").text
    parsed(own)
    assert "You said it, so somebody else confirms it." in own
    assert 'value="confirm"' not in own
    page = publisher.get("/staff/typos").text
    parsed(page)
    number = page.split("/staff/typos/")[1].split('"')[0]
    assert "1 mended typo waits for a second person." in publisher.get("/account/news").text
    path = f"/staff/typos/{number}"
    assert post(editor, path, page="/staff/typos", decision="confirm").status_code == 403
    assert post(publisher, path, page="/staff/typos", decision="confirm").status_code == 303
    assert "The translations are approved again" in publisher.get("/staff/typos").text
    again = publisher.post(
        path, data={"csrf_token": value_of(publisher.get(ONE + "/urgent").text, "csrf_token")}
    )
    assert again.status_code == 409


def test_a_claim_can_be_refused(app, editor, publisher):
    send(editor, ONE, text=MENDED, meaning="typo", reason="teh")
    number = publisher.get("/staff/typos").text.split("/staff/typos/")[1].split('"')[0]
    assert (
        post(publisher, f"/staff/typos/{number}", page="/staff/typos", decision="refuse").status_code == 303
    )
    page = publisher.get("/staff/typos").text
    assert "outdated now" in page
    assert "Nothing waits." in page


def test_only_who_may_edits(app, publisher, appeal):
    assert publisher.get(AT).status_code == 200
    assert publisher.get(ONE).status_code == 403
    assert staff_client(app, Role.MODERATOR).get(AT).status_code == 403
    assert publisher.get(f"{AT}/nothing/urgent").status_code == 404


def test_a_second_person_makes_a_corrected_text_live_at_once(app, client, editor, publisher):
    urgent = f"{ONE}/urgent"
    assert "not live" in publisher.get(f"{urgent}?language=en").text
    publish(editor, publisher)
    assert editor.get(urgent).status_code == 403
    assert "Readers see this text already." in publisher.get(urgent).text
    send(editor, ONE, text="Save them now", meaning="changed")
    answer = send(publisher, urgent, page=urgent, reason="")
    assert answer.status_code == 422
    parsed(answer.text)
    assert errors_in(answer.text) == ["Say why: it goes into the log."]
    answer = send(publisher, urgent, page=urgent, reason="A name in danger")
    assert answer.status_code == 303
    app.extensions["advocacy"].catalogs.refresh()
    page = client.get(f"/ko/appeals/{OTHER}").text
    assert "Save them now" in page
    assert TITLE not in page
    assert ASK not in page
    history = publisher.get(f"/staff/releases/appeal-{OTHER}/2").text
    parsed(history)
    assert (
        "A corrected text was made live at once, without its translations, and all staff were told."
        in history
    )
    assert "One person changed at once what readers see, 1 time." in editor.get("/account/news").text


def test_whoever_edited_a_text_does_not_make_it_live_alone(app, appeal, editor, publisher):
    publish(editor, publisher)
    both = staff_client(app, Role.EDITOR, Role.PUBLISHER)
    assert send(both, ONE, text="Words of one person", meaning="changed").status_code == 303
    page = both.get(f"{ONE}/urgent").text
    assert "somebody else makes it live" in page
    form = {"csrf_token": value_of(page, "csrf_token"), "seen": value_of(both.get(ONE).text, "seen")}
    assert both.post(f"{ONE}/urgent", data={**form, "reason": "now"}).status_code == 403
    app.extensions["advocacy"].catalogs.refresh()
    assert "Words of one person" not in app.test_client().get(f"/en/appeals/{OTHER}").text


def test_what_was_edited_since_it_was_looked_at_is_looked_at_again(editor, publisher):
    publish(editor, publisher)
    send(editor, ONE, text="Save them", meaning="changed")
    old = value_of(publisher.get(f"{ONE}/urgent").text, "seen")
    send(editor, ONE, text="Save them now", meaning="changed")
    late = send(publisher, f"{ONE}/urgent", page=f"{ONE}/urgent", seen=old, reason="A name in danger")
    assert (late.status_code, "meanwhile" in late.text) == (409, True)
