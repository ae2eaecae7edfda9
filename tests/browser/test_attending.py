"""Who else is at a text: others are told, and nobody is kept from writing."""

from tests.browser.desk import LIGHT, sign_in


def test_others_see_who_has_taken_a_text_and_can_write_all_the_same(visit, desk):
    mina, yuri = visit(desk.walk()), visit(desk.walk())
    with desk.writing():
        email = desk.add_person("yuri")
    sign_in(mina, desk.email, desk.path(LIGHT))
    sign_in(yuri, email, desk.path(LIGHT))
    assert yuri.sees("Somebody is looking at this text now.")
    mina.page.fill("#text", desk.words.unfinished)
    mina.press(mina.page.locator("button[value=take]"))
    assert mina.page.input_value("#text") == desk.words.unfinished
    assert mina.page.locator("button[value=give-back]").is_visible()
    assert mina.barriers() == []
    yuri.page.goto(desk.path())
    assert yuri.says("Taken by %(name)s", name=desk.name) in yuri.page.locator("tbody").inner_text()
    yuri.page.goto(desk.path(LIGHT))
    (said,) = [note for note in yuri.page.locator(".note p").all_inner_texts() if desk.name in note]
    assert yuri.page.locator("button[value=take]").count() == 0
    assert yuri.barriers() == []
    assert not yuri.scrolls_sideways()
    yuri.page.fill("#text", desk.words.light)
    assert yuri.press(yuri.page.locator("button[value=submit]")).status == 303
    assert desk.texts(LIGHT) == [("submitted", desk.words.light)]
    mina.press(mina.page.locator("button[value=give-back]"))
    yuri.page.goto(desk.path(LIGHT))
    assert said not in yuri.page.locator("main").inner_text()
    assert yuri.page.locator("button[value=take]").is_visible()
