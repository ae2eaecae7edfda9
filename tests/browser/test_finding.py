"""Finding texts in the list: statuses, words and conditions, what cannot be meant, page by page."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from advocacy.actions.comment import add_comment, resolve_comment
from advocacy.actions.sync_messages import Source
from advocacy.models import Unit
from advocacy.models.account import account_by_email
from tests.browser.desk import LETTERS, LIGHT, SOURCES, THANKS, go_by, sign_in, tab_to
from tests.browser.visitor import Visitor

MANY = [Source(None, f"Window number {number} is lit.") for number in range(1, 31)]


FIRST, SECOND, LAST = (source.msgid for source in SOURCES)
UNKNOWN = "Nothing is called “%(word)s:” here. To look for these very words, put them in quotes."


@pytest.fixture
def seeker(visit, desk) -> Visitor:
    """The translator before a list of more than a page: her draft and her text, another's, thirty to do."""
    desk.take_in(*SOURCES, *MANY)
    desk.write(THANKS, desk.words.thanks, submit=False)
    desk.write(LETTERS, *desk.words.letters)
    desk.somebody_writes(LIGHT, desk.words.light)
    visitor = visit(desk.walk())
    sign_in(visitor, desk.email, desk.path())
    return visitor


def shown(visitor: Visitor) -> list[str]:
    return visitor.page.locator("tbody a").all_inner_texts()


def ask(visitor: Visitor, query: str) -> list[str]:
    visitor.page.fill("#q", query)
    visitor.press(visitor.page.locator("form[role=search] > button"))
    return shown(visitor)


def test_the_list_is_read_page_by_page_and_filtered(seeker, desk):
    page, first = seeker.page, shown(seeker)
    assert len(first) == 25
    translated = page.locator(f"tbody span[lang={desk.into.tag}][dir={desk.into.direction}]")
    assert translated.all_inner_texts() == [desk.words.thanks, desk.words.letters[-1], desk.words.light]
    assert seeker.barriers() == []
    assert not seeker.scrolls_sideways()
    seeker.press(seeker.link("Next page"))
    assert (len(shown(seeker)), set(shown(seeker)) & set(first)) == (8, set())
    assert seeker.barriers() == []
    seeker.press(seeker.link("First page"))
    assert shown(seeker) == first
    seeker.press(page.locator(".chips a[href$='status=draft']"))
    assert shown(seeker) == [FIRST]
    seeker.press(page.locator(".chips a").first)
    page.check("#mine")
    assert ask(seeker, "") == [FIRST, SECOND]


def talk_about(desk, *places: int) -> None:
    """Have another translator ask about texts; on the last of them she says that nothing is open any more."""
    with desk.writing() as session:
        by = account_by_email(session, desk.another)
        for place in places:
            asked = {"by": by.id, "about_source": False, "now": datetime.now(UTC)}
            comment = add_comment(session, desk.units()[place], desk.words.question, **asked)
        resolve_comment(session, comment, by=by, now=datetime.now(UTC))


def let_years_pass(desk, *, but: tuple[int, ...]) -> None:
    """Make it years since anything happened to any other text."""
    with desk.writing() as session:
        late = {desk.units()[place].id for place in but}
        old = [unit.id for unit in desk.units() if unit.id not in late]
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        session.execute(update(Unit).where(Unit.id.in_(old)).values(changed_at=long_ago))


def test_texts_are_found_by_who_wrote_them_when_they_changed_and_what_is_open(seeker, desk):
    page, another = seeker.page, f"Yuri {desk.domain.rsplit('-', 1)[-1]}"
    by, since, talk = (page.locator(f"#more #{field}") for field in ("by", "since", "talk"))
    talk_about(desk, THANKS, LETTERS, LIGHT)
    let_years_pass(desk, but=(LETTERS, LIGHT))
    page.locator("#more summary").click()

    def choose() -> tuple[list[str], str, str, bool]:
        seeker.press(page.locator("#more button"))
        return shown(seeker), by.input_value(), since.input_value(), talk.is_checked()

    by.fill(another)
    assert choose() == ([LAST], another, "", False)
    by.fill("")
    since.fill("2020-01-02")
    assert choose() == ([SECOND, LAST], "", "2020-01-02", False)
    talk.check()
    assert choose() == ([SECOND], "", "2020-01-02", True)
    assert seeker.barriers() == []
    assert not seeker.scrolls_sideways()
    since.fill("")
    assert choose() == ([FIRST, SECOND], "", "", True)


def test_what_is_asked_for_is_found_and_what_cannot_be_meant_explained(seeker, desk):
    page = seeker.page
    assert ask(seeker, f'status:needs_review -author:me translation:"{desk.words.light[:-1]}"') == [LAST]
    tab_to(page, "#q-help summary")
    page.keyboard.press("Enter")
    assert page.locator("#q-help dt code").first.is_visible()
    assert seeker.barriers() == []
    query = "window status:lost colour:red 3"
    assert ask(seeker, query) == [one.msgid for one in MANY if "3" in one.msgid]  # what can be meant, stands
    assert page.get_attribute("#q", "aria-invalid") == "true"
    said = page.locator("#q-error").inner_text()
    assert seeker.says(UNKNOWN, word="colour") in said
    assert "lost" in said
    assert page.input_value("#q") == query
    assert seeker.barriers() == []
    assert not seeker.scrolls_sideways()
    assert ask(seeker, "zzz") == []
    assert seeker.sees("Nothing fits. Try fewer words, another spelling, or look through everything.")
    tab_to(page, f"a.btn[href='{desk.path()}']")
    go_by(page, "Enter")
    assert len(shown(seeker)) == 25
