"""A reviewer who reads no Korean or Chinese, and twenty falsifications of the real appeal in each."""

import polib
import pytest

from advocacy import ROOT
from advocacy.actions.check_text import BlockedTextError
from advocacy.actions.decide import decide
from advocacy.actions.sync_messages import Source
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision
from tests.factories import NOW, SLUG, make_account, make_domain, make_submitted
from tests.pages import parsed
from tests.people import add_person, sign_in
from tests.staff.falsifications import FALSIFICATIONS, Falsification

LANGUAGES = {"ko": "ko", "zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant"}
UNSEEN = {
    "ko": {"opposite in one word"},
    "zh-Hans": {"opposite in one word", "negation lost in a threat"},
    "zh-Hant": {"opposite in one word", "negation lost in a threat"},
}
"""What nothing on the page tells of a first translation: docs/staff-review.md says why."""


@pytest.fixture
def reader(app):
    """The browser of a reviewer who knows the languages' names and nothing more of them."""
    client = app.test_client()
    sign_in(client, add_person(app, *((Role.REVIEWER, tag) for tag in LANGUAGES)))
    client.get("/staff/review?language=en")
    return client


@pytest.fixture
def appeal(session):
    """For a language, each block's unit and true text, in a domain of its own."""

    def load(tag: str) -> dict[str, tuple]:
        file = ROOT / "translations" / LANGUAGES[tag] / "LC_MESSAGES" / f"appeal-{SLUG}.po"
        entries = {entry.msgctxt: entry for entry in polib.pofile(str(file))}
        domain = make_domain(session, *(Source(one.msgctxt, one.msgid) for one in entries.values()))
        units = {unit.message.context: unit for unit in units_in(session, domain.id, tag)}
        return {name: (units[name], entry.msgstr) for name, entry in entries.items()}

    return load


def page_of(session, reader, unit, text: str, *, approved: str = "") -> str | None:
    """The page of a text as somebody submits it; None if it is refused before any reviewer sees it."""
    if approved:
        before = make_submitted(session, unit, approved, by=make_account(session))
        decide(session, before, Decision.APPROVE, by=make_account(session).id, now=NOW)
    try:
        waiting = make_submitted(session, unit, text, by=make_account(session))
    except BlockedTextError:
        return None
    session.commit()
    answer = reader.get(f"/staff/review/{waiting.id}")
    assert answer.status_code == 200
    return answer.text


def flags(page: str) -> set[str]:
    """What the page says differs, as anybody can see: lines of the comparison, and what checks find."""
    tree = parsed(page)
    tables = [table for table in tree.iter("table") if "compared" in (table.get("class") or "")]
    assert tables
    rows = [row for table in tables for row in table.iter("tr")]
    seen = [row for row in rows for tag in row.iter("span") if tag.get("class") in ("tag warn", "tag bad")]
    seen += [line for line in tree.iter("li") if line.get("class") in ("e", "w")]
    return {" ".join("".join(one.itertext()).split()) for one in seen}


def changes(page: str) -> list[str]:
    """What the page shows as taken out or put in."""
    return [mark.tag for mark in parsed(page).iter() if mark.tag in ("ins", "del")]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_of_a_text_that_replaces_an_approved_one_nearly_all_is_flagged(session, reader, appeal, tag):
    blocks = appeal(tag)
    found = {}
    for one in FALSIFICATIONS:
        unit, true = blocks[one.block]
        page = page_of(session, reader, unit, one.of(true, tag), approved=true)
        found[one.kind] = page is None or bool(changes(page))
    assert len(found) == 20
    assert sum(found.values()) >= 18, [kind for kind, seen in found.items() if not seen]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_of_a_first_translation_all_but_what_is_written_down_is_flagged(session, reader, appeal, tag):
    blocks, unseen = appeal(tag), set()
    for one in FALSIFICATIONS:
        unit, true = blocks[one.block]
        if (page := page_of(session, reader, unit, one.of(true, tag))) is None:
            continue
        honest = page_of(session, reader, unit, true)
        assert honest is not None
        if not flags(page) - flags(honest):
            unseen.add(one.kind)
    assert unseen == UNSEEN[tag]
    assert len(FALSIFICATIONS) - len(unseen) >= 18


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_true_text_beside_itself_shows_no_change(session, reader, appeal, tag):
    for unit, true in appeal(tag).values():
        page = page_of(session, reader, unit, true)
        assert page is not None, true
        assert changes(page) == []


@pytest.mark.parametrize("one", FALSIFICATIONS, ids=lambda one: one.kind)
def test_each_is_another_text(appeal, one: Falsification):
    for tag in LANGUAGES:
        _, true = appeal(tag)[one.block]
        assert one.of(true, tag) != true
