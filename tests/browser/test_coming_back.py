"""What a translator finds when she comes back: how far a language is, what waits for her, what happened."""

import pytest

from advocacy.actions.sync_messages import Source
from advocacy.rules.review import Decision
from tests.browser.desk import LETTERS, LIGHT, SOURCES, THANKS, Desk, go_by, sign_in, tab_to
from tests.browser.visitor import Visitor

MORE = [Source(None, f"Letter number {number} is read.") for number in range(1, 4)]
SENT_BACK, REJECTED, READ = range(3, 6)
STANDING = {"approved": 2, "changes_requested": 1, "draft": 1, "untranslated": 2}
"""How many of the texts stand where: a rejected one is as good as none."""


@pytest.fixture
def mina(visit, desk) -> Visitor:
    """The translator on the dashboard, with a draft; two of her texts are approved, two are not."""
    words = desk.words
    desk.take_in(*SOURCES, *MORE)
    desk.write(THANKS, words.thanks, submit=False)
    desk.judge(SENT_BACK, words.light, Decision.CHANGES, words.reason)
    desk.judge(LIGHT, words.light, Decision.APPROVE)
    desk.judge(READ, words.other_light, Decision.APPROVE)
    desk.judge(REJECTED, words.light, Decision.REJECT, words.odd)
    visitor = visit(desk.walk())
    sign_in(visitor, desk.email, "/translate/")
    return visitor


def panel_of(desk: Desk) -> str:
    """Where the dashboard shows her domain, among those that other tests have left."""
    return f".progress:has(h3 a[href='{desk.path()}'])"


def test_bars_and_a_chart_say_how_far_a_language_is_and_lead_to_the_texts(mina, desk):
    page, panel = mina.page, mina.page.locator(panel_of(desk))
    links = panel.locator(".legend a[href*='status=']").all()
    said = {link.get_attribute("href"): int(link.locator(".num").inner_text()) for link in links}
    assert said == {f"{desk.path()}?status={status}": count for status, count in STANDING.items()}
    parts = panel.locator(".meter rect").all()
    shown = {part.get_attribute("class"): part.get_attribute("width") for part in parts}
    assert shown == {f"m-{status}": f"{100 * count / 6:.2f}%" for status, count in STANDING.items()}
    panel.locator(".legend a").last.focus()
    tab_to(page, f"{panel_of(desk)} summary", most=1)
    page.keyboard.press("Enter")
    rows = panel.locator("tbody td")
    assert rows.first.is_visible()
    counts = [int(count) for count in rows.all_inner_texts()]
    bars = [float(bar.get_attribute("height")) for bar in panel.locator("svg[role=img] rect").all()]
    assert sum(counts) == STANDING["approved"]
    assert [bar > 0 for bar in bars] == [count > 0 for count in reversed(counts)]  # the newest is first
    assert mina.barriers() == []
    assert not mina.scrolls_sideways()
    for address, count in said.items():
        page.goto(address)
        assert page.locator("#texts tbody tr").count() == count


def test_what_waits_and_what_happened_stand_there_with_their_reasons(mina, desk):
    page, words = mina.page, desk.words

    def entries(section: str, place: int) -> tuple[list[str], list[str]]:
        """What the section says of a text, and the reasons there."""
        link = page.locator(f"a[href='{desk.path(place)}']")
        found = page.locator(f"[aria-labelledby={section}] li").filter(has=link)
        return found.locator("p:first-child").all_inner_texts(), found.locator(".reason").all_inner_texts()

    def told(text: str, place: int) -> list[str]:
        return [f"{mina.says(text)} {[*SOURCES, *MORE][place].msgid}"]

    assert entries("waiting", THANKS) == (told("Draft", THANKS), [])
    assert entries("waiting", SENT_BACK) == (told("Changes asked for", SENT_BACK), [words.reason])
    assert page.locator(f"[aria-labelledby=waiting] a[href^='{desk.path()}/']").count() == 2
    assert entries("decided", REJECTED) == (told("Your text is rejected.", REJECTED), [words.odd])
    assert entries("decided", LIGHT) == (told("Your text is approved.", LIGHT), [])
    mina.press(page.locator(f"[aria-labelledby=waiting] a[href='{desk.path(SENT_BACK)}']"))
    assert page.url.endswith(desk.path(SENT_BACK))
    assert page.locator(".note .reason").inner_text() == words.reason
    page.goto("/translate/")
    page.locator(f"{panel_of(desk)} h3 a").focus()
    tab_to(page, f"{panel_of(desk)} a.btn", most=1)
    go_by(page, "Enter")
    assert page.url.endswith(f"{desk.path(LETTERS)}?status=untranslated")
