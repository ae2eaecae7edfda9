"""What was typed and left behind is offered again until its author says what becomes of it."""

from tests.browser.desk import IN_KOREAN
from tests.browser.visitor import Visitor


def offered(visitor: Visitor) -> str | None:
    offer = visitor.page.locator("[data-kept]")
    return offer.locator("[data-kept-text]").text_content() if offer.is_visible() else None


@IN_KOREAN
def test_a_text_that_is_left_behind_takes_the_place_of_none_before_it(mina):
    page = mina.page
    for text in ("첫째 글", "둘째 글"):
        page.fill("#text", text)
        page.reload()
        assert offered(mina) == text
    page.fill("#text", "가")
    page.fill("#text", "")
    page.reload()
    assert offered(mina) == "둘째 글"
    page.fill("#text", "셋째 글")
    page.locator("[data-kept-use]").click()
    assert page.input_value("#text") == "둘째 글"
    assert offered(mina) == "셋째 글"
    page.locator("[data-kept-drop]").click()
    assert offered(mina) == "첫째 글"
    page.locator("[data-kept-drop]").click()
    assert offered(mina) is None
    page.reload()
    assert offered(mina) == "둘째 글"
    page.locator("[data-kept-use]").click()
    mina.press(page.locator("button[value=draft]"))
    assert page.evaluate("sessionStorage.length") == 0


@IN_KOREAN
def test_an_offer_outlives_the_buttons_of_its_page(mina):
    page = mina.page
    page.fill("#text", "남겨 둔 글")
    page.reload()
    mina.press(page.locator("button[value=take]"))
    assert offered(mina) == "남겨 둔 글"
    page.locator("[data-kept-use]").click()
    mina.press(page.locator("button[value=draft]"))
    assert page.input_value("#text") == "남겨 둔 글"
    assert offered(mina) is None


@IN_KOREAN
def test_a_reason_that_was_being_written_comes_back_with_its_warning(mina):
    page = mina.page
    reason = page.locator("#text-checks textarea").first
    page.fill("#text", "모든  서명은 빛입니다.")
    mina.press(page.locator("button[value=draft]"))
    page.locator("#text-checks summary").first.click()
    reason.fill("두 칸이 맞습니다.")
    page.fill("#text", "모든  서명은 빛입니다!")
    page.locator("[data-checks-said]:not(:empty)").wait_for(state="attached")
    page.reload()
    assert offered(mina) == "모든  서명은 빛입니다!\n두 칸이 맞습니다."
    page.locator("[data-kept-use]").click()
    assert page.input_value("#text") == "모든  서명은 빛입니다!"
    reason.wait_for()
    assert reason.input_value() == "두 칸이 맞습니다."
