"""The first page: how far one's languages are, what waits for one, what became of one's texts."""

from playwright.sync_api import Locator

from advocacy.rules.review import Decision
from tests.browser.desk import LIGHT, THANKS, sign_in
from tests.browser.visitor import Visitor

COUNTED = (
    "bars => bars.map(bar => bar.getAttribute('height')).filter(height => parseFloat(height) > 0).length"
)


def see_how_far_it_is(visitor: Visitor, panel: Locator) -> None:
    """See the bar with its legend, and the chart of days with its twin in a table."""
    parts = ("Approved", "Changes asked for", "Untranslated")
    assert panel.locator(".meter rect").count() == len(parts)
    legend = [" ".join(one.split()) for one in panel.locator(".legend a:has(svg)").all_inner_texts()]
    assert sorted(legend) == sorted(f"{visitor.says(status)} 1" for status in parts)
    chart, table = panel.get_by_role("img"), panel.locator("details")
    assert chart.locator("rect").evaluate_all(COUNTED) == 1  # today's
    assert chart.locator("title").text_content() == table.locator("summary").inner_text()
    table.locator("summary").click()
    assert table.locator("tbody td").all_inner_texts().count("1") == 1


def test_bars_a_chart_what_waits_and_what_happened_say_how_far_it_is(visit, desk):
    desk.judge(THANKS, desk.words.thanks, Decision.CHANGES, desk.words.reason)
    desk.judge(LIGHT, desk.words.light, Decision.APPROVE)
    visitor = visit(desk.walk())
    page = visitor.page
    sign_in(visitor, desk.email, "/translate/")
    panel = page.locator(f".panel.progress:has(a[href='{desk.path()}'])")
    see_how_far_it_is(visitor, panel)
    waiting = page.locator("[aria-labelledby=waiting] li")
    assert waiting.locator("a").inner_text() == "Thank you, %(name)s."
    assert waiting.locator("blockquote").inner_text() == desk.words.reason
    news = page.locator("[aria-labelledby=decided]")
    assert news.get_by_text(visitor.says("Your text is approved.")).count() == 1
    assert news.locator("blockquote").inner_text() == desk.words.reason
    assert visitor.barriers() == []
    assert not visitor.scrolls_sideways()
    visitor.press(panel.locator("a[href$='status=changes_requested']"))
    assert page.locator("tbody a").all_inner_texts() == ["Thank you, %(name)s."]
