"""Publishing takes two people; going back and showing the source take one, at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from advocacy.actions.schedule import publish_due
from advocacy.actions.sync_messages import Source
from advocacy.cli.mail import compose
from advocacy.extensions import begin_writing, db
from advocacy.models import AuditEntry, Grant, LiveRelease, Release, ReleaseCatalog, Translation
from advocacy.models.domain import domain_by_name
from advocacy.models.release import live_now
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Role
from advocacy.web.postman import Postman
from advocacy.web.transports import FolderTransport
from tests.factories import make_approved, make_domain
from tests.pages import errors_in, parsed, title_of, value_of
from tests.people import add_person, post, sign_in, staff_client

DESK = "/staff/releases/small"


@pytest.fixture
def domain(session):
    domain = make_domain(session, Source("ask", "Sign the petition"), Source(None, "Write to us"))
    make_approved(session, units_in(session, domain.id, "ko")[0], "청원에 서명하기")
    session.commit()
    return domain


@pytest.fixture
def one(app):
    return staff_client(app, Role.PUBLISHER)


@pytest.fixture
def other(app):
    return staff_client(app, Role.PUBLISHER)


def prepare(client, **fields):
    return post(client, f"{DESK}/prepare", page=DESK, **fields)


def act(client, number: int, what: str, **fields):
    """Post a form of a release's page as it stands."""
    page = client.get(f"{DESK}/{number}").text
    seen = fields.pop("seen", None) or value_of(page, "seen")
    return post(client, f"{DESK}/{number}/{what}", page=f"{DESK}/{number}", seen=seen, **fields)


def live(app) -> tuple[int | None, list[str]]:
    """The number of the live release, and the languages that show the source."""
    with app.app_context():
        session = db.session()
        found = live_now(session, domain_by_name(session, "small").id)
        return (found.release.number, found.in_source) if found else (None, [])


def newest_act(app) -> tuple[str, dict]:
    with app.app_context():
        entry = db.session().scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        return entry.act, entry.details


def publish(one, other, number: int = 1) -> None:
    assert prepare(one).status_code == 303
    assert act(other, number, "confirm").status_code == 303


def test_one_prepares_and_another_confirms(app, domain, one, other):
    page = one.get(DESK).text
    parsed(page)
    assert "Nothing of it is live." in page
    assert "청원에 서명하기" in page
    answer = prepare(one, note="First letter")
    assert answer.location == f"{DESK}/1"
    page = one.get(answer.location).text
    parsed(page)
    assert "You prepared this one." in page
    assert "/confirm" not in page
    assert live(app) == (None, [])
    page = other.get(f"{DESK}/1").text
    assert "First letter" in page
    assert "Confirm release 1" in page
    answer = act(other, 1, "confirm")
    assert answer.location == DESK
    assert "Release 1 is live. Every reader sees it within two seconds." in other.get(DESK).text
    assert live(app) == (1, [])


def test_who_prepared_it_cannot_confirm_it_whatever_she_posts(app, domain, one):
    prepare(one)
    token = value_of(one.get(DESK).text, "csrf_token")
    answer = one.post(f"{DESK}/1/confirm", data={"csrf_token": token, "seen": "nothing"})
    assert answer.status_code == 403
    assert "You prepared this one." in answer.text
    assert live(app) == (None, [])


def test_somebody_who_only_prepares_sees_who_decides(app, domain, one):
    editor = staff_client(app, Role.EDITOR)
    prepare(one)
    page = editor.get(f"{DESK}/1").text
    assert "A publisher or an administrator decides whether it goes live." in page
    token = value_of(editor.get(DESK).text, "csrf_token")
    answer = editor.post(f"{DESK}/1/confirm", data={"csrf_token": token, "seen": "nothing"})
    assert answer.status_code == 403
    assert live(app) == (None, [])


def test_what_something_else_overtook_is_looked_at_again(app, domain, one, other):
    prepare(one)
    seen = value_of(other.get(f"{DESK}/1").text, "seen")
    publish(one, other, 2)
    answer = act(other, 1, "confirm", seen=seen)
    assert answer.status_code == 409
    parsed(answer.text)
    assert errors_in(answer.text) == [
        "Something else went live meanwhile. Nothing was done: look at it again, then decide."
    ]
    assert "Older than what is live" in answer.text
    assert live(app)[0] == 2


def test_what_was_confirmed_once_is_not_confirmed_again_without_a_reason(app, domain, one, other):
    publish(one, other)
    publish(one, other, 2)
    answer = act(other, 1, "confirm")
    assert answer.status_code == 409
    assert errors_in(answer.text) == ["This release was confirmed before. To go back to it, say why."]
    assert live(app)[0] == 2


def test_one_person_goes_back_with_a_reason(app, domain, one, other):
    publish(one, other)
    publish(one, other, 2)
    answer = act(one, 1, "roll-back", reason=" ")
    assert answer.status_code == 422
    parsed(answer.text)
    assert errors_in(answer.text) == ["Say why: it goes into the log."]
    assert title_of(answer.text).startswith("Error: ")
    assert live(app)[0] == 2
    answer = act(one, 1, "roll-back", reason="A wrong number")
    assert answer.status_code == 303
    assert "Release 1 is live again." in one.get(DESK).text
    assert live(app)[0] == 1
    act_, details = newest_act(app)
    assert (act_, details["reason"]) == ("release.roll_back", "A wrong number")


def test_nothing_goes_back_over_what_was_not_seen(app, domain, one, other):
    publish(one, other)
    publish(one, other, 2)
    seen = value_of(one.get(f"{DESK}/1").text, "seen")
    publish(one, other, 3)
    answer = act(one, 1, "roll-back", seen=seen, reason="Kept words")
    assert answer.status_code == 409
    assert "Kept words" in answer.text
    assert live(app)[0] == 3


def test_nothing_goes_back_to_what_nobody_confirmed(app, domain, one, other):
    publish(one, other)
    prepare(one)
    answer = act(other, 2, "roll-back", reason="x")
    assert answer.status_code == 409
    assert errors_in(answer.text) == ["Nobody has confirmed this release, so nothing can go back to it."]
    assert live(app)[0] == 1


def test_a_release_that_is_not_what_was_built_does_not_go_live(app, session, domain, one, other):
    prepare(one)
    number = session.scalar(select(Release.id).where(Release.domain_id == domain.id))
    session.execute(update(ReleaseCatalog).where(ReleaseCatalog.release_id == number).values(mo=b"x"))
    session.commit()
    answer = act(other, 1, "confirm")
    assert answer.status_code == 409
    assert errors_in(answer.text) == [
        "The stored files of this release are not the ones that were built. Nothing was done."
    ]
    assert live(app) == (None, [])


def test_a_text_that_may_not_go_out_stops_the_build_and_is_named(app, session, domain, one):
    unit = units_in(session, domain.id, "ko")[0]
    session.execute(
        update(type(unit.message))
        .where(type(unit.message).id == unit.message_id)
        .values(flags=["max-length:3"])
    )
    session.commit()
    answer = prepare(one, note="Kept")
    assert answer.status_code == 422
    parsed(answer.text)
    assert "The release was not built: 1 text cannot be published" in answer.text
    assert "Sign the petition" in answer.text
    assert "Greatest length" in answer.text
    assert "Kept" in answer.text
    with app.app_context():
        session = db.session()
        found = session.scalar(select(Release.id).where(Release.domain_id == domain.id))
        assert found is None


def test_a_note_that_is_too_long_is_told_and_kept(domain, one):
    answer = prepare(one, note="n" * 501)
    assert answer.status_code == 422
    assert errors_in(answer.text) == ["At most 500 characters, please."]
    assert "n" * 501 in answer.text


def test_a_language_shows_the_source_at_once_and_its_translation_again(app, domain, one, other):
    publish(one, other)
    page = one.get(DESK).text
    assert "Show the source at once" in page
    answer = post(one, f"{DESK}/languages", page=DESK, tag="ko", to="source", reason="Wrong words")
    assert answer.status_code == 303
    page = one.get(DESK).text
    assert "Readers of 한국어 see the source now." in page
    assert live(app) == (1, ["ko"])
    assert newest_act(app) == ("language.to_source", {"language": "ko", "reason": "Wrong words"})
    post(one, f"{DESK}/languages", page=DESK, tag="ko", to="translation", reason="Mended")
    assert live(app) == (1, [])


def test_a_language_is_not_switched_without_a_reason(app, domain, one, other):
    publish(one, other)
    answer = post(one, f"{DESK}/languages", page=DESK, tag="ko", to="source", reason="")
    assert answer.status_code == 422
    parsed(answer.text)
    assert errors_in(answer.text) == ["Say why: it goes into the log."]
    assert 'id="reason-ko-error"' in answer.text
    assert live(app) == (1, [])


@pytest.mark.parametrize("tag", ["en", "xx", ""])
def test_only_a_language_that_is_translated_can_be_switched(app, domain, one, other, tag):
    publish(one, other)
    answer = post(one, f"{DESK}/languages", page=DESK, tag=tag, to="source", reason="x")
    assert answer.status_code == 404
    assert live(app) == (1, [])


def test_what_readers_would_see_change_is_listed(session, domain, one, other):
    publish(one, other)
    assert "there is nothing to prepare" in one.get(DESK).text
    ask, write = units_in(session, domain.id, "ko")
    make_approved(session, ask, "지금 청원에 서명하기")
    make_approved(session, write, "우리에게 쓰기")
    session.commit()
    page = one.get(DESK).text
    assert "2 texts change" in page
    assert "Translated now" in page
    assert "지금 " in page
    prepare(one)
    session.execute(
        update(Translation)
        .where(Translation.unit_id == write.id, Translation.state == "approved")
        .values(state="superseded")
    )
    session.commit()
    act(other, 2, "confirm")
    assert "Falls back to the source" in one.get(DESK).text


def test_an_unknown_domain_or_release_is_not_found(domain, one):
    assert one.get("/staff/releases/nowhere").status_code == 404
    assert one.get(f"{DESK}/99").status_code == 404


def in_an_hour() -> str:
    return f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M}"


def let_its_time_come(session) -> None:
    session.execute(
        update(Release)
        .where(Release.scheduled_for.is_not(None))
        .values(scheduled_for=datetime.now(UTC) - timedelta(seconds=1))
    )
    session.commit()


def test_a_release_goes_live_at_its_moment(app, session, domain, one, other):
    prepare(one)
    answer = act(other, 1, "schedule", at=in_an_hour())
    assert answer.status_code == 303
    assert live(app) == (None, [])
    page = one.get(f"{DESK}/1").text
    parsed(page)
    assert "Goes live on" in page
    assert newest_act(app)[0] == "release.schedule"
    worker = Postman(app, FolderTransport(app.instance_path), compose)
    assert worker.publish_releases() == 0
    let_its_time_come(session)
    assert worker.publish_releases() == 1
    assert live(app) == (1, [])
    assert worker.publish_releases() == 0
    assert newest_act(app)[0] == "release.confirm"


@pytest.mark.parametrize("at", ["", "2020-01-01T00:00", "2999-01-01T00:00", "soon", "2026-11-24T10:00+09:00"])
def test_a_moment_that_makes_no_sense_is_told_and_kept(app, domain, one, other, at):
    prepare(one)
    answer = act(other, 1, "schedule", at=at)
    assert answer.status_code == 422
    parsed(answer.text)
    assert errors_in(answer.text) == ["Choose a time to come, at most 90 days ahead."]
    assert f'value="{at}"' in answer.text
    assert live(app) == (None, [])


def test_who_prepared_it_cannot_schedule_it(app, domain, one):
    prepare(one)
    token = value_of(one.get(DESK).text, "csrf_token")
    fields = {"csrf_token": token, "seen": "nothing", "at": in_an_hour()}
    assert one.post(f"{DESK}/1/schedule", data=fields).status_code == 403
    assert newest_act(app)[0] == "release.prepare"


def test_what_waits_for_its_moment_is_called_off_with_a_reason(app, session, domain, one, other):
    prepare(one)
    act(other, 1, "schedule", at=in_an_hour())
    page = f"{DESK}/1"
    assert post(one, f"{page}/call-off", page=page, reason="").status_code == 422
    assert post(one, f"{page}/call-off", page=page, reason="Too early").status_code == 303
    assert newest_act(app)[1]["reason"] == "Too early"
    assert post(one, f"{page}/call-off", page=page, reason="Again").status_code == 409
    assert "Confirm release 1" in other.get(page).text
    let_its_time_come(session)
    with app.app_context():
        assert publish_due(db.session(), now=datetime.now(UTC)) == []


def test_what_another_release_overtook_does_not_go_live_by_itself(app, session, domain, one, other):
    publish(one, other)
    prepare(one)
    act(other, 2, "schedule", at=in_an_hour())
    publish(one, other, 3)
    let_its_time_come(session)
    with app.app_context():
        session = begin_writing(db.session())
        assert publish_due(session, now=datetime.now(UTC)) == []
        session.commit()
    assert live(app) == (3, [])
    assert newest_act(app)[1]["reason"] == "another release went live meanwhile"


def test_nothing_goes_live_by_itself_for_somebody_who_lost_the_right(app, session, domain, one, other):
    prepare(one)
    act(other, 1, "schedule", at=in_an_hour())
    session.execute(delete(Grant).where(Grant.role == Role.PUBLISHER))
    session.commit()
    let_its_time_come(session)
    with app.app_context():
        session = begin_writing(db.session())
        assert publish_due(session, now=datetime.now(UTC)) == []
        session.commit()
    assert live(app) == (None, [])


def test_two_workers_publish_once(app, session, domain, one, other):
    prepare(one)
    act(other, 1, "schedule", at=in_an_hour())
    let_its_time_come(session)
    workers = [Postman(app, FolderTransport(app.instance_path), compose) for _ in range(4)]
    with ThreadPoolExecutor(len(workers)) as pool:
        found = list(pool.map(lambda worker: worker.publish_releases(), workers))
    assert sum(found) == 1
    session.rollback()
    assert session.scalar(select(LiveRelease.version).where(LiveRelease.domain_id == domain.id)) == 1


def test_any_two_releases_are_compared(session, domain, one, other):
    publish(one, other)
    make_approved(session, units_in(session, domain.id, "ko")[0], "지금 서명하기")
    session.commit()
    publish(one, other, 2)
    make_approved(session, units_in(session, domain.id, "ko")[0], "함께 서명하기")
    session.commit()
    publish(one, other, 3)
    page = one.get(f"{DESK}/3?against=1").text
    parsed(page)
    assert "What changes from release 1 to release 3" in page
    assert "청원에 " in page
    assert "지금 " not in page
    assert one.get(f"{DESK}/3?against=99").status_code == 200
    assert one.get(f"{DESK}/3?against=99999999999").status_code == 200


def test_all_staff_hear_that_a_language_was_switched_and_of_nothing_else_to_do(
    app, session, domain, one, other
):
    publish(one, other)
    moderator, translator = staff_client(app, Role.MODERATOR), app.test_client()
    sign_in(translator, add_person(app, (Role.TRANSLATOR, "ko")))
    post(one, f"{DESK}/languages", page=DESK, tag="ko", to="source", reason="Wrong words")
    said = "One person changed at once what readers see, 1 time."
    for told in (moderator, other):
        assert said in told.get("/account/news").text
    for untold in (one, translator):
        assert said not in untold.get("/account/news").text


def test_what_a_release_is_proved_by_is_shown(app, domain, one):
    prepare(one)
    page = one.get(f"{DESK}/1").text
    with app.app_context():
        release = Release.numbered(db.session(), domain_by_name(db.session(), "small").id, 1)
        assert f"advocacy audit verify --kept {release.log_entry}:{release.log_hash}" in page
        assert all(catalog.mo_hash in page for catalog in release.catalogs)


def test_a_text_that_stops_a_build_leads_to_where_it_can_be_mended(app, session, domain):
    publisher = staff_client(app, Role.PUBLISHER, Role.TRANSLATOR)
    unit = units_in(session, domain.id, "ko")[0]
    session.execute(
        update(type(unit.message))
        .where(type(unit.message).id == unit.message_id)
        .values(flags=["max-length:3"])
    )
    session.commit()
    answer = prepare(publisher)
    link = f"/translate/ko/small/{unit.id}"
    assert f'href="{link}"' in answer.text
    assert publisher.get(link).status_code == 200
