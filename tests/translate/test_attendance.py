"""Who else is at a text: said as advice, kept for minutes or an hour, and no lock."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from advocacy.actions.attend import forget_attendances, note_look
from advocacy.actions.purge import purge
from advocacy.extensions import begin_writing, db
from advocacy.models import Attendance
from advocacy.rules.attendance import LOOKING, NOTED_EVERY, TAKEN
from advocacy.web.presence import Presence
from tests.factories import make_account
from tests.servers import redis_server
from tests.translate.conftest import ASK, DAYS, field_of

LOOKS = "Somebody is looking at this text now."


@pytest.fixture
def rows(session):
    """What is kept of who is where: unit, whether she was seen, whether she has taken it."""

    def read() -> list[tuple[int, bool, bool]]:
        session.rollback()
        found = session.scalars(select(Attendance).order_by(Attendance.unit_id, Attendance.account_id))
        return [(one.unit_id, one.seen_at is not None, one.taken_until is not None) for one in found]

    return read


def let_pass(session, time: timedelta) -> None:
    begin_writing(session)
    for one in session.scalars(select(Attendance)):
        one.seen_at = one.seen_at and one.seen_at - time
        one.taken_until = one.taken_until and one.taken_until - time
    session.commit()


def test_whoever_opens_a_text_is_seen_by_others_for_some_minutes(translator, units, session):
    mina, yuri = translator("Mina"), translator("Yuri")
    assert LOOKS not in mina.open(units[ASK])
    assert LOOKS not in mina.open(units[ASK])  # not of herself
    page = yuri.open(units[ASK])
    assert LOOKS in page
    assert "Mina" not in page[page.index(LOOKS) :][:200]  # that she could be called there is said elsewhere
    assert LOOKS in mina.open(units[ASK])
    assert LOOKS not in mina.open(units[DAYS])
    assert yuri.client.get("/translate/ko/small").text.count("Somebody is looking") == 2
    assert mina.client.get("/translate/ko/small").text.count("Somebody is looking") == 1
    let_pass(session, LOOKING)
    assert LOOKS not in yuri.open(units[ASK])


def test_whoever_types_for_long_is_still_there(translator, units, session):
    mina, yuri = translator("Mina"), translator("Yuri")
    page = mina.open(units[ASK])
    let_pass(session, LOOKING)
    assert LOOKS not in yuri.open(units[ASK])
    answer = mina.send(units[ASK], page, path=f"{mina.path(units[ASK])}/checks", text="아직 쓰는 중")
    assert answer.status_code == 200
    assert LOOKS in yuri.open(units[ASK])


def test_nobody_is_remembered_longer_than_the_minutes(app, translator, units, session, rows):
    mina, yuri = translator("Mina"), translator("Yuri")
    mina.open(units[ASK])
    mina.open(units[DAYS])
    assert len(rows()) == 2
    let_pass(session, LOOKING)
    yuri.open(units[DAYS])
    assert len(rows()) == 2 + 1  # forgetting once a minute is enough
    app.extensions["advocacy"].presence._forgot_at -= NOTED_EVERY
    yuri.open(units[ASK])
    assert sorted(rows()) == sorted([(units[ASK].id, True, False), (units[DAYS].id, True, False)])
    let_pass(session, LOOKING)
    purge(begin_writing(session), now=datetime.now(UTC))
    session.commit()
    assert rows() == []


def test_a_text_is_taken_for_an_hour_and_nobody_is_kept_out(translator, units, texts, session):
    mina, yuri = translator("Mina"), translator("Yuri")
    answer = mina.send(units[ASK], text="아직 <안> 끝난 글", action="take")
    assert answer.status_code == 200
    assert "You have taken this text until" in answer.text
    assert field_of(answer.text) == "아직 <안> 끝난 글"
    assert texts(units[ASK]) == []
    page = yuri.open(units[ASK])
    assert "Mina has taken this text until" in page
    assert 'value="take"' not in page
    assert "Taken by Mina" in yuri.client.get("/translate/ko/small").text
    assert "Taken by you" in mina.client.get("/translate/ko/small").text
    refused = yuri.send(units[ASK], page, text="x", action="take")
    assert "Mina has taken this text already." in refused.text
    assert yuri.save(units[ASK], "유리의 글", page, action="submit").status_code == 303
    let_pass(session, TAKEN)
    assert "has taken" not in yuri.open(units[ASK])
    assert "Taken by" not in yuri.client.get("/translate/ko/small").text


def test_who_took_a_text_gives_it_back_or_is_done_with_it(translator, units):
    mina, yuri = translator("Mina"), translator("Yuri")
    page = mina.send(units[ASK], text="", action="take").text
    page = mina.send(units[ASK], page, text="글", action="give-back").text
    assert field_of(page) == "글"
    assert "has taken" not in yuri.open(units[ASK])
    mina.send(units[ASK], text="", action="take")
    assert mina.save(units[ASK], "서명하기", action="draft").status_code == 303
    assert "Mina has taken" in yuri.open(units[ASK])
    assert mina.save(units[ASK], "서명하기", action="submit").status_code == 303
    assert "has taken" not in yuri.open(units[ASK])


def test_what_is_taken_outlasts_that_she_was_seen(translator, units, session, rows):
    mina = translator("Mina")
    mina.send(units[ASK], text="", action="take")
    assert rows() == [(units[ASK].id, True, True)]
    begin_writing(session).execute(update(Attendance).values(seen_at=datetime.now(UTC) - LOOKING))
    forget_attendances(session, now=datetime.now(UTC))
    session.commit()
    assert rows() == [(units[ASK].id, False, True)]


def test_with_redis_the_database_holds_nobody_who_only_looks(app, units, session, rows, tmp_path):
    mina, yuri, now = make_account(session), make_account(session), datetime.now(UTC)
    session.commit()
    unit = units[ASK].id
    with redis_server(tmp_path) as server, app.app_context():
        one, other = Presence(server.url), Presence(server.url)
        one.note(db.engine, unit, [], by=mina.id, now=now)
        assert other.looking([unit, unit + 1], [], but=yuri.id, now=now) == {unit}
        assert other.looking([unit], [], but=mina.id, now=now) == set()
        assert other.looking([unit], [], but=yuri.id, now=now + LOOKING) == set()
        server.stop()
        one.note(db.engine, unit, [], by=mina.id, now=now)
        assert other.looking([unit], [], but=yuri.id, now=now) == set()
    assert rows() == []


def test_noting_twice_keeps_one_row(units, session, rows):
    account, now = make_account(session), datetime.now(UTC)
    for minute in range(2):
        note_look(session, units[ASK].id, by=account.id, now=now + timedelta(minutes=minute))
    session.commit()
    assert rows() == [(units[ASK].id, True, False)]
