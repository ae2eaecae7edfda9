"""The next text: what nobody has translated and nobody else has before her, chosen when it is asked for."""

import pytest
from sqlalchemy import select

from advocacy.actions.sync_messages import Source
from advocacy.extensions import begin_writing
from advocacy.models import Attendance
from advocacy.models.unit import units_in
from advocacy.rules.attendance import LOOKING
from tests.factories import make_domain
from tests.translate.conftest import ASK, DAYS, LETTERS


@pytest.fixture
def next_of(units):
    """Where the way to the next text leads somebody: the place of a unit, or an address."""

    def ask(somebody, path: str = "/translate/ko/small/next") -> int | str:
        answer = somebody.client.get(path)
        assert answer.status_code == 303
        there = answer.headers["Location"]
        places = {f"{somebody.path(unit)}?status=untranslated": place for place, unit in enumerate(units)}
        return places.get(there, there)

    return ask


def test_it_is_the_first_that_nobody_has_translated(translator, units, next_of):
    mina = translator()
    assert next_of(mina) == ASK
    mina.save(units[ASK], "서명하기")
    assert next_of(mina) == DAYS


def test_two_people_do_not_get_the_same(translator, units, next_of, session):
    mina, yuri = translator("Mina"), translator("Yuri")
    mina.open(units[next_of(mina)])
    assert next_of(mina) == ASK  # she is still at it herself
    assert next_of(yuri) == DAYS
    yuri.open(units[DAYS])
    assert next_of(translator("Sora")) == LETTERS
    begin_writing(session)
    for one in session.scalars(select(Attendance)):
        one.seen_at -= LOOKING
    session.commit()
    assert next_of(yuri) == ASK  # who went away keeps nothing


def test_what_somebody_has_taken_is_left_to_her(translator, units, next_of):
    mina, yuri = translator("Mina"), translator("Yuri")
    mina.send(units[ASK], text="", action="take")
    assert (next_of(mina), next_of(yuri)) == (ASK, DAYS)
    mina.send(units[ASK], text="", action="give-back")


def test_what_follows_is_not_what_somebody_else_has_either(translator, units):
    mina, yuri = translator("Mina"), translator("Yuri")
    yuri.open(units[DAYS])
    path = f"{mina.path(units[ASK])}?status=untranslated"
    answer = mina.send(units[ASK], path=path, text="청원에 서명하기", action="submit")
    assert answer.headers["Location"] == f"{mina.path(units[LETTERS])}?status=untranslated"


def test_where_somebody_is_everywhere_the_first_is_as_good(translator, units, next_of):
    mina, yuri = translator("Mina"), translator("Yuri")
    for unit in units:
        yuri.open(unit)
    assert next_of(mina) == ASK
    path = f"{mina.path(units[ASK])}?status=untranslated"
    answer = mina.send(units[ASK], path=path, text="청원에 서명하기", action="submit")
    assert (
        answer.headers["Location"] == "/translate/ko/small?status=untranslated"
    )  # who is where, stands there


def test_a_free_one_is_found_behind_many_that_are_not(translator, session, next_of):
    domain = make_domain(session, *(Source(None, f"Lamp {one}") for one in range(30)), name="lamps")
    session.commit()
    lamps = units_in(session, domain.id, "ko")
    mina, yuri = translator("Mina"), translator("Yuri")
    yuri.at = "/translate/ko/lamps"
    for unit in lamps[:28]:
        yuri.open(unit)
    there = f"/translate/ko/lamps/{lamps[28].id}?status=untranslated"
    assert next_of(mina, "/translate/ko/lamps/next") == there


def test_when_all_is_done_it_says_so(translator, units, next_of):
    mina = translator()
    for unit in units:
        mina.save(unit, "%(n)s통" if unit.message.msgid_plural else unit.message.msgid)
    there = next_of(mina)
    assert there == "/translate/ko/small?status=untranslated"
    assert "Everything here has been translated. Thank you." in mina.client.get(there).text


def test_there_is_none_where_nothing_is(translator):
    assert translator().client.get("/translate/ko/nowhere/next").status_code == 404
